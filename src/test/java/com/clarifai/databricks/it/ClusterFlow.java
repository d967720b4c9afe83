package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** A flow that is run twice with the same to do: on this machine, and on the cluster, where something is killed meanwhile. */
abstract class ClusterFlow {

    /** Where it is run. */
    enum Place {
        HERE("machine"),
        THERE("cluster");

        private final String parameter;

        Place(String parameter) {
            this.parameter = parameter;
        }
    }

    /** All flows that know {@code --on cluster}. */
    enum Kind {
        CSV(OfRows::csv),
        TABLE(OfRows::table),
        VOLUME(OfVolume::new),
        EXPORT(OfDataset::export),
        UPDATE(OfDataset::update);

        private final Function<Sandbox, ClusterFlow> made;

        Kind(Function<Sandbox, ClusterFlow> made) {
            this.made = made;
        }

        ClusterFlow in(Sandbox sandbox) {
            return made.apply(sandbox);
        }
    }

    final Sandbox sandbox;
    final String images;

    ClusterFlow(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.images = sandbox.setting("sandbox.images");
    }

    /**
     * Makes what there is to do.
     *
     * @param suffix for names of its own
     * @param settings with which it will be run
     */
    abstract void prepare(String suffix, Path settings) throws IOException;

    /** The command line, but for the place. */
    abstract List<String> arguments(Place place);

    /** Has the next run take so long that something can be killed, and be started again, before its end. */
    abstract void slowDown();

    /** Whether the job has done some of its work; the rest takes until the sandbox is as usual again. */
    abstract boolean isUnderWay();

    /** What is to be the same of both in the end. */
    abstract List<Object> end(Place place);

    final String[] commandLine(Place place) {
        return Stream.concat(arguments(place).stream(), Stream.of("--on=" + place.parameter))
                .toArray(String[]::new);
    }

    /** Imports: what they send is processed late. */
    private abstract static class Import extends ClusterFlow {

        private final Map<Place, ClarifaiApp> apps = new HashMap<>();

        Import(Sandbox sandbox) {
            super(sandbox);
        }

        @Override
        void prepare(String suffix, Path settings) {
            for (Place place : Place.values()) {
                apps.put(place, ClarifaiApp.create(sandbox, place.name().toLowerCase() + "-" + suffix));
            }
        }

        ClarifaiApp app(Place place) {
            return apps.get(place);
        }

        ImportEnd ended(Place place) {
            return new ImportEnd(sandbox, app(place));
        }

        @Override
        void slowDown() {
            sandbox.setting("processing-delay", 15_000);
        }

        @Override
        boolean isUnderWay() {
            return app(Place.THERE).inputs().size() > 100;
        }
    }

    private static final class OfRows extends Import {

        private final String flow;
        private final Function<String, String> made;
        private String source;

        private OfRows(Sandbox sandbox, String flow, Function<String, String> made) {
            super(sandbox);
            this.flow = flow;
            this.made = made;
        }

        static ClusterFlow csv(Sandbox sandbox) {
            return new OfRows(
                    sandbox,
                    "csv",
                    suffix -> sandbox.putObject(
                            "killed-" + suffix + ".csv",
                            HostileRows.csv(sandbox.setting("sandbox.images")).getBytes(StandardCharsets.UTF_8)));
        }

        static ClusterFlow table(Sandbox sandbox) {
            return new OfRows(sandbox, "delta", suffix -> {
                String table = "main.default.source_" + suffix;
                HostileRows.makeTable(sandbox, table);
                return table;
            });
        }

        @Override
        void prepare(String suffix, Path settings) {
            super.prepare(suffix, settings);
            source = made.apply(suffix);
        }

        @Override
        List<String> arguments(Place place) {
            return List.of(
                    "import",
                    flow,
                    source,
                    "--json",
                    "--table=" + ImportEnd.table(app(place)),
                    "--app=" + app(place).id(),
                    "--dataset=" + VolumeImport.DATASET);
        }

        @Override
        List<Object> end(Place place) {
            return List.of(
                    ended(place).members(), ended(place).tracked(), ended(place).rejects());
        }
    }

    private static final class OfVolume extends Import {

        private String volume;

        OfVolume(Sandbox sandbox) {
            super(sandbox);
        }

        @Override
        void prepare(String suffix, Path settings) {
            super.prepare(suffix, settings);
            volume = "killed_" + suffix;
            String folder = "/Volumes/main/default/" + volume + "/";
            sandbox.createVolume("main.default." + volume);
            sandbox.writeSmallImages("main.default." + volume, 300);
            byte[] picture = sandbox.file(folder + "part-0001/img-0000001.jpg");
            // Spark does not read it: it is sent from here when the job has ended
            sandbox.putFile(folder + "_hidden.jpg", picture);
            sandbox.putFile(folder + "text.jpg", "no picture".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        List<String> arguments(Place place) {
            return List.of(VolumeImport.arguments(volume, ImportEnd.table(app(place)), app(place), "--json"));
        }

        @Override
        List<Object> end(Place place) {
            return List.of(ended(place).members(), ended(place).files());
        }
    }

    /** A dataset whose annotations are listed slowly; an export has its images, an update has not. */
    private static final class OfDataset extends ClusterFlow {

        private final boolean update;
        private String suffix;
        private final Map<Place, DatasetTables> tables = new HashMap<>();

        private OfDataset(Sandbox sandbox, boolean update) {
            super(sandbox);
            this.update = update;
        }

        static ClusterFlow export(Sandbox sandbox) {
            return new OfDataset(sandbox, false);
        }

        static ClusterFlow update(Sandbox sandbox) {
            return new OfDataset(sandbox, true);
        }

        @Override
        void prepare(String suffix, Path settings) throws IOException {
            this.suffix = suffix;
            ClarifaiApp app = ClarifaiApp.create(sandbox, "read-" + suffix);
            sandbox.fillDataset(app.id(), "pictures", 300, 900);
            for (Place place : Place.values()) {
                tables.put(place, new DatasetTables(sandbox, app, place.name() + "_" + suffix));
            }
            if (update) {
                for (Place place : Place.values()) {
                    summary(ConnectRun.run(
                            settings, tables.get(place).arguments("export").toArray(String[]::new)));
                }
                change(app);
            }
        }

        private void change(ClarifaiApp app) {
            List<Input> held = app.datasetInputs("pictures");
            Annotation note = app.annotations().stream()
                    .filter(annotation -> !annotation.getInputLevel())
                    .findFirst()
                    .orElseThrow();
            app.relabel(held.subList(0, 100).stream().map(Input::getId).toList(), "heron");
            app.editAnnotation(note, "edited");
            app.deleteInput(held.get(120).getId());
            app.postInput("brand-new", images + "/generated/9001.jpg", "pictures");
        }

        @Override
        List<String> arguments(Place place) {
            List<String> arguments = new ArrayList<>(tables.get(place).arguments(update ? "update" : "export"));
            arguments.addAll(
                    update
                            ? List.of("--deletes=mark")
                            : List.of("--preview=0", "--images", "--volume=" + folder(place)));
            return arguments;
        }

        @Override
        void slowDown() {
            sandbox.clearCalls();
            sandbox.fault("clarifai:ListAnnotations=delay:1500");
        }

        @Override
        boolean isUnderWay() {
            return sandbox.calls("clarifai:ListAnnotations") > 6;
        }

        @Override
        List<Object> end(Place place) {
            List<Map<String, Object>> inputs = tables.get(place).inputRows();
            assertThat(inputs).hasSizeGreaterThanOrEqualTo(300);
            inputs.forEach(row -> row.computeIfPresent(
                    "image_path", (column, path) -> path.toString().replace(folder(place), "")));
            return List.of(
                    inputs,
                    tables.get(place).annotationRows(),
                    sandbox.listFolder(folder(place)).stream().sorted().toList());
        }

        private String folder(Place place) {
            return "/Volumes/main/default/" + sandbox.setting("sandbox.volume") + "/" + place.name() + "_" + suffix;
        }
    }
}
