package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.grpc.api.Image;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageServerTest extends ClarifaiTest {

    private final byte[] bytes = Pictures.jpeg(640, 480);
    private Image image;

    @BeforeEach
    void upload() {
        client.post(image("a", bytes).build());
        image = client.awaitFinal("a").getData().getImage();
    }

    @Test
    void theOriginalBytesComeBack() throws Exception {
        HttpResponse<byte[]> answer = get(image.getUrl(), "Authorization", "Key sandbox-pat");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(bytes);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("Content-Length")).contains(String.valueOf(bytes.length));
    }

    @Test
    void aRangeOfTheBytesComesBack() throws Exception {
        HttpResponse<byte[]> answer = get(image.getUrl(), "Authorization", "Key sandbox-pat", "Range", "bytes=100-199");

        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(bytes, 100, 200));
        assertThat(answer.headers().firstValue("Content-Range")).contains("bytes 100-199/" + bytes.length);
    }

    @Test
    void aSmallerSizeIsAnImageOfTheSameProportions() throws Exception {
        String url =
                image.getHosted().getPrefix() + "/tiny/" + image.getHosted().getSuffix();
        var tiny = ImageIO.read(new ByteArrayInputStream(
                get(url, "Authorization", "Key sandbox-pat").body()));

        assertThat(tiny.getWidth()).isEqualTo(100);
        assertThat(tiny.getHeight()).isEqualTo(75);
    }

    @Test
    void aWrongKeyIsUnauthorizedAndNoKeyFindsNothing() throws Exception {
        assertThat(get(image.getUrl(), "Authorization", "Key wrong").statusCode())
                .isEqualTo(401);
        assertThat(get(image.getUrl()).statusCode()).isEqualTo(404);
    }

    @Test
    void anUnknownImageIsNotFound() throws Exception {
        String unknown = image.getUrl().replaceAll("[0-9a-f]{32}$", "0".repeat(32));

        assertThat(get(unknown, "Authorization", "Key sandbox-pat").statusCode())
                .isEqualTo(404);
        assertThat(get(
                                server.dataBaseUrl() + "/orig/users/sandbox/apps/..%2F../inputs/image/x",
                                "Authorization",
                                "Key sandbox-pat")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncate", "reset", "lost"})
    void brokenDownloadsAreSeenAsSuch(String action) throws Exception {
        traffic.plan(Fault.parse("data:GET=" + action));

        assertThatThrownBy(() -> get(image.getUrl(), "Authorization", "Key sandbox-pat"))
                .isInstanceOf(IOException.class);
        traffic.clearFaults();
        assertThat(get(image.getUrl(), "Authorization", "Key sandbox-pat").body())
                .isEqualTo(bytes);
    }

    @Test
    void aPlannedStatusIsAnswered() throws Exception {
        traffic.plan(Fault.parse("data:GET=503,times=1,retry-after=2"));

        HttpResponse<byte[]> answer = get(image.getUrl(), "Authorization", "Key sandbox-pat");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(traffic.counts()).containsEntry("data:GET", 1L);
    }

    @Test
    void onlyCertainImagesCanFailOrEachSecondDownload() throws Exception {
        client.post(image("b", Pictures.jpeg(64, 48)).build());
        Image other = client.awaitFinal("b").getData().getImage();
        traffic.plan(Fault.parse("data:GET=500,path=" + image.getHosted().getSuffix()));

        assertThat(get(image.getUrl(), "Authorization", "Key sandbox-pat").statusCode())
                .isEqualTo(500);
        assertThat(get(other.getUrl(), "Authorization", "Key sandbox-pat").statusCode())
                .isEqualTo(200);

        traffic.clearFaults();
        traffic.plan(Fault.parse("data:*=401,every=2"));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(get(image.getUrl(), "Authorization", "Key sandbox-pat").statusCode());
        }
        assertThat(statuses).containsExactly(200, 401, 200, 401);
    }

    @Test
    void headSaysTheSizeAndCanFailToo() throws Exception {
        HttpRequest head = HttpRequest.newBuilder(URI.create(image.getUrl()))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Key sandbox-pat")
                .build();
        HttpClient http = HttpClient.newHttpClient();

        HttpResponse<Void> answer = http.send(head, HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(bytes.length);

        traffic.plan(Fault.parse("data:HEAD=503,times=1"));
        assertThat(http.send(head, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(503);
    }

    private static HttpResponse<byte[]> get(String url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
