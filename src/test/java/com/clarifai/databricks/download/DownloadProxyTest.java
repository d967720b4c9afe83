package com.clarifai.databricks.download;

import static com.clarifai.databricks.download.FakeImageHost.bytes;
import static com.clarifai.databricks.download.FakeImageHost.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.proxy.FakeProxy;
import com.clarifai.databricks.proxy.OutgoingProxy;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DownloadProxyTest {

    private static final String LOGIN = "Basic YWRhOnBAc3M6dw==";
    private static final String PAT = "secret-pat";

    private final FakeImageHost images = new FakeImageHost();

    @AfterEach
    void stop() {
        images.close();
    }

    private static ClarifaiSettings through(String proxy) {
        return ClarifaiSettings.of("http://localhost", PAT).withProxy(OutgoingProxy.of(proxy, "ada", "p@ss:w", ""));
    }

    @Test
    void imagesOfTheDataHostAndFromElsewhereComeThroughTheProxy() {
        images.on("/orig/a", bytes(jpeg(100))).on("/elsewhere", bytes(jpeg(200)));
        String dataHost = FakeProxy.named("data", images.url(""));
        try (FakeProxy proxy = new FakeProxy(LOGIN)) {
            // what only the proxy can look up, it alone can judge
            ImageDownload download = new ImageDownload(
                    through(proxy.url()), new ImageDownload.Options(dataHost, 1000, Duration.ofSeconds(20), false));

            assertThat(download.get(dataHost + "/orig/a", false, null)).hasSize(100);
            assertThat(download.get(FakeProxy.named("shop", images.url("/elsewhere")), true, null))
                    .hasSize(200);
            assertThat(proxy.targets()).containsExactly("data.test.internal", "shop.test.internal");
            assertThat(images.requests())
                    .extracting(FakeImageHost.Request::authorization)
                    .containsExactly("Key " + PAT, null);
            assertThatThrownBy(() -> download.get("http://10.0.0.1/x", true, null))
                    .isInstanceOf(ImageDownloadException.class)
                    .hasMessageContaining("in a private network");
        }
    }

    @Test
    void anImageThatTheProxyKeepsBackSaysSo() {
        try (FakeProxy proxy = new FakeProxy("Basic other")) {
            ImageDownload download = new ImageDownload(
                    through(proxy.url()),
                    new ImageDownload.Options("https://data.test.internal", 1000, Duration.ofSeconds(20), true));

            assertThatThrownBy(() -> download.get("https://data.test.internal/orig/a", false, null))
                    .isInstanceOf(ImageDownloadException.class)
                    .hasMessage("https://data.test.internal/orig/a: the proxy " + proxy.url()
                            + " does not take this user and password (407)");
        }
    }
}
