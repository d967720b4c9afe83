package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.counts;
import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code export} and {@code update} with {@code --on cluster}, beside the same on this machine: of one dataset into two pairs of tables. */
class DatasetOnClusterIT {

    private static final String CLUSTER = "0101-000000-running1";
    private static final String HERE = "--on=machine";
    private static final String THERE = "--on=cluster";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final String images = sandbox.setting("sandbox.images");
    private final ClarifaiApp app = ClarifaiApp.create(sandbox, "read-" + suffix);

    @Test
    void anExportEndsInTheSameTablesAndCountsAsOnThisMachine() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 300, 900);

        Map<String, Object> here = summary(run("export", HERE, "--preview=0"));
        Map<String, Object> there = summary(run("export", THERE, "--preview=0"));

        assertThat(counts(there)).isEqualTo(counts(here)).containsEntry("inputs", 300);
        assertSameTables();
        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging"))
                .as("of the runs nothing is left but the jar")
                .contains("jars");
    }

    @Tag("nightly")
    @Test
    void theTasksOfAnExportTogetherKeepTheLimit() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 300, 300);
        sandbox.setting("rate-limit", 15);
        sandbox.clearCalls();

        summary(run(settings(Map.of("export.batch-size", "2")), "export", THERE, "--preview=0"));

        assertThat(sandbox.calls("busiest-second:clarifai"))
                .as("requests within one second, at most")
                .isBetween(8L, 15L);
    }

    @Tag("nightly")
    @Test
    void updatesFollowEveryKindOfChangeAsOnThisMachine() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 200, 400);
        summary(run("export", HERE, "--preview=0"));
        summary(run("export", THERE, "--preview=0"));
        List<Input> held = app.datasetInputs("pictures");
        List<Annotation> notes =
                app.annotations().stream().filter(note -> !note.getInputLevel()).toList();
        app.relabel(List.of(held.get(0).getId(), held.get(150).getId()), "heron");
        app.editAnnotation(notes.get(5), "edited");
        app.deleteAnnotation(notes.get(6));
        app.deleteInput(held.get(20).getId());
        app.postInput("brand-new", images + "/generated/9001.jpg", "pictures");

        assertSameUpdate("--deletes=mark");
        assertSameTables();

        app.relabel(List.of("brand-new"), "stork");
        app.deleteInput(held.get(21).getId());
        assertSameUpdate("--search");
        assertSameTables();

        assertSameUpdate("--full", "--deletes=remove");
        assertSameTables();
    }

    private void assertSameUpdate(String... more) throws IOException {
        Map<String, Object> here = summary(run("update", HERE, more));
        assertThat(counts(summary(run("update", THERE, more)))).isEqualTo(counts(here));
    }

    @Tag("nightly")
    @Test
    void annotationsThatAreChosenAreTheSame() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 100, 400);
        String[] chosen = {"--preview=0", "--status=success", "--concept=dog,cat", "--model-output"};

        Map<String, Object> here = summary(run("export", HERE, chosen));

        assertThat(counts(summary(run("export", THERE, chosen)))).isEqualTo(counts(here));
        assertSameTables();
    }

    /** Of inputs of every kind, some of which have no image or one that cannot be got. */
    @Tag("nightly")
    @Test
    void imagesAreTheSameFilesAndTheirRowsTheSame() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 300, 300);

        Map<String, Object> here = summary(runWithImages("export", HERE, "--preview=0"));
        Map<String, Object> there = summary(runWithImages("export", THERE, "--preview=0"));

        assertThat(counts(there)).isEqualTo(counts(here));
        assertThat((int) there.get("images")).isGreaterThan(100);
        assertThat((int) there.get("imagesFailed")).isPositive();
        assertSameImages();

        List<Input> held = app.datasetInputs("pictures");
        app.relabel(List.of(held.get(0).getId(), held.get(150).getId()), "heron");
        app.postInput("brand-new", images + "/generated/9001.jpg", "pictures");
        String lost = (String) sandbox.query(
                        "SELECT max(image_path) AS path FROM " + tables(THERE).inputs())
                .get(0)
                .get("path");
        for (String place : List.of(HERE, THERE)) {
            sandbox.deleteFile(folder(place) + lost.substring(lost.lastIndexOf('/')));
        }

        here = summary(runWithImages("update", HERE, "--fetch-external", "--deletes=mark"));
        there = summary(runWithImages("update", THERE, "--fetch-external", "--deletes=mark"));

        assertThat(counts(there)).isEqualTo(counts(here));
        assertThat((int) there.get("imagesExisting")).isGreaterThan(100);
        assertSameImages();
    }

    private Result runWithImages(String command, String place, String... more) {
        List<String> options = new ArrayList<>(List.of("--images", "--volume=" + folder(place)));
        options.addAll(List.of(more));
        return run(command, place, options.toArray(String[]::new));
    }

    private String folder(String place) {
        return "/Volumes/main/default/" + sandbox.setting("sandbox.volume") + "/out_"
                + (place.equals(HERE) ? "here_" : "there_") + suffix;
    }

    private void assertSameImages() {
        List<Map<String, Object>> here = tables(HERE).inputRows();
        here.forEach(row -> row.computeIfPresent(
                "image_path", (column, path) -> path.toString().replace(folder(HERE), folder(THERE))));
        assertThat(tables(THERE).inputRows()).isEqualTo(here).isNotEmpty();
        assertThat(tables(THERE).annotationRows()).isEqualTo(tables(HERE).annotationRows());
        List<String> names = sandbox.listFolder(folder(HERE));
        assertThat(sandbox.listFolder(folder(THERE))).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            assertThat(sandbox.file(folder(THERE) + "/" + name))
                    .as(name)
                    .isEqualTo(sandbox.file(folder(HERE) + "/" + name));
        }
    }

    private Result run(String command, String place, String... more) {
        return run(settings(Map.of()), command, place, more);
    }

    private Result run(Path settings, String command, String place, String... more) {
        List<String> arguments = new ArrayList<>(tables(place).arguments(command));
        arguments.add(place);
        arguments.addAll(List.of(more));
        return ConnectRun.run(settings, arguments.toArray(String[]::new));
    }

    private Path settings(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(more);
        all.put("cluster.id", CLUSTER);
        return sandbox.settingsWith(all);
    }

    private DatasetTables tables(String place) {
        return new DatasetTables(sandbox, app, (place.equals(HERE) ? "here_" : "there_") + suffix);
    }

    /** All columns but those of the run itself. */
    private void assertSameTables() {
        assertThat(tables(THERE).inputRows())
                .isEqualTo(tables(HERE).inputRows())
                .isNotEmpty();
        assertThat(tables(THERE).annotationRows()).isEqualTo(tables(HERE).annotationRows());
    }
}
