package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.s3.S3Settings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** A store whose connections break in the middle of an object. */
class S3ObjectsTest {

    private static final byte[] OBJECT = new byte[1_000_000];

    private final List<String> ranges = new ArrayList<>();
    private HttpServer store;
    private S3Client s3;
    private String etag = "\"one\"";
    /** Bytes of one connection. */
    private int holds = 300_000;

    private boolean honoursRanges = true;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(OBJECT);
        store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/bucket/rows.csv", this::answer);
        store.start();
        S3Settings settings = new S3Settings();
        settings.setEndpoint("http://127.0.0.1:" + store.getAddress().getPort());
        settings.setAccessKey("key");
        settings.setSecretKey("secret");
        settings.setPathStyle(true);
        s3 = settings.client();
    }

    @AfterEach
    void stop() {
        s3.close();
        store.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String range = exchange.getRequestHeaders().getFirst("Range");
            String wanted = exchange.getRequestHeaders().getFirst("If-Match");
            ranges.add(String.valueOf(range));
            if (wanted != null && !wanted.equals(etag)) {
                exchange.sendResponseHeaders(412, -1);
                return;
            }
            int from = range == null || !honoursRanges ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders().set("ETag", etag);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (OBJECT.length - 1) + "/" + OBJECT.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, OBJECT.length - from);
            exchange.getResponseBody().write(OBJECT, from, Math.min(holds, OBJECT.length - from));
            exchange.getResponseBody().flush();
        } catch (IOException e) {
            // what this store does: it ends the connection before the whole answer was sent
        }
    }

    private InputStream open() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("s3", s3);
        ResponseInputStream<GetObjectResponse> object =
                s3.getObject(request -> request.bucket("bucket").key("rows.csv"));
        S3Objects objects = new S3Objects();
        objects.setPause(Duration.ofMillis(1));
        return objects.resumed(
                context,
                object,
                "bucket",
                "rows.csv",
                object.response().eTag(),
                object.response().contentLength());
    }

    @Test
    void anObjectIsReadOnWhereTheConnectionBroke() throws IOException {
        try (InputStream object = open()) {
            assertThat(object.readAllBytes()).isEqualTo(OBJECT);
        }
        assertThat(ranges).hasSize(4).startsWith("null").last().asString().matches("bytes=\\d+-");
    }

    @Test
    void anObjectThatWasReplacedMeanwhileIsNotJoinedFromTwo() throws IOException {
        try (InputStream object = open()) {
            assertThat(object.readNBytes(1000)).hasSize(1000);
            etag = "\"two\"";

            assertThatThrownBy(object::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the object was replaced by another while it was read");
        }
        assertThat(ranges).hasSize(2);
    }

    @Test
    void aConnectionThatBreaksAgainAndAgainIsGivenUp() throws IOException {
        try (InputStream object = open()) {
            assertThat(object.readNBytes(1000)).hasSize(1000);
            holds = 0;

            assertThatThrownBy(object::readAllBytes).isInstanceOf(IOException.class);
        }
        assertThat(ranges).hasSize(6);
    }

    @Test
    void aStoreThatKnowsNoRangesIsNotReadTwice() throws IOException {
        try (InputStream object = open()) {
            honoursRanges = false;

            assertThatThrownBy(object::readAllBytes).hasMessageContaining("the store does not return the rest");
        }
        assertThat(ranges).hasSize(2);
    }
}
