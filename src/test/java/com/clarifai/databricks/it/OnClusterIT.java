package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.counts;
import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.assertj.core.api.ListAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code --on cluster}: the jar really runs on Spark, in a driver and executors that are processes of their own. */
class OnClusterIT {

    private static final String CLUSTER = "0101-000000-running1";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final String images = sandbox.setting("sandbox.images");

    @AfterEach
    void usualSandbox() {
        sandbox.setting("processing-delay", 100);
        sandbox.setting("rate-limit", 0);
    }

    @Test
    void csvEndsInTheSameDatasetTablesAndCountsAsOnThisMachine() throws IOException {
        String source = sandbox.putObject(
                "cluster-" + suffix + ".csv", HostileRows.csv(images).getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);

        Map<String, Object> here = summary(run(local, source, "--on=machine"));
        Map<String, Object> onCluster = summary(run(there, source, "--on=cluster"));

        assertThat(counts(onCluster)).isEqualTo(counts(here)).containsEntry("imported", 301);
        assertThat(end(there).members()).isEqualTo(end(local).members()).isNotEmpty();
        assertSameTables(there, local).isNotEmpty();

        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging"))
                .as("of the runs nothing is left but the jar")
                .contains("jars");
    }

    @Tag("nightly")
    @Test
    void aTableEndsInTheSameDatasetTablesAndCountsAsOnThisMachine() throws IOException {
        String source = "main.default.source_" + suffix;
        HostileRows.makeTable(sandbox, source);
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);

        Map<String, Object> here = summary(ConnectRun.run(settings(), arguments("delta", local, source)));
        Map<String, Object> onCluster =
                summary(ConnectRun.run(settings(), arguments("delta", there, source, "--on=cluster")));

        assertThat(counts(onCluster))
                .isEqualTo(counts(here))
                .containsEntry("imported", 300)
                .containsEntry("rejected", 1);
        assertThat(end(there).members()).isEqualTo(end(local).members()).hasSize(300);
        assertSameTables(there, local).hasSize(1);
    }

    @Test
    void aVolumeEndsInTheSameDatasetTableAndCountsAsOnThisMachineAndNoPictureComesHere() throws IOException {
        String volume = "pictures_" + suffix;
        sandbox.createVolume("main.default." + volume);
        sandbox.writeCorpus("main.default." + volume, 5);
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);

        Map<String, Object> here = summary(importVolume(volume, local));
        sandbox.clearCalls();
        Map<String, Object> onCluster = summary(importVolume(volume, there, "--on=cluster"));

        assertThat(onCluster.remove("notes").toString()).contains("transfer: cluster, whose executors read them");
        here.remove("notes");
        assertThat(sandbox.calls("files:GET"))
                .as("of pictures, but the one that Spark hides, and what the job has told")
                .isLessThanOrEqualTo(2);
        assertThat(counts(onCluster)).isEqualTo(counts(here)).containsEntry("rejected", 4);
        assertThat(end(there).members()).isEqualTo(end(local).members()).hasSizeGreaterThan(30);
        assertThat(end(there).files()).isEqualTo(end(local).files());
    }

    @Tag("nightly")
    @Test
    void filesThatAreGoneEmptiedGrownOrOfAnotherTypeSinceTheyWereListedEndAsOnThisMachine() throws IOException {
        String volume = "changing_" + suffix;
        String folder = "/Volumes/main/default/" + volume + "/";
        sandbox.createVolume("main.default." + volume);
        sandbox.writeSmallImages("main.default." + volume, 20);
        byte[] picture = sandbox.file(folder + "part-0001/img-0000001.jpg");
        for (String name : List.of("gone/a.jpg", "gone.jpg", "emptied.jpg", "grown.jpg", "text.jpg", "same.jpg")) {
            sandbox.putFile(folder + name, picture);
        }
        ClarifaiApp app = ClarifaiApp.create(sandbox, "changed-" + suffix);
        ConnectProcess process = ConnectProcess.start(
                settings(), VolumeImport.arguments(volume, ImportEnd.table(app), app, "--json", "--on=cluster"));
        // what the job will read has been listed
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> process.errSoFar()
                .contains("waitingFor\":\"run "));

        sandbox.deleteFile(folder + "gone/a.jpg");
        sandbox.deleteFile(folder + "gone.jpg");
        sandbox.putFile(folder + "emptied.jpg", new byte[0]);
        sandbox.putFile(folder + "grown.jpg", new byte[20_000_001]);
        sandbox.putFile(folder + "text.jpg", "no picture".getBytes(StandardCharsets.UTF_8));

        assertThat(counts(summary(process.waitFor())))
                .containsEntry("imported", 21)
                .containsEntry("rejected", 5);
        assertThat(reasons(app))
                .containsEntry(folder + "gone/a.jpg", folder + "gone/a.jpg is gone")
                .containsEntry(folder + "gone.jpg", folder + "gone.jpg is gone")
                .containsEntry(folder + "emptied.jpg", folder + "emptied.jpg is empty")
                .containsEntry(folder + "grown.jpg", folder + "grown.jpg has more than the 20000000 bytes allowed")
                .containsKey(folder + "text.jpg")
                .hasSize(5);
    }

    @Tag("nightly")
    @Test
    void aFileWhoseIdIsAnotherFilesAndWhatIsImportedAgainEndAsOnThisMachine() throws IOException {
        String first = "first_" + suffix;
        String second = "second_" + suffix;
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);
        for (String volume : List.of(first, second)) {
            sandbox.createVolume("main.default." + volume);
            sandbox.writeSmallImages("main.default." + volume, 150);
            // into a table of each volume, so that only Clarifai knows of the other one's ids
            for (ClarifaiApp app : List.of(local, there)) {
                String place = app == there ? "--on=cluster" : "--on=machine";
                assertThat(summary(importVolume(volume, ImportEnd.table(app) + "_" + volume, app, place)))
                        .as(volume + " " + place)
                        .containsEntry("imported", 150);
            }
        }
        assertThat(end(there).members()).isEqualTo(end(local).members()).hasSize(300);

        for (ClarifaiApp app : List.of(local, there)) {
            app.deleteInput("img-0000007");
        }
        Map<String, Object> here =
                summary(importVolume(first, ImportEnd.table(local) + "_" + first, local, "--verify"));
        Map<String, Object> onCluster =
                summary(importVolume(first, ImportEnd.table(there) + "_" + first, there, "--on=cluster", "--verify"));
        here.remove("notes");
        onCluster.remove("notes");
        assertThat(counts(onCluster))
                .isEqualTo(counts(here))
                .containsEntry("imported", 1)
                .containsEntry("existing", 149);
        assertThat(end(there).members()).isEqualTo(end(local).members()).hasSize(300);
    }

    @Tag("nightly")
    @Test
    void whatEarlierRunsHaveLeftIsKnownThereAsItIsHere() throws IOException {
        String source = sandbox.putObject(
                "again-" + suffix + ".csv", HostileRows.csv(images).getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);
        run(local, source, "--on=machine");
        run(there, source, "--on=machine");

        assertThat(counts(summary(run(there, source, "--on=cluster"))))
                .isEqualTo(counts(summary(run(local, source, "--on=machine"))));
        assertSameTables(there, local);
    }

    /** The stand-in counts what comes in, and would refuse more. */
    @Tag("nightly")
    @Test
    void allTasksTogetherKeepTheLimitAlsoWhenAnExecutorIsLost() throws IOException {
        int rows = 800;
        StringBuilder csv = new StringBuilder("inputid,input\n");
        for (int i = 0; i < rows; i++) {
            csv.append("row-" + i + "," + images + "/generated/" + i + ".jpg\n");
        }
        String source =
                sandbox.putObject("limit-" + suffix + ".csv", csv.toString().getBytes(StandardCharsets.UTF_8));
        ClarifaiApp app = ClarifaiApp.create(sandbox, "limit-" + suffix);
        Path settings = sandbox.settingsWith(
                Map.of("cluster.id", CLUSTER, "clarifai.requests-per-second", "15", "import.batch-size", "8"));
        sandbox.setting("rate-limit", 15);
        sandbox.clearCalls();
        ConnectProcess process = ConnectProcess.start(settings, arguments(app, source, "--on=cluster"));
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sandbox.calls("clarifai:PostInputs") > 20);

        sandbox.killExecutor(process.jobRun());

        assertThat(summary(process.waitFor())).containsEntry("imported", rows);
        assertThat(sandbox.calls("busiest-second:clarifai"))
                .as("requests within one second, at most")
                .isBetween(8L, 15L);
    }

    @Test
    void aClusterThatTakesNoJarsIsRefusedBeforeAnythingIsMade() {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "refused-" + suffix);
        String source = sandbox.putObject(
                "refused-" + suffix + ".csv", HostileRows.csv(images).getBytes(StandardCharsets.UTF_8));
        Path settings = sandbox.settingsWith(Map.of("cluster.id", "0101-000000-stopped1"));

        Result refused = ConnectRun.run(settings, arguments(app, source, "--on=cluster"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("USER_ISOLATION").contains("access mode Dedicated");
        assertThat(sandbox.tableExists(ImportEnd.table(app))).isFalse();
        assertThat(ConnectRun.run(sandbox, arguments(app, source, "--on=cluster"))
                        .err())
                .contains("cluster.id");
    }

    private Result importVolume(String volume, ClarifaiApp app, String... more) {
        return importVolume(volume, ImportEnd.table(app), app, more);
    }

    private Result importVolume(String volume, String table, ClarifaiApp app, String... more) {
        List<String> arguments = new ArrayList<>(List.of(VolumeImport.arguments(volume, table, app, more)));
        arguments.add("--json");
        return ConnectRun.run(settings(), arguments.toArray(String[]::new));
    }

    /** Why rows of a table of files are rejected, by the files. */
    private Map<Object, Object> reasons(ClarifaiApp app) {
        return sandbox
                .query("SELECT source_uri, status_message FROM " + ImportEnd.table(app) + " WHERE status = 'REJECTED'")
                .stream()
                .collect(Collectors.toMap(row -> row.get("source_uri"), row -> row.get("status_message")));
    }

    private Result run(ClarifaiApp app, String source, String... more) {
        return ConnectRun.run(settings(), arguments(app, source, more));
    }

    private Path settings() {
        return sandbox.settingsWith(Map.of("cluster.id", CLUSTER));
    }

    private static String[] arguments(ClarifaiApp app, String source, String... more) {
        return arguments("csv", app, source, more);
    }

    private static String[] arguments(String flow, ClarifaiApp app, String source, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import",
                flow,
                source,
                "--json",
                "--table=" + ImportEnd.table(app),
                "--app=" + app.id(),
                "--dataset=pictures"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** @return what is asserted of the rejected rows */
    private ListAssert<Map<String, Object>> assertSameTables(ClarifaiApp one, ClarifaiApp other) {
        assertThat(end(one).tracked()).isEqualTo(end(other).tracked());
        return assertThat(end(one).rejects()).isEqualTo(end(other).rejects());
    }

    private ImportEnd end(ClarifaiApp app) {
        return new ImportEnd(sandbox, app);
    }
}
