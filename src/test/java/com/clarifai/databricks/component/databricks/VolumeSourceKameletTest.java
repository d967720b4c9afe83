package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.databricks.FakeWorkspace;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code kamelet:databricks-volume-source} emits, and what its listings cost. */
@Timeout(60)
class VolumeSourceKameletTest extends DatabricksTestSupport {

    @Test
    void emitsNewImagesAsRowsAndAsksOnceAPollWhereNothingIsNew() throws Exception {
        workspace.on(
                "GET " + DIRECTORIES + "/in",
                listing("a.jpg"),
                listing("a.jpg"),
                listing("a.jpg", "b.jpg", "notes.txt", "c.png"));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(2);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("kamelet:databricks-volume-source?catalog=main&schema=default&volume=images&path=in&filter=*.jpg"
                                + "&period=20ms")
                        .to("mock:taken");
            }
        });

        taken.assertIsSatisfied();
        int asked = workspace.requests().size();
        await().atMost(20, TimeUnit.SECONDS).until(() -> workspace.requests().size() >= asked + 3);

        taken.assertIsSatisfied();
        assertThat(taken.getExchanges())
                .flatExtracting(exchange -> exchange.getMessage().getBody(List.class))
                .extracting(row -> ((Map<?, ?>) row).get("source_uri"))
                .containsExactly(VOLUME + "/in/a.jpg", VOLUME + "/in/b.jpg");
        assertThat(workspace.requests())
                .extracting(FakeWorkspace.Request::target)
                .allMatch(target -> target.startsWith(DIRECTORIES + "/in?"));
    }

    private static FakeWorkspace.Answer listing(String... names) {
        return json("{\"contents\":["
                + String.join(
                        ",",
                        List.of(names).stream()
                                .map(name ->
                                        "{\"path\":\"%s/in/%s\",\"name\":\"%s\",\"file_size\":8,\"last_modified\":1000}"
                                                .formatted(VOLUME, name, name))
                                .toList())
                + "]}");
    }
}
