package com.clarifai.databricks.component.clarifai;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What Clarifai refuses of each row for a reason that is none of the row's. */
@Timeout(60)
class MissingDatasetTest extends CamelTestSupport {

    private static final String UPLOAD = "clarifai:uploadInputs?appId=app";
    private static final String KAMELET =
            "kamelet:clarifai-upload-action?appId=app&datasetId=pets&readFiles=false&createDataset=";

    private final FakeClarifai clarifai = new FakeClarifai();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        ClarifaiComponent component = ConnectedComponent.of(context, clarifai);
        component.getConfiguration().setPollInterval(1);
        component.getConfiguration().setPollMaxInterval(5);
        return context;
    }

    @AfterEach
    void stopFake() {
        clarifai.close();
    }

    @Test
    void fails_the_exchange_of_the_kamelet_and_settles_no_row() {
        List<Map<String, Object>> rows = rows("a", "b");

        Exchange failed = send(KAMELET + "false", rows);

        assertThat(failed.getException())
                .isInstanceOfSatisfying(ClarifaiException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ClarifaiException.Kind.NOT_FOUND));
        assertThat(rows).noneMatch(row -> row.containsKey(InputColumns.STATUS));
        assertThat(clarifai.inputIds()).isEmpty();
    }

    @Test
    void is_created_by_the_kamelet_when_that_is_wanted() {
        List<Map<String, Object>> rows = rows("a", "b");

        Exchange done = send(KAMELET + "true", rows);

        assertThat(done.getException()).isNull();
        assertThat(rows).extracting(row -> row.get(InputColumns.OUTCOME)).containsExactly("IMPORTED", "IMPORTED");
        assertThat(clarifai.members("pets")).containsExactly("a", "b");
        assertThat(done.getMessage().getHeaders())
                .doesNotContainKeys(ClarifaiConstants.CREATE_DATASET, ClarifaiConstants.DATASET_ID);
    }

    @Test
    void is_created_for_inputs_that_the_app_has_already_and_asked_for_only_then() {
        clarifai.addInput("a", StatusCode.INPUT_DOWNLOAD_SUCCESS);

        send(KAMELET + "true", rows("a"));
        send(KAMELET + "true", rows("a"));

        assertThat(clarifai.members("pets")).containsExactly("a");
        assertThat(clarifai.requests(GetDatasetRequest.class)).hasSize(1);
    }

    @Test
    void of_one_row_among_others_is_the_fault_of_that_row() {
        clarifai.addDataset("pets");
        List<Map<String, Object>> rows = rows("a", "b");
        rows.get(0).put(InputColumns.DATASET_ID, "pets");
        rows.get(1).put(InputColumns.DATASET_ID, "cars");

        assertThat(send(UPLOAD, rows).getException()).isNull();

        assertThat(rows).extracting(row -> row.get(InputColumns.STATUS)).containsExactly("PENDING", "REJECTED");
    }

    /** The first input still fitted in; once the account may have more, the same rows can be given again. */
    @Test
    void limits_of_the_account_reject_no_row() {
        clarifai.refuseInput("b", FakeClarifai.status(StatusCode.CONN_EXCEEDS_LIMITS, "Plan limit reached"));
        List<Map<String, Object>> rows = rows("a", "b");

        Exchange failed = send(UPLOAD, rows);

        assertThat(failed.getException()).hasMessageContaining("Plan limit reached");
        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PENDING");
        assertThat(rows.get(1)).doesNotContainKey(InputColumns.STATUS);
    }

    private Exchange send(String uri, List<Map<String, Object>> rows) {
        return template.request(uri, exchange -> exchange.getMessage().setBody(rows));
    }

    private static List<Map<String, Object>> rows(String... ids) {
        return Stream.of(ids)
                .map(id -> {
                    Map<String, Object> row = new HashMap<>();
                    row.put(InputColumns.INPUT_ID, id);
                    row.put(InputColumns.IMAGE_URL, "https://images.example/" + id + ".jpg");
                    return row;
                })
                .toList();
    }
}
