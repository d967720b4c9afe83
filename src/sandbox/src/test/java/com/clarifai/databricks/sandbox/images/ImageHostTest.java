package com.clarifai.databricks.sandbox.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.samples.SamplePhoto;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHostTest {

    private static final Duration SLOW = Duration.ofMillis(700);

    private final Traffic traffic = new Traffic();
    private final HttpClient client = HttpClient.newHttpClient();
    private ImageHost host;

    @BeforeEach
    void start() {
        host = ImageHost.start(0, SLOW, traffic);
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(host.url() + path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    @Test
    void servesEverySamplePhotograph() throws Exception {
        for (SamplePhoto photo : SamplePhoto.ALL) {
            HttpResponse<byte[]> response = get("/photos/" + photo.path());

            assertThat(response.statusCode()).as(photo.path()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(photo.bytes());
            assertThat(response.headers().firstValue("content-type"))
                    .get()
                    .asString()
                    .startsWith("image/");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/photos/animals/unicorn.jpg",
                "/photos",
                "/photos/",
                "/generated/x.jpg",
                "/generated/1.png",
                "/none",
                "/missing/1.jpg"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {ImageHost.DOCUMENTED_CANAL, ImageHost.DOCUMENTED_TRAIN})
    void hasThePicturesOfTheDocumentedRows(String path) throws Exception {
        assertThat(ImageIO.read(new ByteArrayInputStream(get(path).body()))).isNotNull();
    }

    @Test
    void eachNumberHasAPictureOfItsOwnThatStaysTheSame() throws Exception {
        Set<Integer> pictures = new HashSet<>();
        for (int i = 0; i < 2_000; i++) {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(new NumberedPicture(i).bytes()));
            pictures.add(Arrays.hashCode(image.getRGB(0, 0, 64, 64, null, 0, 64)));
        }

        assertThat(pictures).hasSize(2_000);
        assertThat(get("/generated/123456789.jpg").body())
                .isEqualTo(get("/generated/123456789.jpg").body())
                .isEqualTo(new NumberedPicture(123_456_789).bytes());
    }

    @ParameterizedTest
    @CsvSource({"/forbidden/1.jpg,403", "/redirect/1.jpg,302"})
    void answersWithTheStatusOfThePath(String path, int status) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(status);
    }

    @Test
    void redirectsToTheGeneratedPicture() throws Exception {
        assertThat(get("/redirect/5.jpg").headers().firstValue("location")).hasValue("/generated/5.jpg");
    }

    @Test
    void aWebPageClaimsToBeAPicture() throws Exception {
        HttpResponse<byte[]> response = get("/text/1.jpg");

        assertThat(response.headers().firstValue("content-type")).hasValue("image/jpeg");
        assertThat(new String(response.body())).startsWith("<!DOCTYPE html>");
    }

    @Test
    void anEmptyPictureIsThereButHasNoByte() throws Exception {
        assertThat(get("/empty/1.jpg").statusCode()).isEqualTo(200);
        assertThat(get("/empty/1.jpg").body()).isEmpty();
    }

    @Test
    void aTruncatedPictureBreaksOff() {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> get("/truncated/1.jpg"));
    }

    @Test
    void slowPicturesComeLateAndHoldNoThread() throws Exception {
        Instant start = Instant.now();
        var late = client.sendAsync(
                HttpRequest.newBuilder(URI.create(host.url() + "/slow/1.jpg")).build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(get("/generated/2.jpg").statusCode()).isEqualTo(200);
        assertThat(late).isNotDone();
        assertThat(late.get().body()).isEqualTo(new NumberedPicture(1).bytes());
        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(SLOW);
    }

    @Test
    void countsAndDisturbsItsCalls() throws Exception {
        traffic.plan(Fault.parse("images:GET=503,times=1,retry-after=2"));

        assertThat(get("/generated/1.jpg").statusCode()).isEqualTo(503);
        assertThat(get("/generated/1.jpg").statusCode()).isEqualTo(200);
        assertThat(traffic.counts()).containsEntry("images:GET", 2L);
    }
}
