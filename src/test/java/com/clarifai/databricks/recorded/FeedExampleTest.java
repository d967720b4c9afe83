package com.clarifai.databricks.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source of one's own in the frame that a route template gives it: {@code examples/feed}, beside the shipped routes. */
class FeedExampleTest {

    private static final String FEED = """
            [{"id":"first","url":"http://x.example/1.jpg","labels":["cat","pet"]},{"id":"second","url":"nowhere"}]""";

    private final RecordedFlow flow = new RecordedFlow();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    @TempDir
    private Path routes;

    private HttpServer web;

    @BeforeEach
    void start() throws Exception {
        FileUtils.copyDirectory(Path.of("routes").toFile(), routes.toFile());
        FileUtils.copyDirectory(Path.of("examples/feed").toFile(), routes.toFile());
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/feed", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + Map.copyOf(exchange.getRequestHeaders()));
            byte[] feed = FEED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, feed.length);
            exchange.getResponseBody().write(feed);
            exchange.close();
        });
        web.start();
    }

    @AfterEach
    void stop() {
        web.stop(0);
        flow.close();
    }

    @Test
    void itsItemsAreImportedAndItsServerLearnsNothingOfTheFlow() {
        String source = "http://localhost:" + web.getAddress().getPort() + "/feed?of=today";

        Ended ended = flow.run(
                Map.of("routes.directory", routes.toString()),
                "run",
                "--json",
                "import-feed",
                "source=" + source,
                "table=main.default.fed",
                "app=app",
                "dataset=pictures");

        assertThat(ended.summary())
                .containsEntry("read", 2)
                .containsEntry("imported", 1)
                .containsEntry("rejected", 1);
        assertThat(flow.clarifai().members("pictures")).containsExactly("first");
        assertThat(flow.clarifai().input("first").getData().getConceptsList())
                .extracting(concept -> concept.getId())
                .containsExactly("cat", "pet");
        assertThat(flow.staged("ended"))
                .filteredOn(row -> "REJECTED".equals(row.get("status")))
                .extracting(row -> row.get("source_uri"))
                .containsExactly(source + "#inputid=second");
        assertThat(requests)
                .singleElement()
                .asString()
                .startsWith("GET /feed?of=today ")
                .doesNotContain("main.default");
    }

    @Test
    void itTakesTheParametersOfAnImportOfRowsAndNoOther() {
        Ended ended = flow.run(
                Map.of("routes.directory", routes.toString()), "run", "import-feed", "source=http://x", "label=x");

        assertThat(ended.error()).contains("label", "table");
        assertThat(requests).isEmpty();
    }
}
