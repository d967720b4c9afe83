package com.clarifai.databricks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.clarifai.credentials.ClarifaiCallCredentials;
import com.clarifai.databricks.sandbox.workspace.WorkspaceServer;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.UserAppIDSet;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.status.StatusCode;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every client that knows the private authority gets through, and none that does not. */
class TlsTest {

    @TempDir
    static Path directory;

    private static Process sandbox;
    private static Properties endpoints;

    @BeforeAll
    static void start() throws Exception {
        Path file = directory.resolve("endpoints.properties");
        sandbox = SandboxProcess.start(directory, "--tls", "--endpoints-file", file.toString());
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(file) || !sandbox.isAlive());
        endpoints = SandboxProcess.load(file);
    }

    @AfterAll
    static void stop() throws Exception {
        sandbox.destroy();
        sandbox.waitFor();
    }

    @Test
    void restAndDataHostAndS3() throws Exception {
        HttpClient knowing =
                HttpClient.newBuilder().sslContext(trusting(authority())).build();
        for (String url : List.of(
                endpoints.getProperty("databricks.host") + "/api/2.0/x",
                endpoints.getProperty("clarifai.data-host") + "/x",
                endpoints.getProperty("s3.endpoint") + "/x")) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            assertThat(url).startsWith("https://");
            assertThat(knowing.send(request, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(404);
            assertThatThrownBy(() -> HttpClient.newHttpClient().send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void clarifai() throws Exception {
        assertThat(endpoints.getProperty("clarifai.base-url")).startsWith("https://");
        TlsChannelCredentials.Builder knowing = TlsChannelCredentials.newBuilder()
                .trustManager(Path.of(endpoints.getProperty("clarifai.ca-file")).toFile());

        assertThat(listApps(knowing)).isEqualTo(StatusCode.SUCCESS);
        assertThatThrownBy(() -> listApps(TlsChannelCredentials.newBuilder()))
                .hasStackTraceContaining("PKIX path building failed");
    }

    private static StatusCode listApps(TlsChannelCredentials.Builder credentials) throws InterruptedException {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        URI.create(endpoints.getProperty("clarifai.base-url")).getAuthority(), credentials.build())
                .build();
        try {
            return V2Grpc.newBlockingStub(channel)
                    .withCallCredentials(new ClarifaiCallCredentials(endpoints.getProperty("clarifai.pat")))
                    .listApps(ListAppsRequest.newBuilder()
                            .setUserAppId(UserAppIDSet.newBuilder().setUserId("sandbox"))
                            .build())
                    .getStatus()
                    .getCode();
        } finally {
            channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void driver() throws Exception {
        Path trustStore = directory.resolve("trust.p12");
        try (OutputStream out = Files.newOutputStream(trustStore)) {
            authority().store(out, "changeit".toCharArray());
        }

        try (Connection connection = connect(";SSLTrustStore=" + trustStore
                        + ";SSLTrustStorePwd=changeit;SSLTrustStoreType=PKCS12;CheckCertRevocation=0");
                ResultSet row = connection.createStatement().executeQuery("SELECT 1")) {
            assertThat(row.next()).isTrue();
        }
        assertThatThrownBy(() -> connect(";CheckCertRevocation=0"))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("PKIX path building failed");
    }

    private static Connection connect(String options) throws SQLException {
        Properties properties = new Properties();
        properties.put("PWD", endpoints.getProperty("databricks.token"));
        return DriverManager.getConnection(
                "jdbc:databricks://"
                        + URI.create(endpoints.getProperty("databricks.host")).getAuthority()
                        + ";AuthMech=3;UID=token;EnableTelemetry=0;httpPath=sql/protocolv1/o/" + WorkspaceServer.ORG_ID
                        + "/"
                        + endpoints.getProperty("sandbox.cluster-id") + options,
                properties);
    }

    private static KeyStore authority() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificate(Path.of(endpoints.getProperty("databricks.ca-file"))));
        return store;
    }

    private static Certificate certificate(Path file) throws Exception {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static SSLContext trusting(KeyStore store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
