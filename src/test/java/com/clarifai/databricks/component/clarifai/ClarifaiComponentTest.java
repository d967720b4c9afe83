package com.clarifai.databricks.component.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.collect.ImmutableList;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClarifaiComponentTest extends CamelTestSupport {

    private static final String APP = "?appId=" + FakeClarifai.APP;

    private final FakeClarifai clarifai = new FakeClarifai();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        ClarifaiComponent component = ConnectedComponent.of(context, clarifai);
        component.setThrottlePause(5);
        component.getConfiguration().setPollInterval(1);
        component.getConfiguration().setPollMaxInterval(5);
        return context;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:import")
                        .to("clarifai:lookupInputs" + APP)
                        .to("clarifai:uploadInputs" + APP + "&datasetId=pets&jobId=job-1")
                        .to("clarifai:awaitInputs" + APP)
                        .to("clarifai:addToDataset" + APP + "&datasetId=pets")
                        .to("mock:imported");
                from("direct:update")
                        .to("clarifai:lookupInputs" + APP)
                        .to("clarifai:uploadInputs" + APP + "&allowDuplicateUrl=true")
                        .to("clarifai:awaitInputs" + APP)
                        .to("clarifai:patchInputs" + APP + "&onExisting=merge")
                        .to("clarifai:postAnnotations" + APP + "&onExisting=merge");
                from("direct:two-calls")
                        .to("clarifai:lookupInputs" + APP)
                        .setBody(header("rows"))
                        .to("clarifai:uploadInputs" + APP);
            }
        };
    }

    @AfterEach
    void stopFake() {
        clarifai.close();
    }

    @Test
    void imports_a_batch_in_four_steps() throws Exception {
        clarifai.addInput("known", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addDataset("pets");
        clarifai.refuseInput("bad", FakeClarifai.status(StatusCode.INPUT_INVALID_URL, "Invalid URL"));
        clarifai.listsUntilProcessed(3);
        MockEndpoint imported = getMockEndpoint("mock:imported");
        imported.expectedMessageCount(1);

        List<Map<String, Object>> rows = rows("new", "known", "bad");
        template.sendBody("direct:import", rows);

        imported.assertIsSatisfied();
        assertThat(imported.getExchanges().get(0).getMessage().getBody()).isSameAs(rows);
        assertThat(rows)
                .extracting(row -> row.get(InputColumns.OUTCOME))
                .containsExactly("IMPORTED", "EXISTING", "REJECTED");
        assertThat(clarifai.members("pets")).containsExactlyInAnyOrder("new", "known");
        assertThat(clarifai.requests(PostInputsRequest.class))
                .extracting(PostInputsRequest::getInputsAddJobId)
                .containsExactly("job-1");
    }

    /** As where no more files may be opened, jars among them; by then the exchange is on a thread of the component. */
    @Test
    void a_class_that_cannot_be_loaded_fails_the_exchange_and_leaves_nobody_waiting() throws Exception {
        List<Map<String, Object>> rows = List.of(new AbstractMap<>() {
            @Override
            public Set<Entry<String, Object>> entrySet() {
                throw new NoClassDefFoundError("a.b.C");
            }
        });

        CompletableFuture<Exchange> sent = template.asyncSend("direct:two-calls", exchange -> {
            exchange.getMessage().setBody(rows("known"));
            exchange.getMessage().setHeader("rows", rows);
        });

        assertThat(sent.get(30, TimeUnit.SECONDS).getException()).hasRootCauseInstanceOf(NoClassDefFoundError.class);
    }

    @Test
    void updates_existing_inputs_and_posts_annotations() {
        clarifai.addInput("known", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        List<Map<String, Object>> rows = labelled("new", "known");

        Exchange updated = template.request(
                "direct:update", exchange -> exchange.getMessage().setBody(rows));

        assertThat(rows).extracting(row -> row.get(InputColumns.OUTCOME)).containsExactly("IMPORTED", "UPDATED");
        assertThat(clarifai.input("known").getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cat");
        assertThat(clarifai.annotations()).extracting(Annotation::getInputId).containsExactly("new", "known");
        assertThat(updated.getMessage().getHeader(ClarifaiConstants.ANNOTATION_COUNT))
                .isEqualTo(2);
        assertThat(updated.getMessage().getHeader(ClarifaiConstants.REJECTED_ANNOTATION_COUNT))
                .isEqualTo(0);
        assertThat(clarifai.requests(PostInputsRequest.class))
                .flatExtracting(PostInputsRequest::getInputsList)
                .allMatch(input -> input.getData().getImage().getAllowDuplicateUrl());
        assertThat(RowFile.of(rows)).as("nothing is left that cannot be staged").isNotEmpty();
    }

    @Test
    void reads_annotations_as_data_as_maps_and_as_json() {
        List<Map<String, Object>> rows = labelled("data", "maps", "json", "bad");
        rows.get(1).put(InputColumns.ANNOTATIONS, List.of(Map.of("concepts", List.of(Map.of("id", "dog")))));
        rows.get(2).put(InputColumns.ANNOTATIONS, "[{\"concepts\": [{\"id\": \"dog\"}]}]");
        rows.get(3).put(InputColumns.ANNOTATIONS, "[{\"concepts\": 5}]");

        template.requestBody("direct:update", rows);

        assertThat(clarifai.annotations()).extracting(Annotation::getInputId).containsExactly("data", "maps", "json");
        assertThat(clarifai.annotations()).allSatisfy(annotation -> assertThat(annotation.getData())
                .isEqualTo(clarifai.annotations().get(0).getData()));
        assertThat(rows.get(3))
                .containsEntry(InputColumns.OUTCOME, "IMPORTED")
                .extractingByKey(InputColumns.STATUS_MESSAGE)
                .asString()
                .startsWith("The annotations cannot be read: item 1");
    }

    @Test
    void takes_what_to_do_with_existing_inputs_from_the_header_before_the_option() {
        clarifai.addInput("known", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        List<Map<String, Object>> rows = labelled("known");

        template.requestBodyAndHeader("direct:update", rows, ClarifaiConstants.ON_EXISTING, "fail");
        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "REJECTED");

        Exchange refused = template.request("direct:update", exchange -> {
            exchange.getMessage().setBody(labelled("known"));
            exchange.getMessage().setHeader(ClarifaiConstants.ON_EXISTING, "replace");
        });
        assertThat(refused.getException()).hasMessageContaining("replace");
        assertThat(clarifai.input("known").getData().getConceptsList()).isEmpty();
    }

    @Test
    void changes_no_existing_input_unless_told_to() {
        clarifai.addInput("known", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        List<Map<String, Object>> rows = labelled("known");

        template.requestBody("clarifai:lookupInputs" + APP, rows);
        template.requestBody("clarifai:patchInputs" + APP, rows);
        template.requestBody("clarifai:postAnnotations" + APP, rows);

        assertThat(rows.get(0)).containsEntry(InputColumns.OUTCOME, "EXISTING");
        assertThat(clarifai.received()).extracting(FakeClarifai.Received::call).containsExactly("ListInputs");
    }

    @Test
    void trusts_what_Java_trusts_when_the_file_of_authorities_is_left_empty() {
        ClarifaiComponent component = new ClarifaiComponent();
        component.setCamelContext(context);
        component.setBaseUrl("https://clarifai.example");
        component.setPersonalAccessToken("pat");
        component.setCaFile("");

        try (ClarifaiClient client = component.sharedClient()) {
            assertThat(client.settings().caFile()).isNull();
        }
    }

    @Test
    void continues_on_threads_of_its_own_and_not_on_those_of_the_connection() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:user")
                        .to("clarifai:getUser")
                        .process(exchange -> exchange.getMessage()
                                .setHeader("thread", Thread.currentThread().getName()))
                        .to("mock:thread");
            }
        });
        MockEndpoint mock = getMockEndpoint("mock:thread");
        mock.expectedMessageCount(1);

        template.sendBody("seda:user", "");

        mock.assertIsSatisfied();
        assertThat(mock.getExchanges().get(0).getMessage().getHeader("thread", String.class))
                .contains("clarifai");
    }

    @Test
    void gets_the_user_an_app_and_a_dataset_as_maps() {
        clarifai.addDataset("pets");

        assertThat(ask("clarifai:getUser", Map.of())).containsEntry(InputColumns.USER_ID, "jane");
        assertThat(ask("clarifai:getApp" + APP, Map.of()))
                .containsEntry(InputColumns.USER_ID, "jane")
                .containsEntry(InputColumns.APP_ID, FakeClarifai.APP);
        assertThat(ask("clarifai:getDataset" + APP + "&datasetId=pets", Map.of()))
                .containsEntry(InputColumns.DATASET_ID, "pets");
    }

    @Test
    void lists_apps_datasets_and_inputs_as_rows() {
        clarifai.addDataset("pets", "a");
        clarifai.addDataset("cars");
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("b", StatusCode.INPUT_DOWNLOAD_SUCCESS);

        assertThat(list("clarifai:listApps?pageSize=2"))
                .extracting(row -> row.get(InputColumns.APP_ID))
                .containsExactly(FakeClarifai.APP, "other", "third");
        assertThat(list("clarifai:listDatasets" + APP))
                .extracting(row -> row.get(InputColumns.DATASET_ID))
                .containsExactly("pets", "cars");
        assertThat(list("clarifai:listInputs" + APP + "&pageSize=1"))
                .extracting(row -> row.get(InputColumns.INPUT_ID))
                .containsExactly("a", "b");
        assertThat(list("clarifai:listDatasetInputs" + APP + "&datasetId=pets"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry(InputColumns.INPUT_ID, "a")
                        .containsEntry(InputColumns.DATASET_ID, "pets")
                        .containsEntry(InputColumns.STATUS, "PROCESSED")
                        .containsEntry(InputColumns.ADDED_AT, Instant.ofEpochSecond(1_800_000_000)));
    }

    @Test
    void searches_for_inputs_that_changed_and_has_no_body_when_it_may_not() {
        clarifai.addDataset("pets", "a", "b");
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addInput("b", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        clarifai.addAnnotation(changed("a", 999));
        clarifai.addAnnotation(changed("b", 1_000));
        String search = "clarifai:searchDatasetInputs" + APP + "&datasetId=pets";
        Map<String, Object> since = Map.of(ClarifaiConstants.MODIFIED_SINCE, Instant.ofEpochSecond(1_000));

        assertThat(annotations(search, null, since)).singleElement().satisfies(row -> assertThat(row)
                .containsEntry(InputColumns.INPUT_ID, "b")
                .containsEntry(InputColumns.DATASET_ID, "pets")
                .containsEntry(InputColumns.STATUS, "PROCESSED"));
        clarifai.refuseNext(
                "PostAnnotationsSearches", FakeClarifai.status(StatusCode.CONN_INSUFFICIENT_SCOPES, "may not search"));
        assertThat(template.<Object>requestBodyAndHeaders(search, null, since)).isNull();
        assertThatThrownBy(() -> template.requestBody(search, (Object) null)).hasStackTraceContaining("modifiedSince");
    }

    private static Annotation changed(String inputId, long seconds) {
        return Annotation.newBuilder()
                .setId(inputId + "-1")
                .setInputId(inputId)
                .setModifiedAt(Timestamp.newBuilder().setSeconds(seconds))
                .build();
    }

    @Test
    void lists_the_annotations_of_rows_and_ids() {
        addAnnotations("a", 3);
        addAnnotations("b", 1);
        addAnnotations("c", 1);

        assertThat(annotations(
                        "clarifai:listAnnotations" + APP + "&datasetId=pets&pageSize=2", rows("a", "b"), Map.of()))
                .hasSize(4)
                .allSatisfy(row -> assertThat(row)
                        .containsEntry(AnnotationColumns.DATASET_ID, "pets")
                        .containsEntry(AnnotationColumns.APP_ID, FakeClarifai.APP)
                        .containsEntry(AnnotationColumns.ANNOTATION_TYPE, "classification"))
                .extracting(row -> row.get(AnnotationColumns.INPUT_ID))
                .containsOnly("a", "b");
        assertThat(annotations("clarifai:listAnnotations" + APP, List.of("c").iterator(), Map.of()))
                .extracting(row -> row.get(AnnotationColumns.ANNOTATION_ID))
                .containsExactly("c-0");
        assertThat(annotations("clarifai:listAnnotations" + APP, List.of(), Map.of()))
                .isEmpty();
    }

    @Test
    void chooses_annotations_by_options_and_by_headers_before_options() {
        addAnnotations("a", 3);
        String uri = "clarifai:listAnnotations" + APP
                + "&annotationStatuses=SUCCESS, awaiting_review,24158&annotationUserIds=jane,joe&conceptIds=concept-1";

        assertThat(annotations(uri, rows("a"), Map.of()))
                .extracting(row -> row.get(AnnotationColumns.ANNOTATION_ID))
                .containsExactly("a-1");
        assertThat(annotations(
                        uri,
                        rows("a"),
                        Map.of(
                                ClarifaiConstants.CONCEPT_IDS, List.of("concept-0", "concept-2"),
                                ClarifaiConstants.MODIFIED_SINCE, "1970-01-01T00:00:02Z",
                                ClarifaiConstants.ALL_ANNOTATIONS, "true",
                                ClarifaiConstants.MODEL_OUTPUT, true,
                                ClarifaiConstants.MODEL_VERSION_IDS, "v1")))
                .extracting(row -> row.get(AnnotationColumns.ANNOTATION_ID))
                .containsExactly("a-2");

        List<ListAnnotationsRequest> requests = clarifai.requests(ListAnnotationsRequest.class);
        assertThat(requests).allSatisfy(request -> {
            assertThat(request.getStatusesList())
                    .extracting(Status::getCode)
                    .containsExactlyInAnyOrder(
                            StatusCode.ANNOTATION_SUCCESS,
                            StatusCode.ANNOTATION_AWAITING_REVIEW,
                            StatusCode.ANNOTATION_REVIEW_DENIED);
            assertThat(request.getUserIdsList()).containsExactlyInAnyOrder("jane", "joe");
        });
        assertThat(requests.get(0).getListAllAnnotations()).isFalse();
        assertThat(requests.get(0).getReturnModelOutput()).isFalse();
        assertThat(requests.get(1).getListAllAnnotations()).isTrue();
        assertThat(requests.get(1).getReturnModelOutput()).isTrue();
        assertThat(requests.get(1).getModelVersionIdsList()).containsExactly("v1");
    }

    @Test
    void refuses_a_status_and_a_time_that_do_not_exist() {
        assertThat(template.request(
                                "clarifai:listAnnotations" + APP + "&annotationStatuses=FINE",
                                exchange -> exchange.getMessage().setBody(List.of()))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Annotations have no status \"FINE\"");
        assertThat(template.request(
                                "clarifai:listAnnotations" + APP + "&modifiedSince=yesterday",
                                exchange -> exchange.getMessage().setBody(List.of()))
                        .getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("modifiedSince");
    }

    private void addAnnotations(String inputId, int count) {
        clarifai.addInput(inputId, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        for (int i = 0; i < count; i++) {
            clarifai.addAnnotation(Annotation.newBuilder()
                    .setId(inputId + '-' + i)
                    .setInputId(inputId)
                    .setModifiedAt(Timestamp.newBuilder().setSeconds(i))
                    .setData(Data.newBuilder()
                            .addConcepts(
                                    Concept.newBuilder().setId("concept-" + i).setValue(1f)))
                    .build());
        }
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> annotations(String uri, Object body, Map<String, Object> headers) {
        Iterator<Map<String, Object>> rows = template.requestBodyAndHeaders(uri, body, headers, Iterator.class);
        return ImmutableList.copyOf(rows);
    }

    @Test
    void fetches_no_further_page_before_the_reader_gets_there() {
        for (int i = 0; i < 10; i++) {
            clarifai.addInput("input-" + i, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        }
        Iterator<?> rows = template.requestBody("clarifai:listInputs" + APP + "&pageSize=2", null, Iterator.class);
        assertThat(clarifai.requests(StreamInputsRequest.class)).hasSize(1);

        rows.next();
        rows.next();

        assertThat(clarifai.requests(StreamInputsRequest.class)).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void takes_ids_from_headers_before_options_and_says_whether_it_created_the_dataset() {
        Map<String, Object> headers =
                Map.of(ClarifaiConstants.APP_ID, FakeClarifai.APP, ClarifaiConstants.DATASET_ID, "from-header");

        Exchange created = template.request(
                "clarifai:ensureDataset?appId=elsewhere&datasetId=option",
                exchange -> exchange.getMessage().setHeaders(new HashMap<>(headers)));
        Exchange found = template.request(
                "clarifai:ensureDataset", exchange -> exchange.getMessage().setHeaders(new HashMap<>(headers)));

        assertThat(created.getMessage().getHeader(ClarifaiConstants.DATASET_CREATED))
                .isEqualTo(true);
        assertThat(found.getMessage().getHeader(ClarifaiConstants.DATASET_CREATED))
                .isEqualTo(false);
        assertThat(found.getMessage().getBody(Map.class)).containsEntry(InputColumns.DATASET_ID, "from-header");
    }

    @Test
    void makes_an_app_unless_its_user_has_it_and_says_so() {
        Exchange created = template.request("clarifai:ensureApp?appId=new-app", exchange -> {});
        Exchange found = template.request("clarifai:ensureApp" + APP, exchange -> {});

        assertThat(created.getMessage().getHeader(ClarifaiConstants.APP_CREATED))
                .isEqualTo(true);
        assertThat(created.getMessage().getBody(Map.class)).containsEntry(InputColumns.APP_ID, "new-app");
        assertThat(found.getException()).isNull();
        assertThat(found.getMessage().getHeader(ClarifaiConstants.APP_CREATED)).isEqualTo(false);
        assertThat(found.getMessage().getBody(Map.class)).containsEntry(InputColumns.APP_ID, FakeClarifai.APP);
    }

    @Test
    void deletes_the_inputs_of_rows_or_ids() {
        for (String id : List.of("a", "b", "c")) {
            clarifai.addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        }
        template.requestBody("clarifai:deleteInputs" + APP, rows("a"));
        template.requestBody("clarifai:deleteInputs" + APP, List.of("b"));

        assertThat(clarifai.inputIds()).containsExactly("c");
    }

    @Test
    void fails_the_exchange_with_the_refusal_of_clarifai() {
        Exchange failed = template.request("clarifai:getApp?appId=nowhere", exchange -> {});

        assertThat(failed.getException())
                .isInstanceOf(ClarifaiException.class)
                .hasMessage("GetApp failed: 11101 Resource does not exist (request req-1)");
    }

    @Test
    void says_which_parameter_is_missing() {
        assertThat(template.request("clarifai:listDatasets", exchange -> {}).getException())
                .hasMessageContaining("listDatasets needs the option appId or the header CamelClarifaiAppId");
        assertThat(template.request("clarifai:lookupInputs" + APP, exchange -> {})
                        .getException())
                .hasMessageContaining("No body available of type: java.util.List");
    }

    @Test
    void does_what_the_header_says_before_the_operation_of_the_step() {
        Map<?, ?> app = template.requestBodyAndHeader(
                "clarifai:getUser" + APP, null, ClarifaiConstants.OPERATION, "getApp", Map.class);

        assertThat(app.get(InputColumns.APP_ID)).isEqualTo(FakeClarifai.APP);
    }

    @Test
    void refuses_an_unknown_operation() {
        assertThatThrownBy(() -> context.getEndpoint("clarifai:destroy"))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("has no operation \"destroy\"");
    }

    @Test
    void starts_without_a_token_and_fails_the_exchange_that_needs_one() throws Exception {
        try (CamelContext other = new DefaultCamelContext()) {
            other.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:user").to("clarifai:getUser");
                }
            });
            other.start();

            assertThat(other.createProducerTemplate()
                            .request("direct:user", exchange -> {})
                            .getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("personal access token");
        }
    }

    @Test
    void is_healthy_as_long_as_clarifai_knows_the_token() {
        HealthCheckRepository producers = HealthCheckHelper.getHealthCheckRepository(context, "producers");
        producers.setEnabled(true);
        HealthCheck check = producers.stream().findFirst().orElseThrow();
        assertThat(check.call().getState()).isEqualTo(HealthCheck.State.UP);

        clarifai.refuseNext("GetUser", FakeClarifai.status(StatusCode.CONN_KEY_INVALID, "API key invalid"));
        HealthCheck.Result down = check.call();

        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage())
                .hasValueSatisfying(message ->
                        assertThat(message).contains("API key invalid").doesNotContain(FakeClarifai.PAT));
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> ask(String uri, Map<String, Object> headers) {
        return template.requestBodyAndHeaders(uri, null, headers, Map.class);
    }

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> list(String uri) {
        List<Map<String, Object>> rows = new ArrayList<>();
        template.requestBody(uri, null, Iterator.class).forEachRemaining(row -> rows.add((Map<String, Object>) row));
        return rows;
    }

    private static List<Map<String, Object>> labelled(String... ids) {
        List<Map<String, Object>> rows = rows(ids);
        for (Map<String, Object> row : rows) {
            row.put(InputColumns.CONCEPTS, List.of("cat"));
            row.put(
                    InputColumns.ANNOTATIONS,
                    List.of(Data.newBuilder()
                            .addConcepts(Concept.newBuilder().setId("dog").setValue(1))
                            .build()));
        }
        return rows;
    }

    private static List<Map<String, Object>> rows(String... ids) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String id : ids) {
            Map<String, Object> row = new HashMap<>();
            row.put(InputColumns.INPUT_ID, id);
            row.put(InputColumns.IMAGE_URL, "https://images.example/" + id);
            rows.add(row);
        }
        return rows;
    }

    @Test
    void closesWithoutEverHavingBeenStarted() {
        ClarifaiComponent component = new ClarifaiComponent();

        assertThatCode(component::close).doesNotThrowAnyException();
    }
}
