package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.Sandbox;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A flow as the suite knows it: what it starts from, its command, and what has to be there in the end. */
enum FaultFlow {
    IMPORT_VOLUME("import-volume") {
        private static final String VOLUME = "faults";

        @Override
        void prepareOnce(Sandbox sandbox) {
            sandbox.createVolume("main.default." + VOLUME);
            sandbox.writeCorpus("main.default." + VOLUME, 40);
        }

        @Override
        List<String> command(Place place, String table) {
            return List.of(
                    "import",
                    "volume",
                    "--catalog=main",
                    "--schema=default",
                    "--volume=" + VOLUME,
                    "--label-from-folder",
                    "--table=" + place.table(table),
                    "--app=" + place.app().id(),
                    "--dataset=" + Place.DATASET);
        }
    },
    IMPORT_CSV("import-csv") {
        private static final String KEY = "faults/rows.csv";

        @Override
        void prepareOnce(Sandbox sandbox) {
            StringBuilder csv = new StringBuilder("inputid,input,concepts,annotations\n");
            for (List<String> row : sourceRows(sandbox)) {
                csv.append(row.stream()
                                .map(cell -> "\"" + cell.replace("\"", "\"\"") + "\"")
                                .collect(Collectors.joining(",")))
                        .append('\n');
            }
            sandbox.putObject(KEY, csv.toString().getBytes(StandardCharsets.UTF_8));
        }

        @Override
        List<String> command(Place place, String table) {
            return importing(place, table, "csv", "s3://" + place.sandbox().setting("sandbox.bucket") + "/" + KEY);
        }

        @Override
        List<String> state(Place place) {
            return withRejects(place, super.state(place));
        }
    },
    IMPORT_TABLE("import-delta") {
        private static final String SOURCE = "main.default.faults_rows";

        @Override
        void prepareOnce(Sandbox sandbox) {
            sandbox.execute("CREATE OR REPLACE TABLE " + SOURCE + " AS SELECT * FROM VALUES "
                    + sourceRows(sandbox).stream()
                            .map(row -> row.stream().collect(Collectors.joining("', '", "('", "')")))
                            .collect(Collectors.joining(", "))
                    + " AS rows(inputid, input, concepts, annotations)");
        }

        @Override
        List<String> command(Place place, String table) {
            return importing(place, table, "delta", SOURCE);
        }

        @Override
        List<String> state(Place place) {
            return withRejects(place, super.state(place));
        }
    },
    EXPORT("export") {
        @Override
        void prepare(Place place) {
            place.sandbox().fillDataset(place.app().id(), Place.DATASET, 150, 300);
        }

        @Override
        List<String> command(Place place, String table) {
            return exporting(place, "export", table, "--if-exists=replace", "--preview=0");
        }

        @Override
        List<String> state(Place place) {
            return tables(place, "rows");
        }
    },
    UPDATE("update") {
        @Override
        void prepare(Place place) {
            place.sandbox().fillDataset(place.app().id(), Place.DATASET, 100, 200);
        }

        @Override
        List<List<String>> before(Place place, Disturbance disturbance) {
            List<List<String>> commands = new ArrayList<>();
            for (String table : disturbance == Disturbance.OVERLAP ? List.of("rows", "other") : List.of("rows")) {
                commands.add(exporting(place, "export", table, "--preview=0"));
            }
            return commands;
        }

        @Override
        void change(Place place) {
            List<String> ids = place.app().datasetInputs(Place.DATASET).stream()
                    .map(input -> input.getId())
                    .sorted()
                    .toList();
            place.app().relabel(ids.subList(0, 5), "heron");
            place.app().deleteInput(ids.get(10));
            place.app()
                    .postInput(
                            "brand-new", place.sandbox().setting("sandbox.images") + "/generated/9001.jpg", "pictures");
        }

        @Override
        List<String> command(Place place, String table) {
            return exporting(place, "update", table, "--deletes=remove");
        }

        @Override
        List<String> state(Place place) {
            return tables(place, "rows");
        }
    };

    /** Columns that tell which run has written a row, or that hold a time or an address of this app. */
    private static final List<String> OF_THE_RUN = List.of("run_id", "synced_at");

    private static final String COUNTED_ONCE =
            "input_id, image_info, input_metadata, concepts, dataset_id, status, status_code, status_message, source_uri,"
                    + " source_size, source_modified_at, deleted_at";

    private static final int SOURCE_ROWS = 150;

    private final String title;

    FaultFlow(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What all places share. */
    void prepareOnce(Sandbox sandbox) {}

    /** What the app of a place holds at first. */
    void prepare(Place place) {}

    /** Commands that have to have run before. */
    List<List<String>> before(Place place, Disturbance disturbance) {
        return List.of();
    }

    /** What then happens in Clarifai. */
    void change(Place place) {}

    /**
     * The command line.
     *
     * @param table {@code rows}, or another name for a run that writes elsewhere
     */
    abstract List<String> command(Place place, String table);

    /** What is there, a line each: the same in two places in which the flow ended well. */
    List<String> state(Place place) {
        List<String> state = new ArrayList<>(place.held());
        state.addAll(place.rows("row", "SELECT " + COUNTED_ONCE + " FROM " + place.table("rows")));
        return state;
    }

    /** What has to be there: made by a run that nobody disturbs, of the same things. */
    List<String> expected(Place place, Calm calm, List<String> ofAnotherPlace) {
        if (this == EXPORT || this == UPDATE) {
            calm.run(exporting(place, "export", "fresh", "--preview=0"));
            return tables(place, "fresh");
        }
        return ofAnotherPlace;
    }

    /** Of what a run has read, that which it says has ended in some way. */
    static long accounted(JsonNode summary) {
        if (summary.has("read")) {
            return sum(summary, "imported", "existing", "updated", "rejected", "skipped", "unknown");
        }
        return summary.path("inputs").asLong();
    }

    static long read(JsonNode summary) {
        return summary.path(summary.has("read") ? "read" : "inputs").asLong();
    }

    /** Rows of a source, some with an id that cannot be, some of images that are not there. */
    private static List<List<String>> sourceRows(Sandbox sandbox) {
        String images = sandbox.setting("sandbox.images");
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < SOURCE_ROWS; i++) {
            rows.add(List.of(
                    i % 50 == 7 ? "no id!" : "row" + i,
                    images + (i % 50 == 9 ? "/missing/" : "/generated/") + i + ".jpg",
                    "cat",
                    "[{\"concepts\": [{\"id\": \"dog\"}]}]"));
        }
        return rows;
    }

    private static List<String> importing(Place place, String table, String kind, String source) {
        return List.of(
                "import",
                kind,
                source,
                "--table=" + place.table(table),
                "--app=" + place.app().id(),
                "--dataset=" + Place.DATASET);
    }

    private static List<String> withRejects(Place place, List<String> state) {
        List<String> lines = new ArrayList<>(state);
        lines.addAll(place.rows(
                "reject", "SELECT input_id, source_uri, status_message, raw FROM " + place.table("rows_rejects")));
        return lines;
    }

    private static long sum(JsonNode summary, String... counts) {
        long sum = 0;
        for (String count : counts) {
            sum += summary.path(count).asLong();
        }
        return sum;
    }

    private static List<String> exporting(Place place, String command, String table, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--app=" + place.app().id(),
                "--dataset=" + Place.DATASET,
                "--inputs-table=" + place.table(table),
                "--annotations-table=" + place.table(table + "_annotations")));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static List<String> tables(Place place, String table) {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, String> kind :
                new TreeMap<>(Map.of("input", table, "annotation", table + "_annotations")).entrySet()) {
            String name = place.table(kind.getValue());
            lines.addAll(
                    place.rows(kind.getKey(), "SELECT " + place.columnsWithout(name, OF_THE_RUN) + " FROM " + name));
        }
        return lines;
    }
}
