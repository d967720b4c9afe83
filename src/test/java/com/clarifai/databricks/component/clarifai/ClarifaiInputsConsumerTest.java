package com.clarifai.databricks.component.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Routes that begin with {@code clarifai:inputs}. */
@Timeout(60)
class ClarifaiInputsConsumerTest extends CamelTestSupport {

    private static final String FROM =
            "clarifai:inputs?appId=app&datasetId=pets&modifiedSince=1970-01-01T00:16:40Z&initialDelay=0&delay=20";

    private final FakeClarifai clarifai = new FakeClarifai();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        ConnectedComponent.of(context, clarifai);
        return context;
    }

    @BeforeEach
    void fill() {
        clarifai.addDataset("pets", "a", "b", "c");
        for (String id : List.of("a", "b", "c")) {
            clarifai.addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        }
        clarifai.addAnnotation(changed("a", 999));
        clarifai.addAnnotation(changed("b", 1_000));
    }

    @AfterEach
    void stopFake() {
        clarifai.close();
    }

    @Test
    void takesInputsWithChangedAnnotationsOnceAndAsksOnceAPollWhereNothingIsNew() throws Exception {
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(1);
        route(FROM);
        taken.assertIsSatisfied();
        int asked = clarifai.received().size();

        await().atMost(20, TimeUnit.SECONDS).until(() -> clarifai.received().size() >= asked + 3);
        assertThat(clarifai.received().subList(asked, clarifai.received().size()))
                .allMatch(request -> request.call().equals("PostAnnotationsSearches"));

        clarifai.addAnnotation(changed("c", 2_000));
        await().atMost(20, TimeUnit.SECONDS).until(() -> taken.getReceivedCounter() == 2);
        clarifai.addAnnotation(changed("b", 2_001));
        await().atMost(20, TimeUnit.SECONDS).until(() -> taken.getReceivedCounter() == 3);
        assertThat(ids(taken)).containsExactly("b", "c", "b");
        assertThat(taken.getExchanges().get(0).getMessage().getHeader(ClarifaiConstants.DATASET_ID))
                .isEqualTo("pets");
    }

    /** The search may show it later than one that was made after it. */
    @Test
    void takesAChangeThatBecomesVisibleLateAndLooksBackNoFurther() throws Exception {
        clarifai.addAnnotation(changed("c", 5_000));
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(2);
        route(FROM + "&overlap=10s");
        await().atMost(20, TimeUnit.SECONDS).until(() -> taken.getReceivedCounter() == 1);

        clarifai.addAnnotation(changed("a", 4_995));

        taken.assertIsSatisfied();
        assertThat(rows(taken.getExchanges().get(1)))
                .extracting(row -> row.get(InputColumns.INPUT_ID))
                .containsExactly("a");
        List<PostAnnotationsSearchesRequest> searches = clarifai.requests(PostAnnotationsSearchesRequest.class);
        assertThat(searches.get(searches.size() - 1)
                        .getSearches(0)
                        .getQuery()
                        .getFilters(0)
                        .getLastUpdatedTimeRange()
                        .getStartTime()
                        .getSeconds())
                .isEqualTo(4_990);
    }

    @Test
    void theKameletEmitsTheSameRows() throws Exception {
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(1);

        route(
                "kamelet:clarifai-dataset-source?appId=app&datasetId=pets&modifiedSince=1970-01-01T00:16:40Z&period=20ms");

        taken.assertIsSatisfied();
        assertThat(ids(taken)).containsExactly("b");
    }

    @Test
    void aBatchThatHasFailedComesAgain() throws Exception {
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(2);
        taken.whenExchangeReceived(1, exchange -> exchange.setException(new IllegalStateException("not yet")));

        route(FROM);

        taken.assertIsSatisfied();
        assertThat(ids(taken)).containsExactly("b", "b");
    }

    @Test
    void aSearchThatFailsIsBridgedToTheRoute() throws Exception {
        clarifai.refuseNext(
                "PostAnnotationsSearches", FakeClarifai.status(StatusCode.CONN_INSUFFICIENT_SCOPES, "may not search"));
        MockEndpoint failed = getMockEndpoint("mock:failed");
        failed.expectedMessageCount(1);
        MockEndpoint taken = getMockEndpoint("mock:taken");
        taken.expectedMessageCount(1);

        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(FROM + "&bridgeErrorHandler=true")
                        .onException(Exception.class)
                        .handled(true)
                        .to("mock:failed")
                        .end()
                        .to("mock:taken");
            }
        });

        failed.assertIsSatisfied();
        taken.assertIsSatisfied();
        assertThat(failed.getExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining("may not search");
    }

    @Test
    void anotherOperationBeginsNoRouteAndInputsIsNoStep() {
        assertThatThrownBy(() -> route("clarifai:getUser"))
                .hasStackTraceContaining("a route begins with clarifai:inputs");
        assertThat(template.request("clarifai:inputs?appId=app", exchange -> {}).getException())
                .hasMessageContaining("clarifai:inputs begins a route");
    }

    private void route(String from) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to("mock:taken");
            }
        });
    }

    private static List<Object> ids(MockEndpoint taken) {
        List<Object> ids = new ArrayList<>();
        taken.getExchanges()
                .forEach(exchange -> rows(exchange).forEach(row -> ids.add(row.get(InputColumns.INPUT_ID))));
        return ids;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Exchange exchange) {
        return exchange.getMessage().getBody(List.class);
    }

    private static Annotation changed(String inputId, long seconds) {
        return Annotation.newBuilder()
                .setId(inputId + "-1")
                .setInputId(inputId)
                .setModifiedAt(Timestamp.newBuilder().setSeconds(seconds))
                .build();
    }
}
