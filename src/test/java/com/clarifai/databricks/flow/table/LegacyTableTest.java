package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.flow.table.LegacyTable.Reading;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of the old module, which are rewritten. */
class LegacyTableTest {

    private static final String INPUTS =
            "image_info,image_url,input_created_at,input_id,input_metadata,input_modified_at";
    private static final String ANNOTATIONS =
            "annotation,annotation_id,annotation_user_id,input_id,annotation_created_at,annotation_modified_at";

    private final LegacyTable legacy = new LegacyTable();
    private final Run run = new Run("run-1", "migrate-table");
    private final List<String> told = new ArrayList<>();

    @BeforeEach
    void migration() {
        run.workOn(RunTables.ofMigration(new TableName("main", "default", "old")));
        run.listTo(intention -> told.add(intention.line()));
    }

    @Test
    void whatATableHoldsIsToldByItsColumns() {
        Reading inputs = legacy.recognise(run, described(INPUTS, "string"), null);
        assertThat(inputs.kind()).isEqualTo(TableKind.inputs);
        assertThat(inputs.key()).isEqualTo("input_id");
        assertThat(inputs.taken()).contains("`input_id`", "`image_info`");

        Reading annotations = legacy.recognise(run, described(ANNOTATIONS, "string"), null);
        assertThat(annotations.kind()).isEqualTo(TableKind.annotations);
        assertThat(annotations.taken()).contains("`annotation`", "`input_id`");
    }

    @Test
    void columnsThatTheOldModuleDidNotHaveAreNotRead() {
        assertThat(legacy.recognise(run, described(INPUTS + ",salary", "string"), true)
                        .taken())
                .doesNotContain("salary");
        assertThat(legacy.recognise(run, described(ANNOTATIONS + ",salary", "string"), true)
                        .taken())
                .doesNotContain("salary");
    }

    @Test
    void whatIsNoTableOfTheOldModuleIsLeftAsItIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> legacy.recognise(run, List.of(), null))
                .withMessage("table main.default.old does not exist");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> legacy.recognise(run, described("salary", "string"), true))
                .withMessageContaining("neither annotation_id nor input_id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> legacy.recognise(run, described(INPUTS, "timestamp"), true))
                .withMessageContaining("its times are no text. It can be updated as it is");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> legacy.recognise(run, described(ANNOTATIONS, "timestamp"), true))
                .withMessageContaining("its times are no text");
    }

    @Test
    void rowsGetTheAppAndDatasetThatTheOldModuleDidNotWrite() {
        List<Map<String, Object>> rows = legacy.rows(
                List.of(Map.of("row", "{\"input_id\":\"i1\",\"image_url\":\"u\"}")),
                run,
                new Reading(TableKind.inputs, ""),
                "app",
                "pictures");

        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("input_id", "i1")
                .containsEntry("app_id", "app")
                .containsEntry("dataset_id", "pictures"));
        assertThat(run.get(Count.INPUTS)).isEqualTo(1);
        assertThat(run.phase()).isEqualTo(Run.Phase.READING);

        List<Map<String, Object>> annotations = legacy.rows(
                List.of(
                        Map.of("row", "{\"annotation_id\":\"a1\",\"input_id\":\"i1\"}"),
                        Map.of("row", "{\"annotation_id\":\"a2\",\"input_id\":\"i1\"}")),
                run,
                new Reading(TableKind.annotations, ""),
                "app",
                "pictures");
        assertThat(annotations).extracting(row -> row.get("annotation_id")).containsExactly("a1", "a2");
        assertThat(run.get(Count.ANNOTATIONS)).isEqualTo(2);
        assertThat(run.get(Count.INPUTS)).isEqualTo(1);
    }

    @Test
    void aDryRunTellsWhatItWouldRewriteAndRowsOfOneKeyBecomeOne() {
        legacy.wouldReplace(run);
        legacy.wouldRewrite(
                List.of(Map.of("input_id", "i1"), Map.of("input_id", "i1")), run, new Reading(TableKind.inputs, ""));
        legacy.wouldRewrite(
                List.of(Map.of("annotation_id", "a1"), Map.of("annotation_id", "a2")),
                run,
                new Reading(TableKind.annotations, ""));

        assertThat(told)
                .containsExactlyInAnyOrder(
                        "would replace table main.default.old",
                        "would rewrite row i1 in main.default.old",
                        "would rewrite row a1 in main.default.old",
                        "would rewrite row a2 in main.default.old");
        assertThat(run.get(Count.INPUTS_INSERTED)).isEqualTo(1);
        assertThat(run.get(Count.ANNOTATIONS_INSERTED)).isEqualTo(2);
    }

    private static List<Map<String, Object>> described(String columns, String times) {
        return Arrays.stream(columns.split(","))
                .map(name ->
                        Map.<String, Object>of("col_name", name, "data_type", name.endsWith("_at") ? times : "string"))
                .toList();
    }
}
