package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableMergeTest {

    private static final Columns ROWS = columns(
            "input_id",
            "string",
            "input_created_at",
            "timestamp",
            "concepts",
            "array<struct<id:string>>",
            "image_path",
            "string",
            "app_id",
            "string",
            "run_id",
            "string");

    @Test
    void valuesAreCastToTheTypesOfTheTable() {
        Columns legacy =
                columns("input_id", "string", "input_created_at", "string", "concepts", "string", "theirs", "int");

        TableMerge merge = new TableMerge(legacy, ROWS, "input_id");

        assertThat(merge.getColumns()).isEqualTo("`input_id`, `input_created_at`, `concepts`");
        assertThat(merge.getValues())
                .isEqualTo("s.`input_id`, " + SqlTime.text("s.`input_created_at`") + ", to_json(s.`concepts`)");
        assertThat(merge.getMatch()).isEqualTo("t.`input_id` = s.`input_id`");
    }

    @Test
    void aRowIsOfTheAppThatTheTableNames() {
        TableMerge merge = new TableMerge(ROWS, ROWS, "input_id");

        assertThat(merge.getMatch())
                .isEqualTo("t.`input_id` = s.`input_id` AND (t.`app_id` = s.`app_id` OR t.`app_id` IS NULL)");
    }

    @Test
    void whatDiffersInEveryRunIsNoChange() {
        assertThat(new TableMerge(ROWS, ROWS, "input_id").getChanged())
                .contains("`input_created_at`", "`concepts`")
                .doesNotContain("run_id", "t.`input_id`");
    }

    @Test
    void theFileOfAnImageIsKeptWhenNoImagesAreExported() {
        assertThat(new TableMerge(ROWS, ROWS, "input_id").getAssignments())
                .contains("t.`image_path` = coalesce(s.`image_path`, t.`image_path`)");
    }

    @Test
    void aTableTakesRowsWhoseColumnsItHas() {
        assertThat(ROWS.take(columns("input_id", "string"))).isTrue();
        assertThat(ROWS.take(columns("input_id", "int"))).isFalse();
        assertThat(ROWS.take(columns("other", "string"))).isFalse();
    }

    @Test
    void aDescriptionEndsBeforeItsDetails() {
        assertThat(Columns.of(List.of(
                                Map.of("col_name", "Input_Id", "data_type", "string"),
                                Map.of("col_name", "", "data_type", ""),
                                Map.of("col_name", "# Partition Information", "data_type", "")))
                        .names())
                .containsExactly("input_id");
    }

    @Test
    void aMergeTellsWhatItDidWhateverElseWasCommittedMeanwhile() {
        assertThat(MergeMetrics.of(
                        List.of(Map.of(
                                "num_affected_rows",
                                6L,
                                "num_inserted_rows",
                                2L,
                                "num_updated_rows",
                                3L,
                                "num_deleted_rows",
                                1L)),
                        null))
                .isEqualTo(new MergeMetrics(6, 2, 3, 1));
    }

    @Test
    void affectedRowsAreReportedWhereAMergeTellsNoMore() {
        assertThat(MergeMetrics.of("MERGE INTO t", 5L)).isEqualTo(new MergeMetrics(5, 0, 5, 0));
        assertThat(MergeMetrics.of("MERGE INTO t", null)).isEqualTo(new MergeMetrics(0, 0, 0, 0));
        assertThat(MergeMetrics.of(List.of(Map.of("num_affected_rows", 5L)), null))
                .isEqualTo(new MergeMetrics(5, 0, 5, 0));
    }

    private static Columns columns(String... namesAndTypes) {
        Map<String, String> types = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            types.put(namesAndTypes[i], namesAndTypes[i + 1]);
        }
        return new Columns(types);
    }

    @ParameterizedTest
    @ValueSource(strings = {"array<string>", "struct<a:int>", "map<string,int>"})
    void whatHasPartsBecomesJsonWhereTheTableHasText(String type) {
        assertThat(new TableMerge(columns("id", "string", "v", "string"), columns("id", "string", "v", type), "id")
                        .getValues())
                .isEqualTo("s.`id`, to_json(s.`v`)");
        assertThat(new TableMerge(columns("id", "string", "v", "int"), columns("id", "string", "v", "bigint"), "id")
                        .getValues())
                .isEqualTo("s.`id`, CAST(s.`v` AS int)");
    }
}
