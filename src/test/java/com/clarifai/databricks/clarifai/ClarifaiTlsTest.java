package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ClarifaiTlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path directory;

    private static Path caFile;
    private static FakeClarifai clarifai;

    @BeforeAll
    static void startWithSelfSignedCertificate() throws Exception {
        KeyStore keys = selfSigned("dns:localhost");
        X509Certificate certificate = (X509Certificate) keys.getCertificate("fake");
        PrivateKey key = (PrivateKey) keys.getKey("fake", PASSWORD);
        caFile = Files.writeString(
                directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        clarifai = new FakeClarifai(GrpcSslContexts.configure(SslContextBuilder.forServer(key, certificate))
                .build());
    }

    @AfterAll
    static void stop() {
        clarifai.close();
    }

    @Test
    void refuses_a_server_whose_certificate_nobody_vouches_for() {
        assertRefused(settings(clarifai.url()));
    }

    @Test
    void refuses_a_certificate_that_is_for_another_host() {
        String otherName = clarifai.url().replace("localhost", "127.0.0.1");
        assertRefused(settings(otherName).withCaFile(caFile));
    }

    private static void assertRefused(ClarifaiSettings settings) {
        try (ClarifaiClient client = new ClarifaiClient(settings)) {
            assertThatThrownBy(() -> ClarifaiClient.join(client.users().get("me")))
                    .isInstanceOfSatisfying(ClarifaiException.class, refused -> assertThat(refused.kind())
                            .isEqualTo(Kind.UNREACHABLE))
                    .hasMessageContaining(
                            "cannot reach Clarifai at " + settings.baseUrl().getAuthority());
        }
        assertThat(clarifai.count("GetUser")).isZero();
    }

    @Test
    void accepts_a_server_whose_certificate_is_in_the_file_of_authorities() {
        try (ClarifaiClient client = new ClarifaiClient(settings(clarifai.url()).withCaFile(caFile))) {
            assertThat(ClarifaiClient.join(client.apps().list("me", 2)).hasNext())
                    .isTrue();
        }
    }

    @Test
    void tells_which_file_of_authorities_cannot_be_read() {
        Path missing = directory.resolve("missing.pem");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClarifaiClient(settings(clarifai.url()).withCaFile(missing)))
                .withMessageContaining(missing.toString());
    }

    private static ClarifaiSettings settings(String url) {
        return ClarifaiSettings.of(url, FakeClarifai.PAT).withRetries(ClarifaiFixture.QUICK_RETRIES);
    }

    /** The JDK has no public API that makes certificates, but a tool that does. */
    private static KeyStore selfSigned(String subjectAlternativeName) throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "fake",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=" + subjectAlternativeName,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }
}
