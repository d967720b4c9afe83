package com.clarifai.databricks.flow.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.TableTrial;
import com.clarifai.databricks.flow.table.TableWrite;
import com.clarifai.databricks.flow.table.Tables;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a dry run of an export or update says that it would do with its tables. */
class ExportTrialTest {

    private static final TableName TABLE = new TableName("main", "default", "inputs");
    private static final String OWN = "t.app_id = :?app AND t.dataset_id = :?dataset";
    private static final String TAKEN = "(t.source_uri IS NULL OR t.status = 'PROCESSED')";

    private final ExportTrial trial = new ExportTrial();
    private final Run run = new Run("run-1", "update-tables");
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void dryRun() {
        run.tryOnly();
        run.listTo(intention -> told.add(intention.line()));
    }

    @Test
    void aTableThatIsMissingWouldBeMadeAndNoRowOfItIsInQuestion() {
        TableTrial made = open(IfExists.fail, null, "", "input_id,app_id", null);

        assertThat(told).containsExactly("would create table main.default.inputs");
        assertThat(run.summary()).containsEntry("tablesCreated", 1L);
        assertThat(made.compares()).isFalse();
        assertThat(made.merge()).isNull();
        assertThat(made.known()).isEqualTo("true");
        assertThat(made.counted()).isNull();
        assertThat(made.key()).isEqualTo("input_id");
    }

    @Test
    void aTableThatIsReplacedLosesAllItsRows() {
        TableTrial replaced = open(IfExists.replace, null, "input_id,app_id", "input_id,app_id", null);
        TableTrial rewritten = open(IfExists.replace, null, "input_id", "input_id,app_id", true);

        assertThat(told)
                .containsExactly("would replace table main.default.inputs", "would replace table main.default.inputs");
        assertThat(replaced.counted()).isEqualTo("true");
        assertThat(rewritten.counted()).isEqualTo("true");
        assertThat(replaced.compares()).isFalse();
    }

    @Test
    void ofATableThatIsMergedIntoNoRowGoesUnlessDeletesAreAskedFor() {
        TableTrial merged = open(IfExists.merge, null, "input_id,app_id,dataset_id", "input_id,app_id", null);

        assertThat(told).isEmpty();
        assertThat(merged.compares()).isTrue();
        assertThat(merged.merge().getMatch()).contains("t.`input_id` = s.`input_id`");
        assertThat(merged.known()).isEqualTo("true");
        assertThat(merged.counted()).isNull();
    }

    @Test
    void columnsAreAddedWhereThatIsAskedForAndOneIsMissing() {
        open(IfExists.merge, null, "input_id", "input_id,status", null);
        open(IfExists.merge, null, "input_id,status", "input_id,status", true);
        assertThat(told).isEmpty();

        open(IfExists.merge, null, "input_id", "input_id,status", true);
        assertThat(told).containsExactly("would add columns status string to main.default.inputs");
    }

    @Test
    void onlyRowsOfThisDatasetThatItHadAndThatAreNotMarkedYetWouldGo() {
        String columns = "input_id,app_id,dataset_id,source_uri,status,deleted_at";

        assertThat(open(IfExists.merge, Deletes.mark, columns, "input_id", null))
                .satisfies(trial -> assertThat(trial.known())
                        .isEqualTo(OWN + " AND t.deleted_at IS NULL AND " + TAKEN)
                        .isEqualTo(trial.counted()));
        assertThat(open(IfExists.merge, Deletes.remove, columns, "input_id", null)
                        .known())
                .isEqualTo(OWN + " AND " + TAKEN);
        assertThat(open(IfExists.merge, Deletes.mark, "input_id,app_id,dataset_id", "input_id", null)
                        .known())
                .isEqualTo(OWN + " AND true");
    }

    /** Nothing may be taken for deleted when not all was read. */
    @Test
    void whatWasNotReadWholeIsNotTakenForDeleted() {
        TableTrial whole = open(IfExists.merge, Deletes.remove, "input_id,app_id,dataset_id", "input_id", null);
        assertThat(trial.of(run, TableKind.inputs)).isSameAs(whole);
        assertThat(trial.gone(run, TableKind.inputs)).isSameAs(whole);

        run.dataset().missSome();

        TableTrial partly = trial.gone(run, TableKind.inputs);
        assertThat(partly.counted()).isNull();
        assertThat(partly.known()).isEqualTo("true");
        assertThat(partly.compares()).isTrue();
        assertThat(partly.target()).isEqualTo(TABLE);
        assertThat(partly.found()).isSameAs(whole.found());
    }

    @Test
    void aTableThatIsReplacedLosesItsRowsThoughNothingIsForgotten() {
        TableTrial replaced = open(IfExists.replace, null, "input_id", "input_id", null);

        assertThat(trial.gone(run, TableKind.inputs)).isSameAs(replaced);
    }

    @Test
    void rowsThatAreNewOrDifferAreCountedAndNamedAndThoseThatAreFoundDoNotGo() {
        TableTrial inputs =
                open(IfExists.merge, Deletes.mark, "input_id,app_id,dataset_id,deleted_at", "input_id", null);

        trial.compared(run, List.of(counts(1, 1, 3, "[\"a\"]", "[\"b\"]", "[\"b\",\"c\",\"d\"]")), inputs);
        trial.compared(run, List.of(counts(0, 0, 1, "[]", "[]", "[\"e\"]")), inputs);
        trial.deleted(run, List.of(Map.of("row_count", 6)), inputs);
        trial.listDeleted(run, List.of(position("b"), position("e"), position("x"), position("y")), inputs);

        assertThat(run.get(Count.INPUTS_INSERTED)).isEqualTo(1);
        assertThat(run.get(Count.INPUTS_UPDATED)).isEqualTo(1);
        assertThat(run.summary()).containsEntry("inputsDeleted", 2L);
        assertThat(trial.isListed(run, inputs)).isTrue();
        assertThat(told)
                .containsExactly(
                        "would add row a in main.default.inputs",
                        "would change row b in main.default.inputs",
                        "would mark as deleted row x in main.default.inputs",
                        "would mark as deleted row y in main.default.inputs");
    }

    /** Others may add rows while the table is read. */
    @Test
    void moreRowsThatAreFoundThanTheTableHasAreNoneThatGo() {
        TableTrial inputs = open(IfExists.merge, Deletes.remove, "input_id,app_id,dataset_id", "input_id", null);
        inputs.found().set(5);

        trial.deleted(run, List.of(Map.of("row_count", 4)), inputs);
        trial.listDeleted(run, List.of(position("z")), inputs);

        assertThat(run.summary()).containsEntry("inputsDeleted", 0L);
        assertThat(told).containsExactly("would remove row z in main.default.inputs");
    }

    @Test
    void rowsOfATableThatKeepsNoneAreAllAdded() {
        TableTrial inputs = open(IfExists.replace, null, "input_id", "input_id", null);
        told.clear();

        trial.inserted(run, List.of(Map.of("input_id", "a"), Map.of("input_id", "b")), inputs);

        assertThat(run.get(Count.INPUTS_INSERTED)).isEqualTo(2);
        assertThat(run.get(Count.INPUTS_UPDATED)).isZero();
        assertThat(told)
                .containsExactly("would add row a in main.default.inputs", "would add row b in main.default.inputs");
        assertThat(trial.isListed(run, inputs)).isFalse();
    }

    @Test
    void annotationsAreCountedByThemselves() {
        Tables tables = new Tables();
        run.read(new DatasetRead(IfExists.merge, true, Deletes.remove));
        TableWrite write =
                tables.write(run, TABLE, TableKind.annotations, described("annotation_id,app_id,dataset_id"));
        tables.describeRows(write, described("annotation_id"));
        trial.open(run, write, null);
        TableTrial annotations = trial.of(run, TableKind.annotations);

        trial.compared(run, List.of(counts(2, 1, 1, "[\"a\",\"b\"]", "[\"c\"]", "[\"c\"]")), annotations);
        trial.deleted(run, List.of(Map.of("row_count", 4)), annotations);

        assertThat(run.get(Count.ANNOTATIONS_INSERTED)).isEqualTo(2);
        assertThat(run.get(Count.ANNOTATIONS_UPDATED)).isEqualTo(1);
        assertThat(run.summary()).containsEntry("annotationsDeleted", 3L);
        assertThat(run.get(Count.INPUTS_INSERTED)).isZero();
        assertThat(trial.of(run, TableKind.inputs)).isNull();
    }

    /** The warehouse does not send the keys then. */
    @Test
    void withoutAListOfIntentionsOnlyCountsAreReadAndRowsThatGoAreNotAskedFor() {
        Run quiet = new Run("run-2", "update-tables");
        TableTrial inputs = open(IfExists.merge, Deletes.mark, "input_id,app_id,dataset_id", "input_id", null);
        Map<String, Object> counts = new HashMap<>(Map.of("inserted", 1, "updated", 0, "found", 2));

        trial.compared(quiet, List.of(counts), inputs);

        assertThat(quiet.get(Count.INPUTS_INSERTED)).isEqualTo(1);
        assertThat(inputs.found()).hasValue(2);
        assertThat(trial.isListed(quiet, inputs)).isFalse();
    }

    @Test
    void keysThatAreNoJsonAreAFaultThatIsTold() {
        TableTrial inputs = open(IfExists.merge, null, "input_id", "input_id", null);

        assertThatIllegalStateException()
                .isThrownBy(() -> trial.compared(run, List.of(counts(1, 0, 0, "[\"a", "[]", "[]")), inputs))
                .withMessageContaining("not JSON");
    }

    private TableTrial open(IfExists rule, Deletes deletes, String table, String rows, Boolean addColumns) {
        Tables tables = new Tables();
        run.read(new DatasetRead(rule, false, deletes));
        TableWrite write = tables.write(run, TABLE, TableKind.inputs, described(table));
        tables.describeRows(write, described(rows));
        trial.open(run, write, addColumns);
        return trial.of(run, TableKind.inputs);
    }

    private static List<Map<String, Object>> described(String columns) {
        return columns.isEmpty()
                ? List.of()
                : Arrays.stream(columns.split(","))
                        .map(name -> Map.<String, Object>of("col_name", name, "data_type", "string"))
                        .toList();
    }

    private static Map<String, Object> counts(
            int inserted, int updated, int found, String insertedKeys, String updatedKeys, String foundKeys) {
        return Map.of(
                "inserted", inserted,
                "updated", updated,
                "found", found,
                "inserted_keys", insertedKeys,
                "updated_keys", updatedKeys,
                "found_keys", foundKeys);
    }

    private static Map<String, Object> position(String key) {
        return Map.of("position", key);
    }
}
