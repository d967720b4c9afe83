package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Input;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** An import that is killed or stopped in the middle and repeated ends as one that nobody disturbed. */
@TestInstance(Lifecycle.PER_CLASS)
class KilledImportIT {

    private static final int IMAGES = 100;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final String volume = "killed_" + suffix;

    private Sandbox sandbox;
    private ClarifaiApp undisturbed;

    @BeforeAll
    void undisturbedRun() {
        sandbox = Sandbox.shared();
        sandbox.createVolume("main.default." + volume);
        sandbox.writeCorpus("main.default." + volume, IMAGES);
        undisturbed = ClarifaiApp.create(sandbox, "undisturbed-" + suffix);
        Result result = ConnectRun.run(sandbox, arguments(undisturbed));
        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @AfterEach
    void fullSpeed() {
        sandbox.setting("processing-delay", 100);
        sandbox.clearFaults();
    }

    @Tag("nightly")
    @Test
    void killedWhileUploading() {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "killed-uploading-" + suffix);
        // the second batch is under way until the run is killed
        sandbox.fault("clarifai:PostInputs=delay:600000,after=1");
        ConnectProcess run = startSlowly(app);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !app.inputs()
                .isEmpty());

        run.kill();

        assertThat(run.waitFor().exitCode()).isNotZero();
        assertThat(app.inputs()).hasSizeLessThan(undisturbed.inputs().size());
        sandbox.clearFaults();
        assertRepeatedRunEndsAsUndisturbed(app);
    }

    @Test
    void killedWhileClarifaiProcessesWhatItHasSent() {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "killed-processing-" + suffix);
        sandbox.setting("processing-delay", 8_000);
        ConnectProcess run = startSlowly(app);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> app.inputs().size() >= IMAGES / 3);

        run.kill();
        run.waitFor();
        sandbox.setting("processing-delay", 100);

        Result repeated = assertRepeatedRunEndsAsUndisturbed(app);
        assertThat(repeated.out()).as("what it had sent is its own").contains("\"existing\":0,");
    }

    @Tag("nightly")
    @Test
    void killedWhilePlanning() {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "killed-planning-" + suffix);
        sandbox.clearCalls();
        sandbox.fault("sql:statements=delay:1500");
        ConnectProcess run = startSlowly(app);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sandbox.calls("files:PUT") > 0);

        run.kill();

        assertThat(run.waitFor().exitCode()).isNotZero();
        sandbox.clearFaults();
        assertRepeatedRunEndsAsUndisturbed(app);
    }

    @Test
    void stoppedBySignalFinishesTheBatchesInHand() {
        ClarifaiApp app = ClarifaiApp.create(sandbox, "stopped-" + suffix);
        // the second batch is in hand when the run is stopped
        sandbox.fault("clarifai:PostInputs=delay:5000,after=1,times=1");
        ConnectProcess run = startSlowly(app);
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> !app.inputs()
                .isEmpty());

        run.terminate();

        Result result = run.waitFor();
        assertThat(result.exitCode()).isEqualTo(143);
        assertThat(result.err()).contains("run it again");
        sandbox.clearFaults();
        assertRepeatedRunEndsAsUndisturbed(app);
    }

    /** Batch after batch, so that some are left when it is stopped. */
    private ConnectProcess startSlowly(ClarifaiApp app) {
        Path settings = sandbox.settingsWith(Map.of("import.parallel-batches", "1", "import.batch-size", "40"));
        return ConnectProcess.start(settings, arguments(app));
    }

    private Result assertRepeatedRunEndsAsUndisturbed(ClarifaiApp app) {
        Result result = ConnectRun.run(sandbox, arguments(app, "--json"));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(app.datasetInputs("pictures"))
                .extracting(Input::getId)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(undisturbed.datasetInputs("pictures").stream()
                        .map(Input::getId)
                        .toList());
        assertThat(app.inputs()).hasSameSizeAs(undisturbed.inputs());
        assertThat(table(app)).isEqualTo(table(undisturbed));
        return result;
    }

    /** All columns but those that hold times, run ids and the app's own name and addresses. */
    private List<Map<String, Object>> table(ClarifaiApp app) {
        return sandbox.query("SELECT input_id, image_info, input_metadata, concepts, dataset_id, status, status_code,"
                + " status_message, source_uri, source_size, source_modified_at, deleted_at FROM main.default."
                + tableName(app) + " ORDER BY input_id");
    }

    private static String tableName(ClarifaiApp app) {
        return app.id().replace('-', '_');
    }

    private String[] arguments(ClarifaiApp app, String... more) {
        return VolumeImport.arguments(
                volume,
                tableName(app),
                app,
                Stream.concat(Stream.of("--label-from-folder"), Stream.of(more)).toArray(String[]::new));
    }
}
