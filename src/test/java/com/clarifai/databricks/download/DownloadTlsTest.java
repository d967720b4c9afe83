package com.clarifai.databricks.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.databricks.SelfSigned;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTlsTest {

    @TempDir
    Path directory;

    @Test
    void checksTheCertificateOfTheDataHost() throws Exception {
        SelfSigned certificate = SelfSigned.in(directory);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server.createContext("/orig/a", exchange -> {
            try (exchange) {
                FakeImageHost.bytes(FakeImageHost.jpeg(100)).to(exchange);
            }
        });
        server.start();
        try {
            String url = "https://localhost:" + server.getAddress().getPort();
            ClarifaiSettings clarifai = ClarifaiSettings.of("http://localhost", "pat");
            ImageDownload.Options images = new ImageDownload.Options(url, 1000, Duration.ofSeconds(20), false);
            ImageDownload trusting = new ImageDownload(clarifai.withCaFile(certificate.pem()), images);
            ImageDownload distrusting = new ImageDownload(clarifai, images);

            assertThat(trusting.get(url + "/orig/a", false, null)).hasSize(100);
            assertThatThrownBy(() -> distrusting.get(url + "/orig/a", false, null))
                    .isInstanceOf(ImageDownloadException.class)
                    .hasMessageContaining("TLS failed");
        } finally {
            server.stop(0);
        }
    }
}
