package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.OnExisting;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunInterruptedException;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.job.JobOutcome;
import com.clarifai.databricks.job.JobTask;
import com.clarifai.databricks.model.ImageLimits;
import com.clarifai.databricks.model.InputColumns;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a run gives to a job, and takes from it. */
class ClusterWorkTest {

    private static final String FOLDER = "/Volumes/main/default/staging/run-1";

    private final ClusterWork work = new ClusterWork();
    private final Run run = new Run("run-1", "import-csv");

    @BeforeEach
    void importOfRows() {
        run.workOn(RunTables.ofImport(new TableName("main", "default", "inputs")));
        run.stageIn(new Staging(FOLDER, null));
        work.setBaseUrl("https://api.clarifai.com");
        work.setRequestsPerSecond(15);
        work.setBatchSize(128);
        work.setBatchBytes(1_000);
        work.setParallelBatches(3);
        work.setSecretScope("clarifai");
        work.setSecretKeys("pat , token");
    }

    @Test
    void filesThatSparkHidesAreNotLeftToTheCluster() {
        List<Map<String, Object>> rows = Stream.of("a.jpg", "_b.jpg", "_folder/c.jpg", ".d.jpg", "e_f.jpg")
                .map(name -> Map.<String, Object>of(InputColumns.SOURCE_URI, "/Volumes/main/default/photos/" + name))
                .toList();

        assertThat(work.readable(rows))
                .extracting(row -> row.get(InputColumns.SOURCE_URI).toString().substring(29))
                .containsExactly("a.jpg", "_folder/c.jpg", "e_f.jpg");
    }

    @Test
    void aJobIsFoundAgainByFlowTableAppAndDataset() {
        assertThat(work.name(run, "app", "pictures"))
                .isEqualTo("databricks-connect import-csv main.default.inputs app/pictures");
    }

    @Test
    void itsStatementsReadTheStagedRowsAsAViewAndHaveTheirParametersInThem() {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.setVariable(Run.VARIABLE, run);
        exchange.setVariable("odd", "it's a \\ $1");

        assertThat(work.statement(
                        exchange,
                        run,
                        "rows/wave",
                        "SELECT :?runId, :?odd, :?nothing FROM text.`" + FOLDER + "/rows/wave.json.gz`"))
                .isEqualTo("SELECT 'run-1', 'it\\'s a \\\\ $1', NULL FROM clarifai_staged_rows");
    }

    @Test
    void theTaskHasTheSettingsAndWhatTheRunWasAskedFor() {
        run.readFolder("/Volumes/main/default/photos/");
        run.noteEarlier(true, false);

        JobTask task = JobTask.parse(
                work.task(run, "app", "pictures", "jane", OnExisting.OVERWRITE, true, true, "e", "c", "n", "t", "r"));

        assertThat(task)
                .isEqualTo(new JobTask(
                        FOLDER + "/rows",
                        FOLDER + "/ended",
                        FOLDER + "/outcome.json",
                        "app",
                        "pictures",
                        "jane",
                        "https://api.clarifai.com",
                        15,
                        128,
                        1_000,
                        3,
                        true,
                        "OVERWRITE",
                        true,
                        false,
                        true,
                        "clarifai",
                        List.of("pat", "token"),
                        new JobTask.Pictures(ImageLimits.MAX_BYTES),
                        new JobTask.Statements("e", "c", "n", "t", "r")));
    }

    @Test
    void whatIsNotAskedForIsNotDoneAndRowsHaveNoPictures() {
        JobTask task =
                JobTask.parse(work.task(run, "app", "pictures", null, null, null, null, "e", "c", "n", "t", "r"));

        assertThat(task.onExisting()).isEqualTo("SKIP");
        assertThat(task.verify()).isFalse();
        assertThat(task.allowDuplicateUrl()).isFalse();
        assertThat(task.knowsRows()).isFalse();
        assertThat(task.knowsRejects()).isFalse();
        assertThat(task.pictures()).isNull();
    }

    @Test
    void thereIsNothingToDoForAJobWithoutRowsUnlessOneIsAtWorkAlready() {
        assertThat(work.hasRows(run, null)).isFalse();
        assertThat(work.hasRows(run, false)).isFalse();
        assertThat(work.hasRows(run, true)).isTrue();
        run.planMore(1);
        assertThat(work.hasRows(run, null)).isTrue();
        assertThat(work.stagedBy(run)).isEqualTo("run-1");
    }

    @Test
    void rowsThatCannotBeStagedInFilesHaveNoWayToAJob() {
        assertThatCode(() -> work.requireFiles(run)).doesNotThrowAnyException();
        run.stageIn(new Staging(FOLDER, new TableName("main", "default", "staging")));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> work.requireFiles(run))
                .withMessageContaining(FOLDER + " cannot be")
                .withMessageContaining("staging.volume");
    }

    @Test
    void whatTheJobHasDoneIsCountedByItsEnd() {
        run.report(Count.READ);
        JobOutcome outcome =
                new JobOutcome(11, Map.of("IMPORTED", 5L, "UPDATED", 1L, "EXISTING", 2L, "REJECTED", 3L), 7, 4);

        work.ended(run, outcome.json(), "SUCCESS");

        assertThat(run.get(Count.IMPORTED)).isEqualTo(5);
        assertThat(run.get(Count.UPDATED)).isEqualTo(1);
        assertThat(run.get(Count.EXISTING)).isEqualTo(2);
        assertThat(run.get(Count.REJECTED)).isEqualTo(3);
        assertThat(run.get(Count.ANNOTATIONS)).isEqualTo(7);
        assertThat(run.get(Count.REJECTED_ANNOTATIONS)).isEqualTo(4);
        assertThat(run.uploaded()).isEqualTo(11);
        assertThat(run.summary()).doesNotContainKey("unknown");
    }

    @Test
    void inputsInUnknownStatesAreToldWhereThereAreSomeAndNothingIsCountedBeforeTheJobHasWritten() {
        work.ended(run, work.nothingYet(), null);
        assertThat(run.summary()).doesNotContainKey("unknown");
        assertThat(run.uploaded()).isZero();

        work.ended(run, new JobOutcome(2, Map.of("UNKNOWN", 2L), 0, 0).json(), "SUCCESS");
        assertThat(run.summary()).containsEntry("unknown", 2L);
    }

    @ParameterizedTest
    @CsvSource({"false, somebody has cancelled its job", "true, "})
    void aJobThatWasCancelledInterruptsTheRunAndWhatItHadDoneCounts(boolean here, String why) {
        if (here) {
            run.cancel();
        }

        assertThatThrownBy(() -> work.ended(run, new JobOutcome(1, Map.of("IMPORTED", 1L), 0, 0).json(), "CANCELED"))
                .isInstanceOf(RunInterruptedException.class)
                .satisfies(e -> {
                    if (why != null) {
                        assertThat(e).hasMessageContaining(why);
                    } else {
                        assertThat(e).hasMessageNotContaining("somebody");
                    }
                });
        assertThat(run.get(Count.IMPORTED)).isEqualTo(1);
    }
}
