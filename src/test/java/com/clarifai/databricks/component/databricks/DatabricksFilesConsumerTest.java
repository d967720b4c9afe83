package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.VolumeFile;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routes that begin with {@code databricks:files}. */
@Timeout(60)
class DatabricksFilesConsumerTest extends DatabricksTestSupport {

    private static final String IN = "GET " + DIRECTORIES + "/in";
    private static final String FROM = "databricks:files?path=" + VOLUME + "/in&initialDelay=0&delay=20";

    @Test
    void takesNewAndChangedFilesOnceAndAsksOnceAPoll() throws Exception {
        workspace.on(
                IN,
                listing(
                        file("a.jpg", 8, 1000),
                        "{\"path\":\"" + VOLUME + "/in/sub\",\"name\":\"sub\",\"is_directory\":true}"),
                listing(file("a.jpg", 8, 1000)),
                listing(file("a.jpg", 8, 2000), file("b.jpg", 8, 2000)));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(3);

        route(FROM, "mock:taken");
        taken.assertIsSatisfied();
        int asked = workspace.requests().size();
        await().atMost(20, TimeUnit.SECONDS).until(() -> workspace.requests().size() >= asked + 3);

        assertThat(taken.getExchanges())
                .extracting(exchange ->
                        exchange.getMessage().getBody(VolumeFile.class).name())
                .containsExactly("a.jpg", "a.jpg", "b.jpg");
        assertThat(taken.getExchanges().get(2).getMessage().getHeader(DatabricksConstants.PATH))
                .isEqualTo(VOLUME + "/in/b.jpg");
        assertThat(workspace.requests())
                .extracting(FakeWorkspace.Request::target)
                .allMatch(target -> target.startsWith(DIRECTORIES + "/in?"));
    }

    @Test
    void leavesOutWhatTheFilterDoesNotMatchAndWhatARepositoryKnows() throws Exception {
        workspace.on(IN, listing(file("a.jpg", 8, 1000), file("b.png", 8, 1000), file("c.jpg", 8, 1000)));
        MemoryIdempotentRepository known = new MemoryIdempotentRepository();
        known.start();
        known.add(VOLUME + "/in/a.jpg|8|1970-01-01T00:00:01Z");
        context.getRegistry().bind("known", known);
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(1);

        route(FROM + "&filter=*.jpg&idempotentRepository=#known&repeatCount=2", "mock:taken");

        taken.assertIsSatisfied();
        assertThat(taken.getExchanges()
                        .get(0)
                        .getMessage()
                        .getBody(VolumeFile.class)
                        .name())
                .isEqualTo("c.jpg");
    }

    @Test
    void aFileWhoseExchangeHasFailedComesAgainAndIsDeletedOnceItHasEndedWell() throws Exception {
        workspace.on(IN, listing(file("a.jpg", 8, 1000)));
        workspace.on("DELETE " + FILES + "/in/a.jpg", FakeWorkspace.status(204));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(2);
        taken.whenExchangeReceived(1, exchange -> exchange.setException(new IllegalStateException("not yet")));

        route(FROM + "&delete=true", "mock:taken");

        taken.assertIsSatisfied();
        await().atMost(20, TimeUnit.SECONDS).until(() -> deletions().size() == 1);
    }

    @Test
    void movesAFileWithoutOverwritingAnythingAndDoesNotTakeItThereAgain() throws Exception {
        workspace.on(
                IN,
                listing(
                        "{\"path\":\"" + VOLUME + "/in/done\",\"name\":\"done\",\"is_directory\":true}",
                        file("a.jpg", 3, 1000)));
        workspace.on("GET " + DIRECTORIES + "/in/done", listing(file("done/z.jpg", 3, 1000)));
        workspace.on("GET " + FILES + "/in/a.jpg", FakeWorkspace.bytes("abc".getBytes()));
        workspace.on("PUT " + FILES + "/in/done/a.jpg", FakeWorkspace.status(204));
        workspace.on("HEAD " + FILES + "/in/done/a.jpg", FakeWorkspace.head(3));
        workspace.on("DELETE " + FILES + "/in/a.jpg", FakeWorkspace.status(204));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(1);

        route(FROM + "&moveTo=done&recursive=true&repeatCount=1", "mock:taken");

        taken.assertIsSatisfied();
        await().atMost(20, TimeUnit.SECONDS).until(() -> deletions().size() == 1);
        assertThat(workspace.requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .singleElement()
                .satisfies(request -> assertThat(request.target()).contains("/in/done/a.jpg?", "overwrite=false"));
    }

    @Test
    void filesMayComeInBatchesAndTheLastOfAListingIsWhatThereIs() throws Exception {
        workspace.on(IN, listing(file("a.jpg", 8, 1000), file("b.jpg", 8, 1000), file("c.jpg", 8, 1000)));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(3);
        taken.whenExchangeReceived(1, exchange -> exchange.setException(new IllegalStateException("not yet")));

        route(FROM + "&batchSize=2", "mock:taken");

        taken.assertIsSatisfied();
        assertThat(taken.getExchanges()).extracting(this::names).containsExactly("a.jpg b.jpg", "c.jpg", "a.jpg b.jpg");
    }

    @Test
    void filesOfABatchThatTheRestOfAListingLeavesOpenComeWithTheNext() throws Exception {
        workspace.on(
                IN,
                json("{\"contents\":[" + file("a.jpg", 8, 1000) + "],\"next_page_token\":\"2\"}"),
                FakeWorkspace.error(403, "PERMISSION_DENIED", "no READ VOLUME"),
                listing(file("a.jpg", 8, 1000)));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(1);

        route(FROM + "&batchSize=2", "mock:taken");

        taken.assertIsSatisfied();
        assertThat(names(taken.getExchanges().get(0))).isEqualTo("a.jpg");
    }

    @Test
    void aFileThatCannotBePutAwayIsToldOfAndDoesNotComeAgain() throws Exception {
        workspace.on(IN, listing(file("a.jpg", 8, 1000), file("b.jpg", 8, 1000)));
        workspace.on("DELETE " + FILES + "/in/a.jpg", FakeWorkspace.error(403, "PERMISSION_DENIED", "no WRITE VOLUME"));
        workspace.on("DELETE " + FILES + "/in/b.jpg", FakeWorkspace.status(204));
        MockEndpoint failed = getMockEndpoint("mock:failed");
        failed.expectedMessageCount(1);
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(2);

        bridged(FROM + "&delete=true&repeatCount=3");

        failed.assertIsSatisfied();
        taken.assertIsSatisfied();
        await().atMost(20, TimeUnit.SECONDS).until(() -> deletions().size() == 2);
        assertThat(failed.getExchanges().get(0).getProperty("CamelExceptionCaught", Exception.class))
                .hasMessageContaining("no WRITE VOLUME");
    }

    @Test
    void aListingThatFailsIsBridgedToTheRouteBacksOffAndTellsOfItsHealth() throws Exception {
        workspace.on(IN, FakeWorkspace.error(403, "PERMISSION_DENIED", "no READ VOLUME"));
        MockEndpoint failed = getMockEndpoint("mock:failed");
        failed.expectedMinimumMessageCount(2);
        ConsumersHealthCheckRepository checks = new ConsumersHealthCheckRepository();
        checks.setCamelContext(context);
        bridged(FROM + "&backoffErrorThreshold=1&backoffMultiplier=2");

        failed.assertIsSatisfied();

        assertThat(failed.getExchanges().get(0).getProperty("CamelExceptionCaught", Exception.class))
                .hasMessageContaining("no READ VOLUME");
        // the route hears of a failure before it is counted
        await().atMost(20, TimeUnit.SECONDS)
                .until(() -> checks.stream().anyMatch(check -> check.call().getState() == HealthCheck.State.DOWN));
    }

    @Test
    void anotherOperationBeginsNoRouteAndFilesIsNoStep() {
        assertThatThrownBy(() -> route("databricks:listFiles?path=" + VOLUME, "mock:taken"))
                .hasStackTraceContaining("a route begins with databricks:files");
        assertThat(send("databricks:files?path=" + VOLUME, null).getException())
                .hasMessageContaining("databricks:files begins a route");
    }

    private void route(String from, String to) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        });
    }

    private void bridged(String from) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from + "&bridgeErrorHandler=true")
                        .onException(Exception.class)
                        .handled(true)
                        .to("mock:failed")
                        .end()
                        .to("mock:taken");
            }
        });
    }

    private String names(Exchange exchange) {
        return Stream.of(exchange.getMessage().getBody(VolumeFile[].class))
                .map(VolumeFile::name)
                .collect(Collectors.joining(" "));
    }

    private List<FakeWorkspace.Request> deletions() {
        return workspace.requests().stream()
                .filter(request -> request.method().equals("DELETE"))
                .toList();
    }

    private static FakeWorkspace.Answer listing(String... entries) {
        return json("{\"contents\":[" + String.join(",", entries) + "]}");
    }

    private static String file(String name, long size, long modified) {
        String last = Stream.of(name.split("/")).reduce((a, b) -> b).orElseThrow();
        return "{\"path\":\"%s/in/%s\",\"name\":\"%s\",\"file_size\":%d,\"last_modified\":%d}"
                .formatted(VOLUME, name, last, size, modified);
    }
}
