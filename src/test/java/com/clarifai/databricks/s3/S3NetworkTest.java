package com.clarifai.databricks.s3;

import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.SelfSigned;
import com.clarifai.databricks.proxy.FakeProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.proxy.ProxySettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** S3 behind a proxy, by names that nobody else can resolve, and with a certificate of one's own. */
class S3NetworkTest {

    private static final String LOGIN = "Basic YWRhOnBAc3M6dw==";

    @TempDir
    static Path directory;

    private static SelfSigned certificate;

    private final S3Settings settings = new S3Settings();
    private final ProxySettings proxySettings = new ProxySettings();

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = SelfSigned.in(directory);
    }

    private String object(String endpoint) {
        settings.setEndpoint(endpoint);
        settings.setAccessKey("key");
        settings.setSecretKey("secret");
        settings.setPathStyle(true);
        settings.setProxy(proxySettings);
        try (S3Client s3 = settings.client()) {
            return s3.getObjectAsBytes(get -> get.bucket("bucket").key("a.csv")).asUtf8String();
        }
    }

    private static FakeWorkspace store() {
        return new FakeWorkspace(certificate.server()).on("GET /bucket/a.csv", status(200, "a,b"));
    }

    @Test
    void objectsComeThroughATunnelWithThePasswordAndTheCertificateIsChecked() {
        settings.setCaFile(certificate.pem().toString());
        proxySettings.setUser("ada");
        proxySettings.setPassword("p@ss:w");
        try (FakeWorkspace store = store();
                FakeProxy proxy = new FakeProxy(LOGIN)) {
            proxySettings.setUrl(proxy.url());

            assertThat(object(FakeProxy.named("s3", store.host()))).isEqualTo("a,b");
            assertThat(proxy.targets()).contains("s3.test.internal");
        }
    }

    @Test
    void aHostThatIsPassedByIsReachedWithoutTheProxy() {
        try (FakeWorkspace store = new FakeWorkspace().on("GET /bucket/a.csv", status(200, "a,b"));
                FakeProxy proxy = new FakeProxy()) {
            proxySettings.setUrl(proxy.url());
            assertThat(object(store.host())).isEqualTo("a,b");
            assertThat(object(FakeProxy.named("s3", store.host()))).isEqualTo("a,b");

            assertThat(proxy.targets()).containsOnly("s3.test.internal");
        }
    }

    @Test
    void aProxyThatLetsNobodyThroughIsNamedWithTheReason() {
        try (FakeProxy proxy = new FakeProxy(LOGIN)) {
            proxySettings.setUrl(proxy.url());
            assertThatThrownBy(() -> object("https://s3.test.internal:1"))
                    .isInstanceOf(S3Exception.class)
                    .satisfies(without -> assertThat(kind(without)).contains(ProxyException.Kind.LOGIN_NEEDED))
                    .hasMessageContaining("the proxy " + proxy.url() + " wants a user and a password (407)");
        }
        try (FakeProxy proxy = new FakeProxy()) {
            proxySettings.setUrl(proxy.url());
            assertThatThrownBy(() -> object("https://s3.example.com"))
                    .satisfies(refused -> assertThat(kind(refused)).contains(ProxyException.Kind.TARGET_REFUSED))
                    .hasMessageContaining("refuses to connect to s3.example.com (403)");
            proxy.close();
            assertThatThrownBy(() -> object("https://s3.example.com"))
                    .isInstanceOf(SdkClientException.class)
                    .satisfies(gone -> assertThat(kind(gone)).contains(ProxyException.Kind.UNREACHABLE));
        }
    }

    private static Optional<ProxyException.Kind> kind(Throwable failure) {
        return ProxyException.behind(failure).map(ProxyException::kind);
    }

    @Test
    void withoutTheFileTheCertificateIsNotTrusted() {
        try (FakeWorkspace store = store()) {
            assertThatThrownBy(() -> object(store.host()))
                    .isInstanceOf(SdkClientException.class)
                    .hasRootCauseInstanceOf(CertPathBuilderException.class)
                    .satisfies(untrusted -> assertThat(untrusted.getCause()).isInstanceOf(SSLException.class));
            settings.setCaFile(certificate.pem().toString());
            assertThat(object(store.host())).isEqualTo("a,b");
        }
    }

    @Test
    void aFileThatIsMissingOrHoldsNoCertificateIsRefusedByName() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        Path missing = directory.resolve("missing.pem");
        settings.setCaFile(empty.toString());
        assertThatThrownBy(() -> object("https://s3.example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("s3.ca-file: no certificates in " + empty);
        settings.setCaFile(missing.toString());
        assertThatThrownBy(() -> object("https://s3.example.com"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("s3.ca-file: no certificates can be read from " + missing);
    }
}
