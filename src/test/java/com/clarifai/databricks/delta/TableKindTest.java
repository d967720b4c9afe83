package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How a table that this program has made is told from one of somebody else, and what that one is told. */
class TableKindTest {

    private static final String TRACKED = "input_id,image_url,app_id,dataset_id,run_id,synced_at";
    private static final String OF_THE_OLD_MODULE =
            "input_id,image_url,image_info,input_created_at,input_modified_at,input_metadata";

    @Test
    void aPropertySaysWhatATableWasMadeForWhateverItsColumns() {
        List<Map<String, Object>> made = withProperties("x", "[delta.a=b, databricks-connect.table=inputs,delta.c=3]");

        assertThat(TableKind.inputs.against(made)).isEmpty();
        assertThat(TableKind.annotations.against(made))
                .contains(
                        "its property databricks-connect.table says that it was made for inputs, not for annotations");
        assertThat(TableKind.againstAny(made)).isEmpty();
    }

    @Test
    void aPropertyOfAnotherNameOrInAnotherRowSaysNothing() {
        assertThat(TableKind.inputs.against(withProperties("x", "[my.databricks-connect.table=inputs]")))
                .isPresent();
        List<Map<String, Object>> comment = new ArrayList<>(described("x"));
        comment.add(Map.of("col_name", "Comment", "data_type", "[databricks-connect.table=inputs]"));
        assertThat(TableKind.inputs.against(comment)).isPresent();
    }

    @Test
    void withoutThePropertyTheColumnsOfOneGenerationAreEnough() {
        assertThat(TableKind.inputs.against(described(TRACKED))).isEmpty();
        assertThat(TableKind.inputs.against(described(OF_THE_OLD_MODULE))).isEmpty();
        assertThat(TableKind.againstAny(described(TRACKED + ",mine"))).isEmpty();
    }

    @Test
    void ofATableOfSomebodyElseItsStrangeColumnsAndThoseThatItLacksAreNamed() {
        assertThat(TableKind.inputs.against(described("input_id,image_url,app_id,dataset_id,status,salary")))
                .contains(
                        "it has the columns salary, lacks run_id, synced_at, has no property databricks-connect.table");
        assertThat(TableKind.inputs.against(described("input_id")))
                .contains("it lacks image_url, app_id, dataset_id, run_id and 1 more,"
                        + " has no property databricks-connect.table");
        assertThat(TableKind.inputs.against(described("a,b,c,d,e,f," + TRACKED.replace("run_id", "g"))))
                .contains("it has the columns a, b, c, d and 3 more, lacks run_id,"
                        + " has no property databricks-connect.table");
    }

    @Test
    void ofATableThatIsOfNoKindSomeColumnsAreNamed() {
        assertThat(TableKind.againstAny(described("d,c,b,a")))
                .contains("it has no property databricks-connect.table, and its columns a, b, c, d are of no table"
                        + " that it makes");
        assertThat(TableKind.againstAny(described("e,d,c,b,a")).orElseThrow()).contains("a, b, c, d and 1 more");
    }

    @Test
    void rowsAreToldApartByTheColumnOfTheirKind() {
        assertThat(TableKind.values())
                .extracting(TableKind::key)
                .containsExactly("input_id", "annotation_id", "source_uri", "run_id");
        assertThat(TableKind.inputs.stateColumns())
                .containsExactly("input_modified_at", "status_code", "run_id", "deleted_at");
        assertThat(TableKind.annotations.stateColumns()).startsWith("annotation_modified_at");
    }

    /** A table of an export may be tracked into once it has the columns of an import; those of exports alone it need not have. */
    @Test
    void anImportNeedsTheColumnsThatItWritesAndTheHistoryThoseThatItHasAlwaysHad() {
        DeclaredTable inputs = TableDeclaration.read(Path.of("routes/tables/inputs.yaml"));
        List<String> missing = TableKind.inputs.missing(Columns.of(described(TRACKED)), inputs);

        assertThat(missing).contains("source_uri", "status").doesNotContain("input_id", "image_path", "video_url");
        assertThat(TableKind.inputs.missing(Columns.of(described(String.join(",", inputs.names()))), inputs))
                .isEmpty();
        DeclaredTable rejects = TableDeclaration.read(Path.of("routes/tables/rejects.yaml"));
        assertThat(TableKind.rejects.missing(Columns.of(described("raw")), rejects))
                .hasSize(rejects.names().size() - 1);
        DeclaredTable runs = TableDeclaration.read(Path.of("routes/tables/runs.yaml"));
        assertThat(TableKind.runs.missing(
                        Columns.of(described("run_id,flow,subject,parameters,host,started_at,renewed_at")), runs))
                .containsExactly("outcome");
    }

    private static List<Map<String, Object>> described(String columns) {
        return Arrays.stream(columns.split(","))
                .map(name -> Map.<String, Object>of("col_name", name, "data_type", "string"))
                .toList();
    }

    private static List<Map<String, Object>> withProperties(String columns, String properties) {
        List<Map<String, Object>> description = new ArrayList<>(described(columns));
        description.add(Map.of("col_name", "", "data_type", ""));
        description.add(Map.of("col_name", "Table Properties", "data_type", properties));
        return description;
    }
}
