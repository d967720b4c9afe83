package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.counts;
import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.ListAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code --on cluster}: the jar really runs on Spark, in a driver and executors that are processes of their own. */
class OnClusterIT {

    private static final String CLUSTER = "0101-000000-running1";

    private static final String HISTORY = "_runs_on_cluster_";

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
        String source =
                sandbox.putObject("cluster-" + suffix + ".csv", hostileRows().getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);

        Map<String, Object> here = summary(run(local, source, "--on=machine"));
        Map<String, Object> onCluster = summary(run(there, source, "--on=cluster"));

        assertThat(counts(onCluster)).isEqualTo(counts(here)).containsEntry("imported", 301);
        assertThat(members(there)).isEqualTo(members(local)).isNotEmpty();
        assertSameTables(there, local).isNotEmpty();

        assertThat(sandbox.listFolder("/Volumes/main/default/clarifai_staging"))
                .as("of the runs nothing is left but the jar")
                .contains("jars");
    }

    @Tag("nightly")
    @Test
    void aTableEndsInTheSameDatasetTablesAndCountsAsOnThisMachine() throws IOException {
        String source = "main.default.source_" + suffix;
        sandbox.execute("CREATE TABLE " + source + " AS SELECT concat('row-', id) AS inputid, concat('" + images
                + "/generated/', id, '.jpg') AS input, array('cat', 'dog') AS concepts FROM range(300)"
                + " UNION ALL SELECT 'gone', '" + images + "/missing/1.jpg', NULL");
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);

        Map<String, Object> here = summary(ConnectRun.run(settings(), arguments("delta", local, source)));
        Map<String, Object> onCluster =
                summary(ConnectRun.run(settings(), arguments("delta", there, source, "--on=cluster")));

        assertThat(counts(onCluster))
                .isEqualTo(counts(here))
                .containsEntry("imported", 300)
                .containsEntry("rejected", 1);
        assertThat(members(there)).isEqualTo(members(local)).hasSize(300);
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
        assertThat(members(there)).isEqualTo(members(local)).hasSizeGreaterThan(30);
        assertSameFiles(there, local);
    }

    @Tag("nightly")
    @Test
    void aVolumeLosesNothingWhenAnExecutorIsKilled() throws IOException {
        String volume = "lost_" + suffix;
        sandbox.createVolume("main.default." + volume);
        sandbox.writeSmallImages("main.default." + volume, 300);
        ClarifaiApp app = ClarifaiApp.create(sandbox, "lost-" + suffix);
        // those that were sent first are still being processed when their executor is lost
        sandbox.setting("processing-delay", 15_000);
        ConnectProcess process = ConnectProcess.start(
                settings(), VolumeImport.arguments(volume, table(app), app, "--json", "--on=cluster"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> app.inputs().size() > 100);

        sandbox.killExecutor(jobRun(process));
        sandbox.setting("processing-delay", 100);

        assertThat(summary(process.waitFor())).containsEntry("imported", 300).containsEntry("existing", 0);
        assertThat(members(app)).hasSize(300).doesNotHaveDuplicates();
        assertThat(files(app)).hasSize(300).allSatisfy(row -> assertThat(row).containsEntry("status", "PROCESSED"));
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
                settings(), VolumeImport.arguments(volume, table(app), app, "--json", "--on=cluster"));
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
                assertThat(summary(importVolume(volume, table(app) + "_" + volume, app, place)))
                        .as(volume + " " + place)
                        .containsEntry("imported", 150);
            }
        }
        assertThat(members(there)).isEqualTo(members(local)).hasSize(300);

        for (ClarifaiApp app : List.of(local, there)) {
            app.deleteInput("img-0000007");
        }
        Map<String, Object> here = summary(importVolume(first, table(local) + "_" + first, local, "--verify"));
        Map<String, Object> onCluster =
                summary(importVolume(first, table(there) + "_" + first, there, "--on=cluster", "--verify"));
        here.remove("notes");
        onCluster.remove("notes");
        assertThat(counts(onCluster))
                .isEqualTo(counts(here))
                .containsEntry("imported", 1)
                .containsEntry("existing", 149);
        assertThat(members(there)).isEqualTo(members(local)).hasSize(300);
    }

    @Tag("nightly")
    @Test
    void whatEarlierRunsHaveLeftIsKnownThereAsItIsHere() throws IOException {
        String source =
                sandbox.putObject("again-" + suffix + ".csv", hostileRows().getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);
        run(local, source, "--on=machine");
        run(there, source, "--on=machine");

        assertThat(counts(summary(run(there, source, "--on=cluster"))))
                .isEqualTo(counts(summary(run(local, source, "--on=machine"))));
        assertSameTables(there, local);
    }

    @Tag("nightly")
    @Test
    void anExecutorThatIsKilledCostsNeitherRowsNorCounts() throws IOException {
        String source =
                sandbox.putObject("killed-" + suffix + ".csv", hostileRows().getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);
        Map<String, Object> here = summary(run(local, source, "--on=machine"));
        // those that were sent first are still being processed when their executor is lost
        sandbox.setting("processing-delay", 15_000);
        ConnectProcess process = ConnectProcess.start(settings(), arguments(there, source, "--on=cluster"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> there.inputs().size() > 100);

        sandbox.killExecutor(jobRun(process));
        sandbox.setting("processing-delay", 100);

        assertThat(counts(summary(process.waitFor()))).isEqualTo(counts(here));
        assertThat(members(there)).isEqualTo(members(local)).doesNotHaveDuplicates();
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

        sandbox.killExecutor(jobRun(process));

        assertThat(summary(process.waitFor())).containsEntry("imported", rows);
        assertThat(sandbox.calls("busiest-second:clarifai"))
                .as("requests within one second, at most")
                .isBetween(8L, 15L);
    }

    @Tag("nightly")
    @Test
    void theJobOfARunThatIsKilledIsTakenOverByTheNext() throws IOException {
        String source =
                sandbox.putObject("left-" + suffix + ".csv", hostileRows().getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);
        Map<String, Object> here = summary(run(local, source, "--on=machine"));
        List<String> before = staged();
        sandbox.setting("processing-delay", 15_000);
        ConnectProcess killed = ConnectProcess.start(withHistory(), arguments(there, source, "--on=cluster"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> there.inputs().size() > 100);
        String job = jobRun(killed);
        killed.kill();
        killed.waitFor();
        sandbox.execute("UPDATE main.default." + HISTORY + suffix + " SET renewed_at = renewed_at - INTERVAL 1 HOUR");

        ConnectProcess again = ConnectProcess.start(withHistory(), arguments(there, source, "--on=cluster"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> again.errSoFar()
                .contains("run " + job + " "));
        sandbox.setting("processing-delay", 100);

        assertThat(counts(summary(again.waitFor()))).isEqualTo(counts(here));
        assertThat(members(there)).isEqualTo(members(local)).doesNotHaveDuplicates();
        assertSameTables(there, local);
        assertNothingIsStagedBut(before);
    }

    @Tag("nightly")
    @Test
    void aDriverThatIsKilledFailsTheRunAndTheNextOneCompletesIt() throws IOException {
        String source =
                sandbox.putObject("driver-" + suffix + ".csv", hostileRows().getBytes(StandardCharsets.UTF_8));
        ClarifaiApp local = ClarifaiApp.create(sandbox, "here-" + suffix);
        ClarifaiApp there = ClarifaiApp.create(sandbox, "there-" + suffix);
        Map<String, Object> here = summary(run(local, source, "--on=machine"));
        List<String> before = staged();
        sandbox.setting("processing-delay", 15_000);
        ConnectProcess process = ConnectProcess.start(settings(), arguments(there, source, "--on=cluster"));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> there.inputs().size() > 100);

        sandbox.killDriver(jobRun(process));
        Result failed = process.waitFor();
        sandbox.setting("processing-delay", 100);

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("DRIVER_ERROR", "run it again: what is done is not repeated");
        assertNothingIsStagedBut(before);
        assertThat(counts(summary(run(there, source, "--on=cluster"))))
                .as("what the first had sent counts as sent by this one")
                .isEqualTo(counts(here));
        assertThat(members(there)).isEqualTo(members(local)).doesNotHaveDuplicates();
        assertSameTables(there, local);
    }

    /** @param before what other tests have left, whose runs were killed */
    private void assertNothingIsStagedBut(List<String> before) {
        assertThat(staged()).as("of the runs nothing is left but the jar").isSubsetOf(before);
    }

    private List<String> staged() {
        return Stream.concat(sandbox.listFolder("/Volumes/main/default/clarifai_staging").stream(), Stream.of("jars"))
                .toList();
    }

    private Path withHistory() {
        return sandbox.settingsWith(Map.of(
                "cluster.id",
                CLUSTER,
                "runs.history",
                "true",
                "runs.table",
                HISTORY + suffix,
                "runs.lease",
                "20 MINUTES"));
    }

    /** Its id, from the progress that names it. */
    private static String jobRun(ConnectProcess process) throws IOException {
        Matcher run = Pattern.compile("waitingFor\":\"run (\\d+) ").matcher(process.errSoFar());
        assertThat(run.find()).isTrue();
        return run.group(1);
    }

    @Test
    void aClusterThatTakesNoJarsIsRefusedBeforeAnythingIsMade() {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "refused-" + suffix);
        String source =
                sandbox.putObject("refused-" + suffix + ".csv", hostileRows().getBytes(StandardCharsets.UTF_8));
        Path settings = sandbox.settingsWith(Map.of("cluster.id", "0101-000000-stopped1"));

        Result refused = ConnectRun.run(settings, arguments(app, source, "--on=cluster"));

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out() + refused.err()).contains("USER_ISOLATION").contains("access mode Dedicated");
        assertThat(sandbox.tableExists(table(app))).isFalse();
        assertThat(ConnectRun.run(sandbox, arguments(app, source, "--on=cluster"))
                        .err())
                .contains("cluster.id");
    }

    private Result importVolume(String volume, ClarifaiApp app, String... more) {
        return importVolume(volume, table(app), app, more);
    }

    private Result importVolume(String volume, String table, ClarifaiApp app, String... more) {
        List<String> arguments = new ArrayList<>(List.of(VolumeImport.arguments(volume, table, app, more)));
        arguments.add("--json");
        return ConnectRun.run(settings(), arguments.toArray(String[]::new));
    }

    /** Why rows of a table of files are rejected, by the files. */
    private Map<Object, Object> reasons(ClarifaiApp app) {
        return sandbox
                .query("SELECT source_uri, status_message FROM " + table(app) + " WHERE status = 'REJECTED'")
                .stream()
                .collect(Collectors.toMap(row -> row.get("source_uri"), row -> row.get("status_message")));
    }

    private void assertSameFiles(ClarifaiApp one, ClarifaiApp other) {
        assertThat(files(one)).isEqualTo(files(other));
    }

    private List<Map<String, Object>> files(ClarifaiApp app) {
        return sandbox.query("SELECT input_id, image_info, input_metadata, concepts, dataset_id, user_id, status,"
                + " status_code, status_message, source_uri, source_size, source_modified_at FROM " + table(app)
                + " ORDER BY source_uri");
    }

    private String hostileRows() {
        StringBuilder csv = new StringBuilder("inputid,input,concepts,metadata,geopoints,annotations\n");
        for (int i = 0; i < 300; i++) {
            csv.append("row-" + i + "," + images + "/generated/" + i + ".jpg,\"cat, !dog\",,,\n");
        }
        return csv.append("marked," + images
                        + "/generated/1001.jpg,\"Ünïcode 'quoted' \"\"x\"\"\",\"{'k': \"\"o'hare\"\"}\",\"102,70\","
                        + "\"[{\"\"concepts\"\": [{\"\"id\"\": \"\"dog\"\"}]}]\"\n")
                .append("gone," + images + "/missing/1.jpg,,,,\n")
                .append("text," + images + "/text/1.jpg,,,,\n")
                .append("badmeta," + images + "/generated/1002.jpg,,{'a': ,,\n")
                .append("badgeo," + images + "/generated/1003.jpg,,,\"200,10\",\n")
                .append("not an id!," + images + "/generated/1004.jpg,,,,\n")
                .append("row-0," + images + "/generated/1005.jpg,,,,\n")
                .toString();
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
                "import", flow, source, "--json", "--table=" + table(app), "--app=" + app.id(), "--dataset=pictures"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String table(ClarifaiApp app) {
        return "main.default." + app.id().replace('-', '_');
    }

    private static List<String> members(ClarifaiApp app) {
        return app.datasetInputs("pictures").stream().map(Input::getId).sorted().toList();
    }

    /** @return what is asserted of the rejected rows */
    private ListAssert<Map<String, Object>> assertSameTables(ClarifaiApp one, ClarifaiApp other) {
        assertThat(tracked(one)).isEqualTo(tracked(other));
        return assertThat(rejects(one)).isEqualTo(rejects(other));
    }

    /** All columns but those that hold times, run ids and the app's own name and addresses. */
    private List<Map<String, Object>> tracked(ClarifaiApp app) {
        return sandbox.query("SELECT input_id, image_info, input_metadata, concepts, longitude, latitude, dataset_id,"
                + " status, status_code, status_message, source_uri FROM " + table(app) + " ORDER BY input_id");
    }

    private List<Map<String, Object>> rejects(ClarifaiApp app) {
        return sandbox.query("SELECT source_uri, input_id, dataset_id, status_code, status_message, raw FROM "
                + table(app) + "_rejects ORDER BY source_uri");
    }
}
