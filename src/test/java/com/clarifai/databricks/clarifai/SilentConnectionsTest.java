package com.clarifai.databricks.clarifai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.faults.ForgetfulGateway;
import com.clarifai.databricks.model.InputColumns;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Connections that a firewall or gateway drops without telling either side. */
@Execution(ExecutionMode.CONCURRENT) // connections are silent for a second or more
class SilentConnectionsTest extends ClarifaiFixture {

    private static final Duration SHORT = Duration.ofSeconds(1);

    private ForgetfulGateway gateway;
    private ClarifaiClient through;

    @BeforeEach
    void connectThroughGateway() {
        gateway = new ForgetfulGateway(clarifai.url());
        through = connect(Duration.ofSeconds(3));
    }

    private ClarifaiClient connect(Duration requestTimeout) {
        return new ClarifaiClient(ClarifaiSettings.of(gateway.url(), FakeClarifai.PAT)
                .withRequestsPerSecond(0)
                .withRequestTimeout(requestTimeout)
                .withIdleTimeout(SHORT)
                .withRetries(QUICK_RETRIES));
    }

    @AfterEach
    void closeGateway() {
        through.close();
        gateway.close();
    }

    @Test
    void a_call_without_an_answer_is_repeated_on_another_connection() {
        ClarifaiClient.join(through.apps().get(APP));
        gateway.forget();

        assertThat(ClarifaiClient.join(through.apps().get(APP)).getId()).isEqualTo(FakeClarifai.APP);

        assertThat(gateway.connections()).isGreaterThan(1);
    }

    @Test
    void an_upload_without_an_answer_is_repeated_and_counts_as_its_own() {
        ClarifaiClient.join(through.apps().get(APP));
        gateway.forget();
        List<Map<String, Object>> rows = rows("a");

        ClarifaiClient.join(new InputUpload(
                        through,
                        new InputLookup(through, false, QUICK_POLLING),
                        InputUpload.DEFAULT_MAX_BATCH_BYTES,
                        false)
                .upload(APP, rows, null));

        assertThat(rows.get(0)).containsEntry(InputColumns.STATUS, "PENDING").doesNotContainKey(InputColumns.OUTCOME);
        assertThat(clarifai.inputIds()).containsExactly("a");
    }

    @Test
    void a_connection_is_closed_before_it_is_forgotten() {
        ClarifaiClient.join(through.apps().get(APP));

        await().until(() -> gateway.openConnections() == 0);
        ClarifaiClient.join(through.apps().get(APP));

        assertThat(gateway.usedAfterForgotten()).isZero();
        assertThat(gateway.connections()).isGreaterThan(1);
    }

    @Test
    void a_service_that_never_answers_is_named_after_few_attempts() {
        clarifai.stall("GetApp");
        through.close();
        through = connect(SHORT);

        assertThatThrownBy(() -> ClarifaiClient.join(through.apps().get(APP)))
                .isInstanceOfSatisfying(ClarifaiException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(Kind.SILENT))
                .hasMessageMatching("GetApp failed: Clarifai at localhost:\\d+ has not answered in time");
        assertThat(clarifai.count("GetApp")).isLessThanOrEqualTo(QUICK.attempts());
    }
}
