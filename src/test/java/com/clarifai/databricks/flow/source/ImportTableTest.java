package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables as people have them: names and types of columns. */
class ImportTableTest {

    private final ImportTable importTable = new ImportTable();
    private final Run run = new Run("run", "import-delta");

    @BeforeEach
    void open() {
        run.workOn(RunTables.ofImport(new TableName("main", "default", "tracking")));
        importTable.open(run, "main.a.b", null);
    }

    @Test
    void columnsOfAnyNameCanBeMapped() {
        importTable.columns(
                run,
                table("# id", "bigint", "url, full", "string", "tags.all", "array<string>", "na`me", "string"),
                "inputid=# id, input=`url, full`, concepts=`tags.all`,metadata=`na``me`");

        assertThat(run.copy().taken()).contains("`# id`", "`url, full`", "`tags.all`", "`na``me`");
    }

    @Test
    void headingsOfADescriptionAreNoColumns() {
        importTable.columns(
                run, table("inputid", "string", "input", "string", "# Partitioning", "", "Part 0", "day"), null);

        assertThat(run.copy().taken()).doesNotContain("Part");
    }

    @Test
    void tableWithoutTheColumnsIsRefusedThoughItHasNoRow() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> importTable.columns(run, table("id", "int", "url", "string"), null))
                .withMessageContaining("There is no column inputid; the columns are: id, url");
    }

    @Test
    void columnsThatDifferByCaseAreRefused() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() ->
                        importTable.columns(run, table("inputid", "int", "input", "string", "INPUT", "string"), null))
                .withMessageContaining("The column INPUT is there twice");
    }

    @Test
    void binaryColumnIsRefusedBecauseItWouldBecomeOtherText() {
        List<Map<String, Object>> table = table("inputid", "binary", "input", "string", "thumbnail", "binary");

        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> importTable.columns(run, table, null))
                .withMessageStartingWith("The column inputid is BINARY");
        importTable.columns(run, table("id", "int", "inputid", "binary", "input", "string"), "inputid=id");
    }

    @Test
    void numberThatJsonHasNoWordForIsMissing() {
        importTable.setMaxRowBytes(1000);
        Map<String, Object> copied = new HashMap<>();
        copied.put("bytes", 90L);
        copied.put(
                "row", "{\"inputid\":NaN,\"input\":\"https://x.example/1.jpg\",\"metadata\":{\"a\":NaN,\"b\":0.50}}");

        Map<String, Object> row =
                importTable.rows(List.of(copied), run, null, null).get(0);

        assertThat((String) row.get("input_id")).startsWith("1-");
        assertThat(row).containsEntry("input_metadata", "{\"a\":null,\"b\":0.50}");
    }

    @Test
    void nanAndInfinityOfATypedColumnAreWhatTheyWereAndNotText() {
        importTable.setMaxRowBytes(1000);
        Map<String, String> types = Map.of(
                "metadata", "struct<a:double,b c:string,list:array<float>,map:map<string,double>,n:decimal(10,2)>");

        Map<String, Object> rows = metadata(
                types,
                "{\"a\":\"NaN\",\"b c\":\"NaN\",\"list\":[\"NaN\",0.5],"
                        + "\"map\":{\"x\":\"NaN\"},\"n\":1.50,\"further\":\"NaN\"}");
        Map<String, Object> infinite = metadata(types, "{\"map\":{\"x\":\"-Infinity\"}}");

        assertThat(rows)
                .containsEntry(
                        "input_metadata",
                        "{\"a\":null,\"b c\":\"NaN\",\"list\":[null,0.5],\"map\":{\"x\":null},\"n\":1.50,\"further\":\"NaN\"}");
        assertThat(infinite).containsEntry("status", "REJECTED");
        assertThat((String) infinite.get("status_message")).contains("column metadata", "-Infinity");
    }

    private Map<String, Object> metadata(Map<String, String> types, String metadata) {
        Map<String, Object> copied = Map.of(
                "bytes",
                90L,
                "row",
                "{\"inputid\":\"1\",\"input\":\"https://x.example/1.jpg\",\"metadata\":" + metadata + "}");
        run.readThrough(run.copy().with(types, "", ""));
        return importTable.rows(List.of(copied), run, null, null).get(0);
    }

    @Test
    void whatHasNoTextIsRefusedWithWhatToDo() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> importTable.columns(
                        run, table("inputid", "int", "input", "string", "geopoints", "geography(4326)"), null))
                .withMessage("The column geopoints is GEOGRAPHY, and an import takes text: read a view that has it as"
                        + " st_astext(geopoints)");
    }

    @Test
    void columnsThatAreNotTakenAreSaid() {
        importTable.columns(run, table("inputid", "int", "input", "string", "label", "string"), null);

        assertThat(run.notes().lines())
                .containsExactly("warning: columns that an import does not take (label): main.a.b");
    }

    private static List<Map<String, Object>> table(String... namesAndTypes) {
        List<Map<String, Object>> description = new ArrayList<>();
        for (int i = 0; i < namesAndTypes.length; i += 2) {
            description.add(Map.of("col_name", namesAndTypes[i], "data_type", namesAndTypes[i + 1]));
        }
        return description;
    }
}
