package com.clarifai.databricks.it;

import java.util.List;
import java.util.Map;

/** The two tables that an export or update of a dataset writes in one of two places: on this machine, or on the cluster. */
final class DatasetTables {

    private final Sandbox sandbox;
    private final ClarifaiApp app;
    private final String names;

    /** @param names what the names of the tables end in */
    DatasetTables(Sandbox sandbox, ClarifaiApp app, String names) {
        this.sandbox = sandbox;
        this.app = app;
        this.names = names;
    }

    /** The command line of an export or update. */
    List<String> arguments(String command) {
        return List.of(
                command,
                "--json",
                "--app=" + app.id(),
                "--dataset=pictures",
                "--inputs-table=" + inputs(),
                "--annotations-table=" + annotations());
    }

    String inputs() {
        return "main.default.inputs_" + names;
    }

    String annotations() {
        return "main.default.annotations_" + names;
    }

    /** All columns but those of the run itself. */
    List<Map<String, Object>> inputRows() {
        return rows(inputs(), "input_id");
    }

    List<Map<String, Object>> annotationRows() {
        return rows(annotations(), "annotation_id");
    }

    private List<Map<String, Object>> rows(String table, String key) {
        List<Map<String, Object>> rows = sandbox.query("SELECT * FROM " + table + " ORDER BY " + key);
        rows.forEach(row -> {
            row.remove("run_id");
            row.remove("synced_at");
            row.computeIfPresent("deleted_at", (column, time) -> "deleted");
        });
        return rows;
    }
}
