package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.clarifai.FakeClarifai.status;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.recorded.ScriptedSql.merged;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.databricks.recorded.ScriptedSql.Statement;
import com.clarifai.grpc.api.status.StatusCode;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The miniature import, export and update of {@code check --deep}, and what is left of them. */
class DeepCheckTest {

    private static final Pattern SCRATCH = Pattern.compile("(clarifai_check_[0-9a-f]+)_tracking");

    private final RecordedFlow flow = new RecordedFlow();
    private final AtomicInteger imports = new AtomicInteger();
    private final AtomicInteger pages = new AtomicInteger();

    @AfterEach
    void stop() {
        flow.close();
    }

    /** SQL finds one picture in each import, and one more row at each merge. */
    @BeforeEach
    void script() {
        flow.workspace()
                .on("GET /api/2.0/preview/scim/v2/Me", json("{\"userName\":\"me\"}"))
                .on("GET /api/2.1/unity-catalog/catalogs/main", json("{\"name\":\"main\"}"));
        flow.sql().row(List.of("SELECT current_user() AS name"), Map.of("name", "me"));
        flow.sql().row(List.of("SELECT id FROM"), Map.of("id", "written"));
        flow.sql().row(List.of("AS n", "get_json_object(image_info"), Map.of("n", 1));
        flow.sql().row(List.of("MERGE INTO", "_inputs"), merged(1, 0, 0));
        flow.sql().answer(List.of("AS pending", "AS existing"), statement -> {
            imports.incrementAndGet();
            return List.of(Map.of("pending", 1, "existing", 0, "rejected", 0, "planned_at", 1));
        });
        flow.sql()
                .answer(
                        List.of("AS resumed", "AS refused", "LIMIT"),
                        statement -> pages.get() == imports.get() ? List.of() : List.of(picture(statement)));
    }

    private Map<String, Object> picture(Statement statement) {
        Matcher tracking = SCRATCH.matcher(statement.sql());
        assertThat(tracking.find()).as(statement.sql()).isTrue();
        String id = tracking.group(1) + "_" + pages.incrementAndGet();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input_id", id);
        row.put("source_uri", "/Volumes/main/default/clarifai_staging/" + tracking.group(1) + "/" + id + ".png");
        row.put("source_size", 1);
        row.put("concepts", null);
        row.put("resumed", false);
        row.put("refused", false);
        return row;
    }

    private Ended check() {
        return flow.run(
                Map.of("clarifai.data-host", flow.workspace().host()),
                "check",
                "--json",
                "--catalog=main",
                "--schema=default",
                "--app=app",
                "--deep");
    }

    private static Map<String, String> statuses(Ended ended) throws IOException {
        Map<String, String> statuses = new TreeMap<>();
        for (JsonNode check : new ObjectMapper().readTree(ended.out()).path("checks")) {
            statuses.put(check.path("check").asText(), check.path("status").asText());
        }
        return statuses;
    }

    @Test
    void whatAMiniatureRunThatFailsHasMadeIsRemoved() throws IOException {
        flow.clarifai().refuseNext("ListAnnotations", status(StatusCode.CONN_INVALID_REQUEST, "not today"));

        Ended ended = check();

        assertThat(ended.exitCode()).as(ended.out() + ended.err()).isEqualTo(1);
        assertThat(statuses(ended))
                .containsEntry("import", "ok")
                .containsEntry("export", "failed")
                .containsEntry("update", "skipped")
                .containsEntry("clean-tables", "ok")
                .containsEntry("clean-files", "ok")
                .containsEntry("clean-dataset", "ok");
        assertNothingIsLeft();
    }

    @Test
    void everythingThatWasMadeIsRemoved() throws IOException {
        Ended ended = check();

        assertThat(statuses(ended))
                .as(ended.out() + ended.err())
                .containsEntry("import", "ok")
                .containsEntry("export", "ok")
                .containsEntry("update", "ok")
                .containsEntry("clean-tables", "ok")
                .containsEntry("clean-files", "ok")
                .containsEntry("clean-dataset", "ok");
        assertNothingIsLeft();
    }

    /** The answers to what nobody has documented; the test above has those that the sandbox gives, too. */
    @Test
    void theFlowsTakeTheOtherAnswersToWhatNobodyHasDocumented() throws IOException {
        flow.clarifai().otherAnswers();
        flow.clarifai().refuseNext("GetUser", status(StatusCode.CONN_INSUFFICIENT_SCOPES, "may not read its user"));

        Ended ended = check();

        assertThat(statuses(ended))
                .as(ended.out() + ended.err())
                .containsEntry("import", "ok")
                .containsEntry("export", "ok")
                .containsEntry("update", "ok");
        assertThat(ended.out())
                .contains("warning: the token may not read its user")
                .containsPattern("\"unknown-ids\"[^}]*: 11101 CONN_DOES_NOT_EXIST, 0 inputs")
                .containsPattern("\"patch-codes\"[^}]* item 30000 INPUT_DOWNLOAD_SUCCESS");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        assertThat(flow.clarifai().inputIds()).isEmpty();
        assertThat(flow.clarifai().count("DeleteDatasets")).isEqualTo(1);
        for (String table : List.of("_tracking`", "_inputs`", "_annotations`")) {
            assertThat(flow.sql().statements("DROP TABLE", table)).as(table).isNotEmpty();
        }
    }
}
