package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.counts;
import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ClusterFlow.Kind;
import com.clarifai.databricks.it.ClusterFlow.Place;
import com.clarifai.databricks.it.ConnectProcess.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every flow with {@code --on cluster}, of which something is killed in the middle, ends in the same dataset, tables and counts as
 * on this machine without a disturbance.
 */
@Tag("nightly")
class KilledOnClusterIT {

    private static final String HISTORY = "_runs_killed_on_cluster_";

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    /** The batches are small so that a job has many requests to make of a dataset. */
    private final Path settings = sandbox.settingsWith(Map.of(
            "cluster.id",
            "0101-000000-running1",
            "export.batch-size",
            "4",
            "runs.history",
            "true",
            "runs.table",
            HISTORY + suffix,
            "runs.lease",
            "20 MINUTES"));

    private ClusterFlow flow;
    private Map<String, Object> here;
    private List<String> before;

    @AfterEach
    void usualSandbox() {
        sandbox.setting("processing-delay", 100);
        sandbox.clearFaults();
    }

    @ParameterizedTest
    @EnumSource
    void anExecutorThatIsKilledCostsNothing(Kind kind) throws IOException {
        ConnectProcess process = underWay(kind);

        sandbox.killExecutor(process.jobRun());
        usualSandbox();

        assertEndsAsHere(process.waitFor());
    }

    @ParameterizedTest
    @EnumSource
    void aDriverThatIsKilledFailsTheRunAndTheNextOneCompletesIt(Kind kind) throws IOException {
        ConnectProcess process = underWay(kind);

        sandbox.killDriver(process.jobRun());
        Result failed = process.waitFor();
        usualSandbox();

        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("DRIVER_ERROR", "run it again: what is done is not repeated");
        assertNothingIsStaged();
        assertEndsAsHere(ConnectRun.run(settings, flow.commandLine(Place.THERE)));
    }

    @ParameterizedTest
    @EnumSource
    void theJobOfAnApplicationThatIsKilledIsTakenOverByTheNext(Kind kind) throws IOException {
        String job = jobOfKilled(kind);
        letLockLapse();

        ConnectProcess again = ConnectProcess.start(settings, flow.commandLine(Place.THERE));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> again.errSoFar()
                .contains("run " + job + " "));
        usualSandbox();

        assertEndsAsHere(again.waitFor());
    }

    @ParameterizedTest
    @EnumSource
    void whatAJobHasDoneWhileNobodyWaitedForItIsTakenOverByTheNext(Kind kind) throws IOException {
        String job = jobOfKilled(kind);
        usualSandbox();
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> sandbox.jobState(job)
                .equals("TERMINATED"));
        letLockLapse();
        sandbox.clearCalls();

        assertEndsAsHere(ConnectRun.run(settings, flow.commandLine(Place.THERE)));
        assertThat(sandbox.calls("jobs:submit")).isZero();
    }

    @Test
    void imagesOverWhichAnApplicationIsKilledAreCompletedByTheNextWithoutAJob() throws IOException {
        begin(Kind.EXPORT);
        sandbox.clearCalls();
        sandbox.fault("data:GET=delay:200");
        ConnectProcess killed = ConnectProcess.start(settings, flow.commandLine(Place.THERE));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .failFast("it ended before it could be killed", () -> !killed.isAlive())
                .until(() -> sandbox.calls("data:GET") > 20);
        killed.kill();
        killed.waitFor();
        usualSandbox();
        letLockLapse();
        sandbox.clearCalls();

        Map<String, Object> there = summary(ConnectRun.run(settings, flow.commandLine(Place.THERE)));

        assertThat(sandbox.calls("jobs:submit")).isZero();
        assertThat((int) there.get("imagesExisting")).isPositive();
        there.merge("images", there.put("imagesExisting", 0), (one, other) -> (int) one + (int) other);
        assertThat(comparable(there)).isEqualTo(comparable(here));
        assertThat(flow.end(Place.THERE)).isEqualTo(flow.end(Place.HERE));
        assertNothingIsStaged();
    }

    /** A run on the cluster whose job has done some of its work, behind the same on this machine. */
    private ConnectProcess underWay(Kind kind) throws IOException {
        begin(kind);
        flow.slowDown();
        ConnectProcess process = ConnectProcess.start(settings, flow.commandLine(Place.THERE));
        Awaitility.await().atMost(Duration.ofMinutes(2)).until(flow::isUnderWay);
        return process;
    }

    /** The id of the run of a job that is at work, and whose application was killed. */
    private String jobOfKilled(Kind kind) throws IOException {
        ConnectProcess killed = underWay(kind);
        String job = killed.jobRun();
        killed.kill();
        killed.waitFor();
        return job;
    }

    /** The same on this machine. */
    private void begin(Kind kind) throws IOException {
        flow = kind.in(sandbox);
        flow.prepare(suffix, settings);
        here = summary(ConnectRun.run(settings, flow.commandLine(Place.HERE)));
        before = staged();
    }

    private void assertEndsAsHere(Result there) throws IOException {
        assertThat(comparable(summary(there))).isEqualTo(comparable(here));
        assertThat(flow.end(Place.THERE)).isEqualTo(flow.end(Place.HERE));
        assertNothingIsStaged();
    }

    /** All but how pictures got there. */
    private static Map<String, Object> comparable(Map<String, Object> summary) {
        if (summary.get("notes") instanceof List<?> notes) {
            List<?> others = notes.stream()
                    .filter(note -> !note.toString().startsWith("transfer: "))
                    .toList();
            summary.put("notes", others);
        }
        return counts(summary);
    }

    private void letLockLapse() {
        sandbox.execute("UPDATE main.default." + HISTORY + suffix + " SET renewed_at = renewed_at - INTERVAL 1 HOUR"
                + " WHERE outcome = 'RUNNING'");
    }

    private void assertNothingIsStaged() {
        assertThat(staged()).as("of the runs nothing is left but the jar").isSubsetOf(before);
    }

    private List<String> staged() {
        return Stream.concat(sandbox.listFolder("/Volumes/main/default/clarifai_staging").stream(), Stream.of("jars"))
                .toList();
    }
}
