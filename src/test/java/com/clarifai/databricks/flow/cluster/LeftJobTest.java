package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.JobRunState;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.delta.TableSource;
import com.clarifai.databricks.flow.parameter.DeclaredParameters;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunHistory;
import com.clarifai.databricks.flow.run.RunInProgressException;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.flow.run.TableCopy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A job that goes on for a run whose process was killed. */
class LeftJobTest {

    private static final TableName TABLE = new TableName("main", "default", "inputs");
    private static final String STAGING = "/Volumes/main/default/clarifai_staging/";

    private final LeftJob left = new LeftJob();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void itsFolderIsTheOneOfItsTaskInTheStagingVolume() {
        assertThat(left.folder(
                        run("import-csv", "x"),
                        job("-v", "/Volumes/a/b/c/run-0/task.json", STAGING + "run-1/task.json"),
                        "clarifai_staging"))
                .isEqualTo(STAGING + "run-1");
    }

    @Test
    void oneThatIsNotOfThisStagingVolumeIsWaitedFor() {
        Run run = run("import-csv", "x");

        for (String parameter :
                List.of("/Volumes/a/b/c/run-1/task.json", STAGING + "run-1/other.json", STAGING + "a/b/task.json")) {
            assertThatThrownBy(() -> left.folder(run, job(parameter), "clarifai_staging"))
                    .as(parameter)
                    .isInstanceOf(RunInProgressException.class)
                    .hasMessageContaining("run 7 (job)")
                    .hasMessageContaining("none that was started with this staging volume");
        }
    }

    @Test
    void oneWhoseFilesAreGoneIsWaitedFor() {
        assertThatThrownBy(() -> left.requireStaged(job(), null))
                .isInstanceOf(RunInProgressException.class)
                .hasMessageContaining("has lost the files");
        assertThatCode(() -> left.requireStaged(job(), new VolumeFile("x", "x", 1, Instant.EPOCH, false)))
                .doesNotThrowAnyException();
    }

    @Test
    void aRunGoesOnWithWhatTheKilledOneHadCountedNotedAndStaged() {
        Run killed = run("import-csv", "x");
        killed.report(Count.READ, Count.REJECTED);
        killed.add(Count.READ, 10);
        killed.add(Count.REJECTED, 2);
        killed.notes().readAs("UTF-8, comma");
        killed.notes().warn("odd", "a.csv");
        killed.notes().transferBy("signed addresses");
        killed.notes().incomplete("a.csv is cut off");
        killed.readThrough(TableCopy.of(TableSource.parse("a.b.c", null), new TableName("main", "default", "copy_1")));

        Run next = run("import-csv", "x");
        next.add(Count.READ, 3);
        next.notes().transferBy("signed addresses");
        next.readThrough(TableCopy.of(TableSource.parse("a.b.c", null), new TableName("main", "default", "copy_2")));
        left.takeOver(exchange, next, job(), STAGING + "run-1", left.soFar(killed, 12L));

        assertThat(next.get(Count.READ)).isEqualTo(10);
        assertThat(next.summary()).containsEntry("rejected", 2L).doesNotContainKey("imported");
        assertThat(next.notes().readAs()).containsEntry("UTF-8, comma", 1L);
        assertThat(next.notes().lines())
                .containsExactly("transfer: signed addresses", "read as: UTF-8, comma", "warning: odd: a.csv");
        assertThat(next.notes().incomplete()).isEqualTo("a.csv is cut off");
        assertThat(next.staging().folder()).isEqualTo(STAGING + "run-1");
        assertThat(next.copy().table()).isEqualTo(new TableName("main", "default", "copy_1"));
        assertThat(next.startedAt()).isEqualTo(killed.startedAt());
        assertThat(exchange.getVariable("counted")).isEqualTo(12L);
        assertThat(exchange.getVariable("left")).isEqualTo(true);

        Run another = run("import-csv", "x");
        another.readThrough(next.copy());
        left.takeOver(exchange, another, job(), STAGING + "run-1", left.soFar(killed, null));
        assertThat(another.notes().lines()).contains("transfer: signed addresses");
    }

    @Test
    void aRunOfFilesHasNoCopyToGoOnWith() {
        Run next = run("import-csv", "x");

        left.takeOver(exchange, next, job(), STAGING + "run-1", left.soFar(run("import-csv", "x"), null));

        assertThat(next.copy()).isNull();
        assertThat(exchange.getVariable("counted")).isEqualTo(0L);
        assertThat(next.notes().incomplete()).isNull();
    }

    @Test
    void oneThatWasAskedForSomethingElseIsWaitedFor() {
        Run killed = run("import-csv", "x");

        assertThatThrownBy(() -> left.takeOver(
                        exchange, run("import-csv", "y"), job(), STAGING + "run-1", left.soFar(killed, null)))
                .isInstanceOf(RunInProgressException.class)
                .hasMessageContaining("has other parameters, {\"source\":\"x\"}");
    }

    @Test
    void whatAnotherVersionHasWrittenDownIsNotUnderstoodAndItsJobWaitedFor() {
        assertThatThrownBy(() -> left.takeOver(
                        exchange,
                        run("import-csv", "x"),
                        job(),
                        STAGING + "run-1",
                        "{\"other\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(RunInProgressException.class)
                .hasMessageContaining("another version");
    }

    @Test
    void whatAJobHasDoneIsTakenOverWhereTheSameIsAskedFor() {
        Run killed = run("import-csv", "x");
        killed.add(Count.READ, 10);
        Run next = run("import-csv", "x");

        left.takeOverDone(exchange, next, STAGING + "run-1", left.soFar(killed, null));

        assertThat(next.get(Count.READ)).isEqualTo(10);
        assertThat(next.staging().folder()).isEqualTo(STAGING + "run-1");
        assertThat(exchange.getVariable("left")).isEqualTo(true);
    }

    @Test
    void whatAJobHasDoneForSomethingElseOrByAnotherVersionIsLeftAlone() {
        Run next = run("import-csv", "y");

        left.takeOverDone(exchange, next, STAGING + "run-1", left.soFar(run("import-csv", "x"), null));
        left.takeOverDone(exchange, next, STAGING + "run-1", "{\"other\":".getBytes(StandardCharsets.UTF_8));

        assertThat(next.staging()).isNull();
        assertThat(exchange.getVariable("left")).isNull();
    }

    @Test
    void theFolderOfAKilledRunHasItsId() {
        Run next = run("import-csv", "x");

        assertThat(left.folderOfKilled(next, List.of(Map.of("run_id", "run-1")), "clarifai_staging"))
                .isEqualTo(STAGING + "run-1");
        assertThat(left.folderOfKilled(next, List.of(), "clarifai_staging")).isNull();
    }

    /** What was changed while another process had the run read may have been passed. */
    @Test
    void nothingLaterThanTheBeginningOfTheKilledRunIsKnownToBeRead() {
        Run killed = run("import-csv", "x");
        Run next = run("import-csv", "x");
        left.takeOver(exchange, next, job(), STAGING + "run-1", left.soFar(killed, null));

        next.sawChange(killed.startedAt().minusSeconds(1));
        assertThat(next.latestChange()).isEqualTo(killed.startedAt().minusSeconds(1));
        next.sawChange(killed.startedAt().plusSeconds(1));
        assertThat(next.latestChange()).isEqualTo(killed.startedAt());
    }

    @Test
    void aRunOnThisMachineIsRefusedBesideIt() {
        assertThatCode(() -> left.refuseBeside(null)).doesNotThrowAnyException();
        assertThatThrownBy(() -> left.refuseBeside(job()))
                .isInstanceOf(RunInProgressException.class)
                .hasMessageContaining("run 7 (job)")
                .hasMessageContaining("takes it over");
    }

    /** A run whose history has its parameters, as {@code source}. */
    private static Run run(String flow, String source) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("declared", declared(flow));
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader("source", source);
        Run run = Run.open(flow);
        run.workOn(RunTables.ofImport(TABLE));
        RunHistory history = new RunHistory();
        history.setEnabled(false);
        history.begin(exchange, run, "app", "dataset", false);
        return run;
    }

    private static DeclaredParameters declared(String flow) {
        DeclaredParameters declared = new DeclaredParameters();
        declared.setFlow(flow);
        declared.setRequired("source");
        return declared;
    }

    private static JobRunState job(String... parameters) {
        return new JobRunState(7, 8, "job", null, "RUNNING", null, null, "", List.of(parameters));
    }
}
