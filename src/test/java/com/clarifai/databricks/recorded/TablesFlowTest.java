package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.clarifai.FakeClarifai.status;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.recorded.ScriptedSql.merged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.base.Suppliers;
import com.google.common.hash.Hashing;
import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What {@code export} and {@code update} count, refuse, stage and leave alone. */
class TablesFlowTest {

    private static final String INPUTS = "main.default.inputs";
    private static final String ANNOTATIONS = "main.default.annotations";
    private static final String INTO_INPUTS = "MERGE INTO `main`.`default`.`inputs`";
    private static final String INTO_ANNOTATIONS = "MERGE INTO `main`.`default`.`annotations`";
    private static final String FORGET = "WHEN NOT MATCHED BY SOURCE";

    /** A warehouse after an export, which is made once for all tests: none of them changes it. */
    private static final Supplier<ScriptedSql> EXPORTED = Suppliers.memoize(TablesFlowTest::export);

    private final RecordedFlow flow = new RecordedFlow();

    @AfterEach
    void stop() {
        flow.close();
    }

    private Ended run(String command, String... more) {
        return runOn(INPUTS, ANNOTATIONS, command, more);
    }

    private Ended runOn(String inputs, String annotations, String command, String... more) {
        return run(flow, inputs, annotations, command, more);
    }

    private static Ended run(RecordedFlow flow, String inputs, String annotations, String command, String... more) {
        return flow.run(Stream.concat(
                        Stream.of(
                                command,
                                "--json",
                                "--app=app",
                                "--dataset=pictures",
                                "--inputs-table=" + inputs,
                                "--annotations-table=" + annotations),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void fill(int inputs) {
        for (int i = 0; i < inputs; i++) {
            flow.clarifai().addInput("input-" + i, StatusCode.INPUT_DOWNLOAD_SUCCESS);
            flow.clarifai().modifiedAt("input-" + i, 1_700_000_000 + i);
            flow.clarifai().addDataset("pictures", "input-" + i);
            flow.clarifai()
                    .addAnnotation(Annotation.newBuilder()
                            .setId("note-" + i)
                            .setInputId("input-" + i)
                            .setModifiedAt(Timestamp.newBuilder().setSeconds(1_700_000_000 + i))
                            .setData(Data.newBuilder()
                                    .addConcepts(
                                            Concept.newBuilder().setId("cat").setValue(1)))
                            .setStatus(status(StatusCode.ANNOTATION_SUCCESS, "OK"))
                            .build());
        }
    }

    private static ScriptedSql export() {
        try (RecordedFlow flow = new RecordedFlow()) {
            flow.clarifai().addDataset("pictures");
            run(flow, INPUTS, ANNOTATIONS, "export", "--preview=0").summary();
            return flow.sql();
        }
    }

    /** The tables are there, as this application makes them. */
    private void exported() {
        flow.sql().tablesOf(EXPORTED.get());
    }

    private void assertOnlyLookedAt() {
        assertThat(flow.sql().statements())
                .allSatisfy(statement -> assertThat(statement.sql()).startsWith("DESCRIBE"));
    }

    @Test
    void anExportStagesEveryInputAndAnnotationAndSaysWhatSqlMadeOfThem() {
        fill(5);
        flow.sql().row(List.of("INSERT INTO `main`.`default`.`inputs`"), Map.of("num_affected_rows", 5));
        flow.sql().row(List.of("INSERT INTO `main`.`default`.`annotations`"), Map.of("num_affected_rows", 4));

        Map<String, Object> summary = run("export", "--preview=0").summary();

        assertThat(summary)
                .containsEntry("inputs", 5)
                .containsEntry("inputsInserted", 5)
                .containsEntry("annotations", 5)
                .containsEntry("annotationsInserted", 4)
                .doesNotContainKey("inputsCounted");
        assertThat(flow.staged("inputs"))
                .extracting(row -> row.get("input_id"))
                .containsExactlyInAnyOrder("input-0", "input-1", "input-2", "input-3", "input-4");
        assertThat(flow.staged("annotations"))
                .extracting(row -> row.get("annotation_id"), row -> row.get("input_id"))
                .containsExactlyInAnyOrder(IntStream.range(0, 5)
                        .mapToObj(i -> tuple("note-" + i, "input-" + i))
                        .toArray(org.assertj.core.groups.Tuple[]::new));
    }

    @Test
    void aTableThatExistsIsRefusedUnlessToldWhatToDoWithIt() {
        fill(1);
        exported();

        Ended refused = run("export");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error()).contains("exists already", "--if-exists=merge");
        assertOnlyLookedAt();
        run("export", "--if-exists=replace", "--preview=0").summary();
        assertThat(flow.sql().statements("INSERT OVERWRITE `main`.`default`.`inputs` BY NAME"))
                .hasSize(1);
        run("export", "--if-exists=merge", "--preview=0").summary();
        assertThat(flow.sql().statements(INTO_INPUTS)).hasSize(1);
        assertThat(flow.sql().statements(FORGET))
                .as("a merge keeps what is gone in Clarifai")
                .isEmpty();
    }

    @Test
    void aFailedExportChangesNothingAndRemovesWhatItStaged() {
        fill(3);
        flow.clarifai().refuseNext("ListAnnotations", status(StatusCode.CONN_INVALID_REQUEST, "not today"));

        Ended failed = run("export");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.error()).contains("ListAnnotations failed");
        assertOnlyLookedAt();
        assertThat(flow.staged("inputs")).isNotEmpty();
        assertThat(flow.workspace().requests("DELETE"))
                .anySatisfy(request -> assertThat(request.target()).contains("/fs/", "clarifai_staging/"));
    }

    @Test
    void aFailedUpdateChangesNothing() {
        fill(3);
        exported();
        flow.clarifai().refuseNext("ListAnnotations", status(StatusCode.CONN_INVALID_REQUEST, "not today"));

        Ended failed = run("update", "--deletes=remove");

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.error()).contains("ListAnnotations failed");
        assertThat(flow.sql().statements())
                .noneSatisfy(statement -> assertThat(statement.sql()).containsPattern("^(MERGE|INSERT|UPDATE|DELETE)"));
    }

    @Test
    void aDryRunCountsWithQueriesAndChangesNothing() {
        fill(3);
        flow.sql().row(List.of("AS inserted", "AS found"), Map.of("inserted", 1, "updated", 2, "found", 2));
        flow.sql().row(List.of("AS row_count"), Map.of("row_count", 4));

        assertThat(run("export", "--dry-run").summary())
                .containsEntry("dryRun", true)
                .containsEntry("inputs", 3)
                .containsEntry("annotations", 3);
        assertNothingIsChanged();
        assertThat(flow.sql().statements("CREATE TABLE")).isEmpty();

        exported();
        assertThat(run("update", "--full", "--deletes=remove", "--dry-run").summary())
                .containsEntry("dryRun", true)
                .containsEntry("inputs", 3)
                .containsEntry("inputsInserted", 1)
                .containsEntry("inputsUpdated", 2)
                .containsEntry("inputsDeleted", 2);
        assertNothingIsChanged();
    }

    @Test
    void aDryRunNamesWhatItWouldDoInTheTables() {
        fill(2);

        assertThat(run("export", "--dry-run", "--list").lines())
                .contains(
                        Map.of("would", "create", "what", "table", "id", INPUTS),
                        Map.of("would", "create", "what", "table", "id", ANNOTATIONS),
                        would("add", "input-0", INPUTS),
                        would("add", "input-1", INPUTS),
                        would("add", "note-0", ANNOTATIONS))
                .last()
                .satisfies(summary -> assertThat(summary).containsEntry("tablesCreated", 2));

        exported();
        flow.sql()
                .row(
                        List.of("AS inserted", "AS found", "`main`.`default`.`inputs`"),
                        Map.of(
                                "inserted",
                                1,
                                "updated",
                                1,
                                "found",
                                1,
                                "inserted_keys",
                                "[\"input-0\"]",
                                "updated_keys",
                                "[\"input-1\"]",
                                "found_keys",
                                "[\"input-1\"]"));
        flow.sql()
                .row(
                        List.of("AS inserted", "AS found", "`main`.`default`.`annotations`"),
                        Map.of(
                                "inserted",
                                0,
                                "updated",
                                0,
                                "found",
                                2,
                                "inserted_keys",
                                "[]",
                                "updated_keys",
                                "[]",
                                "found_keys",
                                "[\"note-0\",\"note-1\"]"));
        flow.sql().row(List.of("AS row_count", "`main`.`default`.`inputs`"), Map.of("row_count", 3));
        flow.sql().row(List.of("AS row_count", "`main`.`default`.`annotations`"), Map.of("row_count", 2));
        flow.sql()
                .rowsInTurn(
                        List.of("AS position", "`main`.`default`.`inputs`"),
                        List.of(List.of(
                                Map.of("position", "gone-1"),
                                Map.of("position", "gone-2"),
                                Map.of("position", "input-1"))));

        assertThat(run("update", "--full", "--deletes=remove", "--dry-run", "--list")
                        .lines())
                .hasSize(5)
                .contains(
                        would("add", "input-0", INPUTS),
                        would("change", "input-1", INPUTS),
                        would("remove", "gone-1", INPUTS),
                        would("remove", "gone-2", INPUTS))
                .last()
                .satisfies(summary -> assertThat(summary).containsEntry("inputsDeleted", 2));
        assertNothingIsChanged();
    }

    private static Map<String, Object> would(String action, String key, String table) {
        return Map.of("would", action, "what", "row", "id", key, "in", table);
    }

    @Test
    void aDryRunOfAMigrationNamesTheRowsThatItWouldRewriteAndIsNoRun() {
        Map<String, String> columns = new LinkedHashMap<>();
        List.of(
                        "annotation",
                        "annotation_created_at",
                        "annotation_id",
                        "annotation_modified_at",
                        "annotation_user_id",
                        "input_id")
                .forEach(name -> columns.put(name, "string"));
        flow.sql().table("main.default.old", columns);
        flow.sql()
                .rowsInTurn(
                        List.of("AS position", "`main`.`default`.`old`"),
                        List.of(
                                List.of(legacy("a1", "i1"), legacy("a1", "i1"), legacy("a2", "i1")),
                                List.of(legacy("a3", "i2")),
                                List.of(),
                                List.of(legacy("a1", "i1"))));
        String[] migrate = {"migrate", "main.default.old", "--app=app", "--dataset=pictures", "--dry-run"};

        List<Map<String, Object>> lines = flow.run(
                        Map.of("runs.history", "true"),
                        Stream.concat(Stream.of(migrate), Stream.of("--list", "--json"))
                                .toArray(String[]::new))
                .lines();

        assertThat(lines)
                .hasSize(5)
                .contains(
                        would("rewrite", "a1", "main.default.old"),
                        would("rewrite", "a2", "main.default.old"),
                        would("rewrite", "a3", "main.default.old"),
                        Map.of("would", "replace", "what", "table", "id", "main.default.old"))
                .last()
                .satisfies(summary -> assertThat(summary)
                        .containsEntry("dryRun", true)
                        .containsEntry("annotations", 4)
                        .containsEntry("annotationsInserted", 3));
        assertThat(flow.sql().statements())
                .as("neither the table nor a history is written")
                .allSatisfy(statement -> assertThat(statement.sql()).containsPattern("^(DESCRIBE|SELECT)"));
        assertThat(flow.workspace().requests("PUT")).isEmpty();
        assertThat(flow.run(migrate).out())
                .contains("Dry run: nothing was written")
                .doesNotContain("(run ");
    }

    private static Map<String, Object> legacy(String id, String input) {
        return Map.of("position", id, "row", "{\"annotation_id\":\"" + id + "\",\"input_id\":\"" + input + "\"}");
    }

    /** But for what was staged. */
    private void assertNothingIsChanged() {
        assertThat(flow.sql().statements())
                .filteredOn(statement -> !statement.sql().contains("clarifai_"))
                .noneSatisfy(statement ->
                        assertThat(statement.sql()).containsPattern("^(CREATE|MERGE|INSERT|UPDATE|DELETE|ALTER|DROP)"));
    }

    @Test
    void withoutAVolumeThatMayBeWrittenRowsGoThroughATableThatIsDroppedInTheEnd() {
        fill(3);
        flow.workspace().onPrefix("PUT /api/2.0/fs/directories/", error(403, "PERMISSION_DENIED", "may not write"));

        Ended ended = run("export", "--preview=0");

        ended.summary();
        assertThat(ended.err()).contains("Rows go through a table");
        assertThat(flow.sql().statements("INSERT INTO", "clarifai_staging_")).isNotEmpty();
        assertThat(flow.sql().statements("DROP TABLE", "clarifai_staging_")).isNotEmpty();
        assertThat(flow.staged("inputs")).isEmpty();
    }

    @Test
    void theTablesAreShownInTheEnd() {
        fill(3);
        flow.sql()
                .row(
                        List.of("SELECT", "FROM `main`.`default`.`inputs` LIMIT"),
                        Map.of("row", "{\"input_id\":\"one\"}"));
        flow.sql()
                .row(
                        List.of("SELECT", "FROM `main`.`default`.`annotations` LIMIT"),
                        Map.of("row", "{\"annotation_type\":\"bounding_box\"}"));

        String out = flow.run(
                        "export",
                        "--app=app",
                        "--dataset=pictures",
                        "--inputs-table=" + INPUTS,
                        "--annotations-table=" + ANNOTATIONS)
                .out();

        assertThat(out).contains("3 inputs and", INPUTS, "input_id", ANNOTATIONS, "annotation_type", "bounding_box");
    }

    @Test
    void anUpdateSaysWhatWasInsertedChangedAndRemoved() {
        fill(4);
        exported();
        flow.sql().row(List.of(INTO_INPUTS, "WHEN NOT MATCHED THEN INSERT"), merged(1, 2, 0));
        flow.sql().row(List.of(INTO_INPUTS, FORGET), merged(0, 0, 3));
        flow.sql().row(List.of(INTO_ANNOTATIONS, FORGET), merged(0, 0, 4));

        assertThat(run("update", "--deletes=remove").summary())
                .containsEntry("inputs", 4)
                .containsEntry("inputsInserted", 1)
                .containsEntry("inputsUpdated", 2)
                .containsEntry("inputsDeleted", 3)
                .containsEntry("annotationsDeleted", 4);

        assertThat(flow.staged("keys/inputs"))
                .extracting(row -> row.get("id"))
                .hasSize(4)
                .contains("input-3");
        assertThat(flow.sql().statements(INTO_INPUTS, FORGET))
                .singleElement()
                .satisfies(forget -> assertThat(forget.sql()).endsWith("THEN DELETE"))
                .satisfies(forget -> assertThat(forget.values()).containsExactly("app", "pictures", "app", "pictures"));
    }

    /** All were changed within the overlap, and the tables have them as they are. */
    @Test
    void anUpdateStagesNothingOfWhatTheTablesHaveAndWritesNoTable() {
        fill(3);
        run("export", "--preview=0").summary();
        List<Map<String, Object>> digests = Stream.of("input", "annotation")
                .flatMap(noun -> flow.staged(noun + "s").stream()
                        .map(row -> String.join(
                                " ",
                                noun + "s",
                                String.valueOf(row.get(noun + "_id")),
                                Instant.parse((String) row.get(noun + "_modified_at"))
                                                .getEpochSecond() + "000000",
                                String.valueOf(row.get("status_code")))))
                .map(state -> Hashing.sha256()
                        .hashString(state, StandardCharsets.UTF_8)
                        .toString())
                .map(hash -> Map.<String, Object>of("digests", hash.substring(0, 16)))
                .toList();
        assertThat(digests).hasSize(6);
        flow.sql().forget();
        flow.sql().row(List.of("SELECT run_id", "WHERE run_id = "), Map.of("run_id", "own"));
        flow.sql().row(List.of("AS read_until"), Map.of("read_until", 1_000_000));
        flow.sql().rows(List.of("AS digests"), digests);

        Map<String, Object> summary = flow.run(
                        Map.of("runs.history", "true"),
                        "update",
                        "--json",
                        "--app=app",
                        "--dataset=pictures",
                        "--inputs-table=" + INPUTS,
                        "--annotations-table=" + ANNOTATIONS)
                .summary();

        assertThat(summary)
                .containsEntry("inputs", 3)
                .containsEntry("annotations", 3)
                .containsEntry("staged", 0);
        assertThat(flow.sql().statements("AS digests")).hasSize(1);
        assertThat(flow.sql().statements(INTO_INPUTS)).isEmpty();
        assertThat(flow.sql().statements(INTO_ANNOTATIONS)).isEmpty();
    }

    @Test
    void goneRowsAreMarkedOrLeftAsAskedFor() {
        fill(2);
        exported();

        run("update", "--deletes=mark").summary();
        assertThat(flow.sql().statements(INTO_INPUTS, FORGET))
                .singleElement()
                .satisfies(forget -> assertThat(forget.sql()).contains("THEN UPDATE SET", "deleted_at = "));
        flow.sql().forget();

        assertThat(run("update").summary()).doesNotContainKey("inputsDeleted");
        assertThat(flow.sql().statements(FORGET)).isEmpty();
    }

    @Test
    void aListThatMissesMembersIsToldAndNothingIsTakenForDeleted() {
        fill(40);
        exported();
        flow.clarifai().lostMembers(3);

        Ended update = run("update", "--deletes=remove");

        assertThat(update.summary())
                .containsEntry("inputs", 37)
                .containsEntry("inputsCounted", 40)
                .containsEntry("inputsDeleted", 0);
        assertThat(update.err()).contains("listed 37 inputs", "counts 40", "No row is taken for deleted");
        assertThat(flow.sql().statements(FORGET)).isEmpty();
        flow.clarifai().lostMembers(0);
        assertThat(run("update", "--deletes=remove").summary())
                .containsEntry("inputs", 40)
                .doesNotContainKey("inputsCounted");
        assertThat(flow.sql().statements(FORGET)).hasSize(2);
    }

    @Test
    void inputsInStatesOfEveryKindAreKeptWhateverAnUpdateMayDelete() {
        Map<Integer, String> states = new TreeMap<>(Map.of(
                30001, "PENDING", // waiting to be processed
                30200, "PROCESSED", // a change has been processed
                30500, "PROCESSED", // indexed again
                30501, "PENDING", // waiting to be indexed again
                30502, "UNKNOWN", // not indexed again, and still there
                30503, "PENDING", // being indexed again
                30777, "UNKNOWN")); // nobody knows what this is
        fill(10);
        exported();
        List<Integer> codes = new ArrayList<>(states.keySet());
        for (int i = 0; i < codes.size(); i++) {
            flow.clarifai().setStatus("input-" + i, codes.get(i));
        }

        for (String kind : List.of("--full", "--deletes=remove")) {
            flow.workspace().requests().clear();
            Map<String, Object> summary = run("update", kind).summary();
            assertThat(summary).containsEntry("inputs", 10);
            assertThat(flow.staged("inputs").stream()
                            .filter(row -> !row.get("status_code").equals(30000))
                            .collect(Collectors.toMap(
                                    row -> (Integer) row.get("status_code"), row -> (String) row.get("status"))))
                    .isEqualTo(states);
            assertThat(flow.staged("annotations")).as("with their labels").hasSize(10);
        }

        assertThat(flow.staged("keys/inputs")).as("none is taken for gone").hasSize(10);
        assertThat(flow.clarifai().count("DeleteInputs")).isZero();
    }

    @Test
    void tablesThatDoNotFitAreRefused() {
        fill(1);
        exported();

        assertThat(runOn(INPUTS, INPUTS, "update").err()).contains("choose a different table");
        assertThat(runOn(INPUTS, INPUTS + "_none", "update").error()).contains("does not exist");
        assertThat(runOn(ANNOTATIONS, INPUTS, "update").error()).contains("made for annotations, not for inputs");
        assertOnlyLookedAt();
    }

    /** A session of SQL may have any time zone; this JVM has another one than UTC, see the pom. */
    @Test
    void timesAreInstantsOnTheirWayToSqlAndBack() {
        // later than the inputs were put into the dataset
        Instant mark = Instant.parse("2027-03-01T12:00:00.000001Z");
        flow.clarifai().addDataset("pictures");
        exported();
        for (int hours = -1; hours <= 1; hours++) {
            String id = "input" + hours;
            flow.clarifai().addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
            flow.clarifai().addDataset("pictures", id);
            flow.clarifai()
                    .addAnnotation(Annotation.newBuilder()
                            .setId("note" + hours)
                            .setInputId(id)
                            .setModifiedAt(timestamp(mark.plus(Duration.ofHours(hours))))
                            .setStatus(status(StatusCode.ANNOTATION_SUCCESS, "OK"))
                            .build());
        }
        flow.sql().row(List.of("AS read_until", "r.selection"), Map.of("read_until", micros(mark)));
        flow.sql().row(List.of("SELECT", "WHERE run_id = ", "AND outcome = 'RUNNING'"), Map.of("run_id", "own"));

        flow.run(
                        Map.of("runs.history", "true", "update.overlap", "0s"),
                        "update",
                        "--json",
                        "--app=app",
                        "--dataset=pictures",
                        "--inputs-table=" + INPUTS,
                        "--annotations-table=" + ANNOTATIONS)
                .summary();

        assertThat(flow.staged("annotations"))
                .extracting(row -> row.get("annotation_id"), row -> row.get("annotation_modified_at"))
                .containsExactlyInAnyOrder(
                        tuple("note0", "2027-03-01T12:00:00.000001Z"), tuple("note1", "2027-03-01T13:00:00.000001Z"));
        assertThat(flow.sql().statements("read_until = CASE")).singleElement().satisfies(end -> assertThat(end.values())
                .contains("2027-03-01T13:00:00.000001Z"));
        assertThat(flow.sql().statements())
                .flatExtracting(statement -> statement.values())
                .filteredOn(value -> value != null && value.matches("\\d{4}-\\d\\d-\\d\\d[T ]\\d.*"))
                .isNotEmpty()
                .allSatisfy(time -> assertThat(time).endsWith("Z"));
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    @Test
    void rowsOfTablesThatLackTheColumnsOfTheDatasetAreNotMarkedAsDeleted() {
        fill(1);
        exported();
        Map<String, String> old = new LinkedHashMap<>();
        for (String column : List.of("image_info", "image_url", "input_created_at", "input_id", "input_modified_at")) {
            old.put(column, "string");
        }
        flow.sql().table(INPUTS, old);

        Ended refused = run("update", "--deletes=mark");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.error()).contains("app_id", "--add-columns");
        assertOnlyLookedAt();
    }

    @Test
    void aTableOfSomebodyElseIsRefusedByEveryFlowUnlessForced() {
        fill(3);
        String payroll = "main.default.payroll";
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("input_id", "string");
        columns.put("salary", "int");
        columns.put("input_created_at", "string");
        flow.sql().table(payroll, columns);
        String[] dataset = {"--app=app", "--dataset=pictures"};
        String own = "--annotations-table=" + ANNOTATIONS;
        List<List<String>> attempts = List.of(
                List.of("export", "--if-exists=replace", "--inputs-table=" + payroll, own),
                List.of("export", "--if-exists=merge", "--inputs-table=" + payroll, own),
                List.of("update", "--deletes=remove", "--inputs-table=" + payroll, own),
                List.of("migrate", payroll),
                List.of("import", "delta", payroll, "--table=" + payroll));

        for (List<String> attempt : attempts) {
            Ended refused =
                    flow.run(Stream.concat(attempt.stream(), Stream.of(dataset)).toArray(String[]::new));
            assertThat(refused.exitCode()).as(attempt.toString()).isEqualTo(1);
            assertThat(refused.error()).as(attempt.toString()).contains(payroll, "salary", "--force");
        }

        assertOnlyLookedAt();
        runOn(payroll, ANNOTATIONS, "export", "--if-exists=replace", "--force", "--preview=0")
                .summary();
        assertThat(flow.sql().statements("CREATE OR REPLACE TABLE `main`.`default`.`payroll`"))
                .hasSize(1);
    }
}
