package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.ClarifaiApp;
import com.clarifai.databricks.it.Sandbox;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An app and a schema for one cell of the suite, which no other one touches, and what is in there in the end. */
final class Place {

    static final String DATASET = "pictures";
    private static final String STAGING_VOLUME = "clarifai_staging";

    private final Sandbox sandbox;
    private final ClarifaiApp app;
    private final String schema;

    Place(Sandbox sandbox, String name) {
        this.sandbox = sandbox;
        schema = "main." + name.replace('-', '_');
        app = ClarifaiApp.create(sandbox, name);
        sandbox.execute("CREATE SCHEMA " + schema);
    }

    Sandbox sandbox() {
        return sandbox;
    }

    ClarifaiApp app() {
        return app;
    }

    /** Full name of a table of this place. */
    String table(String kind) {
        return schema + "." + kind;
    }

    /** What the app holds, a line each: inputs, with where they belong and what is known of them, and annotations. */
    List<String> held() {
        TreeSet<String> members =
                app.datasetInputs(DATASET).stream().map(Input::getId).collect(Collectors.toCollection(TreeSet::new));
        List<String> lines = new ArrayList<>();
        for (Input input : app.inputs()) {
            lines.add("input " + input.getId() + " member=" + members.contains(input.getId()) + " "
                    + input.getStatus().getCode() + " "
                    + concepts(input.getData().getConceptsList()) + " "
                    + new TreeMap<>(input.getData().getMetadata().getFieldsMap()).keySet());
        }
        for (Annotation annotation : app.annotations()) {
            if (!annotation.getInputLevel()) {
                lines.add("annotation of " + annotation.getInputId() + " "
                        + concepts(annotation.getData().getConceptsList()) + " regions="
                        + annotation.getData().getRegionsCount());
            }
        }
        return lines;
    }

    private static String concepts(List<Concept> concepts) {
        return concepts.stream()
                .map(concept -> concept.getId() + "=" + concept.getValue())
                .sorted()
                .toList()
                .toString();
    }

    /** The rows of a query, a line each. */
    List<String> rows(String title, String sql) {
        return sandbox.query(sql).stream().map(row -> title + " " + row).toList();
    }

    /** All columns of a table but some, in order. */
    String columnsWithout(String table, List<String> left) {
        return sandbox.query("DESCRIBE TABLE " + table).stream()
                .map(row -> (String) row.get("col_name"))
                .filter(column -> !left.contains(column))
                .collect(Collectors.joining(", "));
    }

    /** What runs have left behind: folders in the staging volume, and tables to work with. */
    TreeSet<String> leftOvers() {
        TreeSet<String> names =
                new TreeSet<>(sandbox.listFolder("/Volumes/" + schema.replace('.', '/') + "/" + STAGING_VOLUME));
        for (Map<String, Object> table : sandbox.query("SHOW TABLES IN " + schema + " LIKE 'clarifai_*'")) {
            names.add((String) table.get("tableName"));
        }
        return names;
    }
}
