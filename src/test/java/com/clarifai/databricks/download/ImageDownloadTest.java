package com.clarifai.databricks.download;

import static com.clarifai.databricks.download.FakeImageHost.bytes;
import static com.clarifai.databricks.download.FakeImageHost.chunked;
import static com.clarifai.databricks.download.FakeImageHost.jpeg;
import static com.clarifai.databricks.download.FakeImageHost.redirect;
import static com.clarifai.databricks.download.FakeImageHost.status;
import static com.clarifai.databricks.download.FakeImageHost.text;
import static com.clarifai.databricks.download.FakeImageHost.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.download.FakeImageHost.Answer;
import com.clarifai.databricks.download.FakeImageHost.Request;
import com.clarifai.databricks.model.ImageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ImageDownloadTest {

    private static final String PAT = "secret-pat";
    private static final String KEY = "Key " + PAT;
    private static final byte[] IMAGE = jpeg(20_000);
    private static final int MAX_BYTES = 100_000;
    private static final Backoff QUICK = new Backoff(4, Duration.ofMillis(20), Duration.ofMillis(50));

    private final FakeImageHost clarifai = new FakeImageHost();
    private final FakeImageHost elsewhere = new FakeImageHost();
    private final ImageDownload download = download(Duration.ofSeconds(20), true);

    private ImageDownload download(Duration timeout, boolean privateHosts) {
        return new ImageDownload(
                ClarifaiSettings.of("http://localhost", PAT),
                new ImageDownload.Options(clarifai.url(""), MAX_BYTES, timeout, privateHosts),
                QUICK);
    }

    @AfterEach
    void stop() {
        clarifai.close();
        elsewhere.close();
    }

    @Test
    void getsAnImageFromTheDataHostWithTheToken() {
        clarifai.on("/orig/a", bytes(IMAGE));

        assertThat(download.get(clarifai.url("/orig/a"), false, ImageFormat.JPEG))
                .isEqualTo(IMAGE);
        assertThat(clarifai.requests()).containsExactly(new Request("GET", "/orig/a", KEY));
    }

    @Test
    void getsAnImageFromElsewhereWithoutTheTokenAndOnlyWhenAllowed() {
        elsewhere.on("/a.jpg", bytes(IMAGE));

        assertThat(failure(elsewhere.url("/a.jpg?sig=s3cr3t"), false))
                .hasMessage(elsewhere.url("/a.jpg")
                        + " is not on Clarifai's data host, and fetching from elsewhere is not allowed");
        assertThat(elsewhere.requests()).isEmpty();

        assertThat(download.get(elsewhere.url("/a.jpg"), true, null)).isEqualTo(IMAGE);
        assertThat(elsewhere.requests()).containsExactly(new Request("GET", "/a.jpg", null));
    }

    @Test
    void encodesWhatAUrlMustNotContain() {
        elsewhere.on("/my photo|é 100%.jpg", bytes(IMAGE));

        assertThat(download.get(elsewhere.url("/my photo|é%20100%.jpg"), true, null))
                .isEqualTo(IMAGE);
    }

    @Test
    void leavesTheTokenBehindWhenTheDataHostRedirectsElsewhere() {
        clarifai.on("/orig/a", redirect(elsewhere.url("/a.jpg")));
        elsewhere.on("/a.jpg", bytes(IMAGE));

        assertThat(failure(clarifai.url("/orig/a"), false).kind()).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(elsewhere.requests()).isEmpty();

        assertThat(download.get(clarifai.url("/orig/a"), true, null)).isEqualTo(IMAGE);
        assertThat(elsewhere.requests()).containsExactly(new Request("GET", "/a.jpg", null));
    }

    @Test
    void takesTheTokenAlongWithinTheDataHostOnly() {
        clarifai.on("/orig/a", redirect("/orig/b")).on("/orig/b", bytes(IMAGE));
        elsewhere.on("/a.jpg", redirect(clarifai.url("/orig/b")));

        assertThat(download.get(clarifai.url("/orig/a"), false, null)).isEqualTo(IMAGE);
        download.get(elsewhere.url("/a.jpg"), true, null);

        assertThat(clarifai.requests())
                .as("an outsider's redirect must not choose what the token is used for")
                .containsExactly(
                        new Request("GET", "/orig/a", KEY),
                        new Request("GET", "/orig/b", KEY),
                        new Request("GET", "/orig/b", null));
    }

    @Test
    void doesNotFollowRedirectsForEver() {
        elsewhere.on("/a.jpg", redirect("/a.jpg"));

        assertThat(failure(elsewhere.url("/a.jpg"), true)).hasMessageEndingWith("is redirected too often");
        assertThat(elsewhere.requests()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/a.jpg",
                "http://127.0.0.1:1/a.jpg",
                "http://169.254.169.254/latest/meta-data/",
                "http://[::1]:1/",
                "http://2130706433/",
                "http://0.0.0.0/"
            })
    void staysOutOfThePrivateNetworkUnlessAllowed(String url) {
        ImageDownloadException refused = failure(download(Duration.ofSeconds(20), false), url, true);

        assertThat(refused.kind()).isEqualTo(Kind.PERMISSION_DENIED);
        assertThat(refused).hasMessageEndingWith("is on this machine or in a private network");
    }

    @Test
    void staysOutOfThePrivateNetworkWhenRedirectedThere() {
        clarifai.on("/orig/a", redirect(elsewhere.url("/a.jpg")));

        assertThat(failure(download(Duration.ofSeconds(20), false), clarifai.url("/orig/a"), true))
                .hasMessageEndingWith("is on this machine or in a private network");
        assertThat(elsewhere.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://host.example/a.jpg",
                "jar:http://host.example/a.jar",
                "/etc/passwd",
                "http://user:secret@host.example/a.jpg",
                "http:///a.jpg",
                "http://[bad/a.jpg",
                "data:image/png;base64,AAAA"
            })
    void refusesWhatIsNoPlainWebAddress(String url) {
        ImageDownloadException refused = failure(url, true);

        assertThat(refused.kind()).isEqualTo(Kind.INVALID);
        assertThat(refused.getMessage()).doesNotContain("secret");
    }

    @Test
    void saysThatAnImageIsNowhere() {
        assertThat(failure(null, true)).hasMessage("Clarifai names no place where the image is");
    }

    @ParameterizedTest
    @CsvSource({
        "401, UNAUTHENTICATED, the Clarifai token is refused",
        "403, PERMISSION_DENIED, access denied",
        "404, NOT_FOUND, not there or not for the owner of this token",
        "410, NOT_FOUND, not there or not for the owner of this token"
    })
    void doesNotTryAgainWhatIsRefused(int status, Kind kind, String reason) {
        clarifai.on("/orig/a", status(status));

        ImageDownloadException refused = failure(clarifai.url("/orig/a"), false);

        assertThat(refused).hasMessage(clarifai.url("/orig/a") + ": " + status + ", " + reason);
        assertThat(refused.kind()).isEqualTo(kind);
        assertThat(clarifai.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 206, 304, 400, 451})
    void takesNothingBut200(int status) {
        clarifai.on("/orig/a", status(status));

        assertThat(failure(clarifai.url("/orig/a"), false)).hasMessageContaining(status + " instead of 200");
    }

    static Stream<Answer> passingFailures() {
        return Stream.of(
                status(500),
                status(502),
                status(503).with("Retry-After", "0"),
                status(429).with("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
                status(408).with("Retry-After", "soon"),
                truncated(IMAGE),
                exchange -> {});
    }

    @ParameterizedTest
    @MethodSource("passingFailures")
    void triesAgainWhatMayPass(Answer failure) {
        clarifai.on("/orig/a", failure, failure, bytes(IMAGE));

        assertThat(download.get(clarifai.url("/orig/a"), false, null)).isEqualTo(IMAGE);
        assertThat(clarifai.requests()).hasSize(3);
    }

    @Test
    void waitsAsLongAsTheServerAsks() {
        clarifai.on("/orig/a", status(503).with("Retry-After", "1"), bytes(IMAGE));

        long start = System.nanoTime();
        download.get(clarifai.url("/orig/a"), false, null);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void givesUpInTheEnd() {
        clarifai.on("/orig/a", status(500));
        clarifai.on("/orig/b", truncated(IMAGE));

        assertThat(failure(clarifai.url("/orig/a"), false))
                .hasMessage(clarifai.url("/orig/a") + ": 500; gave up after 4 attempts");
        assertThat(failure(clarifai.url("/orig/b"), false))
                .hasMessageContaining("connection broken")
                .hasMessageEndingWith("gave up after 4 attempts");
        assertThat(clarifai.requests()).hasSize(8);
    }

    @Test
    void givesUpAnAnswerThatDoesNotBeginInTime() {
        CountDownLatch end = new CountDownLatch(1);
        clarifai.on("/orig/a", exchange -> await(end, Duration.ofSeconds(30)));

        assertThat(failure(download(Duration.ofMillis(200), true), clarifai.url("/orig/a"), false))
                .hasMessageContaining("did not arrive whole within");
        end.countDown();
    }

    @Test
    void givesUpAnAnswerThatTricklesAndHangsUp() {
        CountDownLatch hungUp = new CountDownLatch(4);
        clarifai.on("/orig/a", exchange -> {
            exchange.sendResponseHeaders(200, MAX_BYTES);
            try (OutputStream body = exchange.getResponseBody()) {
                for (int sent = 0; sent < MAX_BYTES; sent++) {
                    body.write(IMAGE[sent % IMAGE.length]);
                    body.flush();
                    await(new CountDownLatch(1), Duration.ofMillis(10));
                }
            } catch (IOException e) {
                hungUp.countDown();
            }
        });

        assertThat(failure(download(Duration.ofMillis(200), true), clarifai.url("/orig/a"), false))
                .hasMessageContaining("did not arrive whole within");
        assertThat(await(hungUp, Duration.ofSeconds(20)))
                .as("no attempt goes on behind the back of the next")
                .isTrue();
    }

    @Test
    void refusesAnImageThatAnnouncesTooMuchBeforeReadingIt() {
        clarifai.on("/orig/a", bytes(jpeg(MAX_BYTES + 1))).on("/orig/b", bytes(jpeg(MAX_BYTES)));

        assertThat(failure(clarifai.url("/orig/a"), false))
                .hasMessage(clarifai.url("/orig/a") + " has more than the " + MAX_BYTES + " bytes allowed");
        assertThat(clarifai.requests()).hasSize(1);
        assertThat(download.get(clarifai.url("/orig/b"), false, null)).hasSize(MAX_BYTES);
    }

    @Test
    void refusesAnImageThatNeverEnds() {
        clarifai.on("/orig/a", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(IMAGE);
                while (true) {
                    body.write(IMAGE);
                }
            }
        });

        assertThat(failure(clarifai.url("/orig/a"), false)).hasMessageContaining("has more than the");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 65_536, 70_000, MAX_BYTES})
    void readsAnImageOfUnannouncedSize(int size) {
        clarifai.on("/orig/a", chunked(jpeg(size)));

        assertThat(download.get(clarifai.url("/orig/a"), false, ImageFormat.JPEG))
                .isEqualTo(jpeg(size));
    }

    @Test
    void refusesAnAnswerWhoseEndIsNotAnnounced() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            CompletableFuture<Void> served = CompletableFuture.runAsync(() -> answerInHttp10(server));

            assertThat(failure("http://localhost:" + server.getLocalPort() + "/a.jpg", true))
                    .hasMessageEndingWith("the answer does not say how long it is, so it may have been cut off");
            assertThat(served).succeedsWithin(Duration.ofSeconds(10));
        }
    }

    private static void answerInHttp10(ServerSocket server) {
        try (Socket socket = server.accept()) {
            InputStream request = socket.getInputStream();
            for (int line = 0, c; line < 2 && (c = request.read()) >= 0; ) {
                line = c == '\n' ? line + 1 : c == '\r' ? line : 0;
            }
            socket.getOutputStream().write("HTTP/1.0 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(IMAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Answer> noImages() {
        return Stream.of(
                text("<!DOCTYPE html><title>Not found</title>").with("Content-Type", "image/jpeg"),
                text("{\"status\": \"gone\"}"),
                bytes(new byte[0]));
    }

    @ParameterizedTest
    @MethodSource("noImages")
    void takesNothingThatIsNoImage(Answer answer) {
        clarifai.on("/orig/a", answer);

        assertThat(failure(clarifai.url("/orig/a"), false).getMessage())
                .containsAnyOf("is a web page", "is in no known image format", "is empty");
        assertThat(clarifai.requests()).hasSize(1);
    }

    @Test
    void takesNoOtherImageThanAnnounced() {
        clarifai.on("/orig/a", bytes(IMAGE));

        ImageDownloadException refused = catchThrowableOfType(
                ImageDownloadException.class, () -> download.get(clarifai.url("/orig/a"), false, ImageFormat.PNG));

        assertThat(refused).hasMessageEndingWith("is JPEG where Clarifai announced PNG");
    }

    @Test
    void comparesSizesWithoutReadingTheImage() {
        clarifai.on("/orig/a", bytes(IMAGE));

        assertThat(download.hasSize(clarifai.url("/orig/a"), false, IMAGE.length))
                .isTrue();
        assertThat(download.hasSize(clarifai.url("/orig/a"), false, IMAGE.length - 1))
                .isFalse();
        assertThat(download.hasSize(clarifai.url("/orig/missing"), false, 0)).isFalse();
        assertThat(download.hasSize(elsewhere.url("/a.jpg"), false, IMAGE.length))
                .isFalse();
        assertThat(clarifai.requests())
                .extracting(Request::method, Request::authorization)
                .containsOnly(tuple("HEAD", KEY));
        assertThat(elsewhere.requests()).isEmpty();
    }

    @Test
    void saysWhatCannotBeReached() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        assertThat(failure("http://localhost:" + port + "/a.jpg", true))
                .hasMessage("http://localhost:" + port + "/a.jpg: no connection; gave up after 4 attempts");
        assertThat(failure("http://no-such-host.invalid/a.jpg", true))
                .hasMessage("http://no-such-host.invalid/a.jpg: unknown host");
    }

    @Test
    void doesNotRepeatAMalformedToken() {
        ClarifaiSettings malformed = ClarifaiSettings.of("http://localhost", "secret\npat");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageDownload(
                        malformed, new ImageDownload.Options(clarifai.url(""), 1, Duration.ofSeconds(1), false)))
                .withMessageNotContaining("secret");
    }

    private ImageDownloadException failure(String url, boolean elsewhere) {
        return failure(download, url, elsewhere);
    }

    private static ImageDownloadException failure(ImageDownload download, String url, boolean elsewhere) {
        ImageDownloadException failure =
                catchThrowableOfType(ImageDownloadException.class, () -> download.get(url, elsewhere, null));
        assertThat(failure.getMessage())
                .doesNotContain(PAT)
                .doesNotContain("\n")
                .doesNotContain("s3cr3t");
        return failure;
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
