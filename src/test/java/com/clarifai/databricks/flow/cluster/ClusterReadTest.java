package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.ImageFolder;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunInterruptedException;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.job.ReadOutcome;
import com.clarifai.databricks.job.ReadTask;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an export or update gives to a job that reads its dataset, and takes from it. */
class ClusterReadTest {

    private static final String FOLDER = "/Volumes/main/default/staging/run-1";
    private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00Z");

    private final ClusterRead read = new ClusterRead();
    private final Run run = new Run("run-1", "update-tables");
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @BeforeEach
    void update() {
        run.read(new DatasetRead(IfExists.merge, true, Deletes.mark));
        run.dataset().select("{}");
        run.stageIn(new Staging(FOLDER, null));
        read.setBaseUrl("https://api.clarifai.com");
        read.setRequestsPerSecond(15);
        read.setBatchSize(128);
        read.setSecretScope("clarifai");
        read.setSecretKeys("pat");
        exchange.getMessage()
                .setHeaders(Map.of("app", "app", "dataset", "pictures", ClarifaiConstants.USER_ID, "jane"));
    }

    @Test
    void theTaskSaysWhatToReadAndSinceWhen() {
        run.dataset().readSince(SINCE);

        ReadTask task = ReadTask.parse(read.task(exchange, run, true));

        assertThat(task.folder()).isEqualTo(FOLDER);
        assertThat(task.outcome()).isEqualTo(FOLDER + "/outcome.json");
        assertThat(task.app()).isEqualTo("app");
        assertThat(task.dataset()).isEqualTo("pictures");
        assertThat(task.user()).isEqualTo("jane");
        assertThat(task.baseUrl()).isEqualTo("https://api.clarifai.com");
        assertThat(task.requestsPerSecond()).isEqualTo(15);
        assertThat(task.batchSize()).isEqualTo(128);
        assertThat(task.since()).isEqualTo(SINCE);
        assertThat(task.known()).isEqualTo(FOLDER + "/known/rows.json.gz");
        assertThat(task.search()).isTrue();
        assertThat(task.keys()).isTrue();
        assertThat(task.secretScope()).isEqualTo("clarifai");
        assertThat(task.secretKeys()).isEqualTo(List.of("pat"));
    }

    @Test
    void nothingIsComparedWithTablesThatCannotTellOrWhenAllIsRead() {
        assertThat(ReadTask.parse(read.task(exchange, run, null)).known()).isNull();
        run.dataset().readSince(SINCE);
        run.dataset().compareNone();

        ReadTask task = ReadTask.parse(read.task(exchange, run, null));

        assertThat(task.known()).isNull();
        assertThat(task.search()).isFalse();
        run.dataset().missSome();
        assertThat(ReadTask.parse(read.task(exchange, run, null)).keys()).isFalse();
    }

    @Test
    void inputsWhoseImagesAreExportedAreNotStagedByTheJob() {
        assertThat(ReadTask.parse(read.task(exchange, run, null)).inputsFolder())
                .isEqualTo("inputs");
        byte[] outcome = new ReadOutcome(10, 20, 1, 3, SINCE, false).json();
        assertThat(read.hasImages(run, outcome)).isFalse();
        run.dataset().writeImages(new ImageFolder("/Volumes/main/default/pictures", null, false));

        read.ended(run, outcome, "SUCCESS");

        assertThat(ReadTask.parse(read.task(exchange, run, null)).inputsFolder())
                .isEqualTo("read/inputs");
        assertThat(run.get(Count.STAGED)).isEqualTo(3);
        assertThat(run.dataset().hasStaged(TableKind.inputs)).isFalse();
        assertThat(read.hasImages(run, outcome)).isTrue();
        assertThat(read.hasImages(run, read.nothingYet())).isFalse();
    }

    @Test
    void whatTheJobHasReadAndStagedIsCounted() {
        read.ended(run, new ReadOutcome(10, 20, 1, 3, SINCE, false).json(), "SUCCESS");

        assertThat(run.get(Count.INPUTS)).isEqualTo(10);
        assertThat(run.get(Count.ANNOTATIONS)).isEqualTo(20);
        assertThat(run.get(Count.STAGED)).isEqualTo(4);
        assertThat(run.latestChange()).isEqualTo(SINCE);
        assertThat(run.dataset().hasStaged(TableKind.inputs)).isTrue();
        assertThat(run.dataset().hasStaged(TableKind.annotations)).isTrue();
        assertThat(run.dataset().selection()).isEqualTo("{}");
    }

    @Test
    void aJobThatHasStagedNothingLeavesTheTablesAlone() {
        read.ended(run, read.nothingYet(), null);

        assertThat(run.get(Count.INPUTS)).isZero();
        assertThat(run.dataset().hasStaged(TableKind.inputs)).isFalse();
        assertThat(run.dataset().hasStaged(TableKind.annotations)).isFalse();
    }

    /** What was not read must not be taken for deleted. */
    @Test
    void aJobThatHasReadOnlyAPartDoesNotForget() {
        read.ended(run, new ReadOutcome(10, 20, 0, 0, SINCE, true).json(), "SUCCESS");

        assertThat(run.dataset().isForgetting()).isFalse();
        assertThat(run.dataset().selection()).isNull();
    }

    @Test
    void aJobThatWasCancelledInterruptsTheRun() {
        assertThatThrownBy(() -> read.ended(run, read.nothingYet(), "CANCELED"))
                .isInstanceOf(RunInterruptedException.class)
                .hasMessageContaining("somebody has cancelled its job");
    }
}
