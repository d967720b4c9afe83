package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.url;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.images.ImageHost;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of inputs whose pictures are on the sandbox's own image host, good or bad. */
class ImageHostDownloadsTest {

    private static final Duration FETCH_TIMEOUT = Duration.ofSeconds(1);

    @TempDir
    Path data;

    private final Traffic traffic = new Traffic();
    private ImageHost images;
    private ClarifaiServer server;
    private ClarifaiClient client;

    @BeforeEach
    void start() throws IOException {
        images = ImageHost.start(0, FETCH_TIMEOUT.multipliedBy(2), traffic);
        ClarifaiOptions options =
                ClarifaiOptions.defaults(data).withRateLimit(0).withProcessingDelay(Duration.ofMillis(20));
        server = ClarifaiServer.start(options, traffic, new HttpFetcher(FETCH_TIMEOUT));
        client = new ClarifaiClient(server, options.pat());
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        images.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/photos/animals/cat.jpg,INPUT_DOWNLOAD_SUCCESS",
        "/photos/animals/nuthatch.webp,INPUT_DOWNLOAD_SUCCESS",
        "/featured-models/color-colored-houses-boats-on-canal.jpg,INPUT_DOWNLOAD_SUCCESS",
        "/metro-north.jpg,INPUT_DOWNLOAD_SUCCESS",
        "/generated/7.jpg,INPUT_DOWNLOAD_SUCCESS",
        "/redirect/7.jpg,INPUT_DOWNLOAD_SUCCESS",
        "/missing/7.jpg,INPUT_DOES_NOT_EXIST",
        "/forbidden/7.jpg,INPUT_PERMISSION_DENIED",
        "/text/7.jpg,INPUT_UNSUPPORTED_FORMAT",
        "/slow/7.jpg,INPUT_CONNECTION_FAILED",
        "/truncated/7.jpg,INPUT_CONNECTION_FAILED"
    })
    void anInputEndsAsItsPictureDeserves(String path, StatusCode code) {
        client.post(url("a", images.url() + path).build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(code);
        assertThat(traffic.counts()).containsKey("images:GET");
    }

    @Test
    void anEmptyPictureFails() {
        client.post(url("a", images.url() + "/empty/7.jpg").build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isNotEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
    }

    /** The host of the documentation's examples, as on a machine that cannot reach it. */
    @Test
    void aHostThatCannotBeReachedIsAFailedConnection() {
        client.post(url("a", "https://samples.clarifai.invalid/metro-north.jpg").build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(StatusCode.INPUT_CONNECTION_FAILED);
    }
}
