package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.Tally;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.model.WaitListener.Wait;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final Run run = Run.open("import-volume");
    private final Tally tally = new Tally();

    private static List<Integer> batch(int size) {
        return Collections.nCopies(size, 1);
    }

    @Test
    void an_import_of_a_volume_counts_files_and_then_what_is_planned() {
        assertThat(run.progress().line()).isEqualTo("Checking what can be checked");

        Exchange files = new DefaultExchange(new DefaultCamelContext());
        tally.read(files, run, batch(612));
        assertThat(run.progress().line()).isEqualTo("Listing the source: 612 files");

        tally.planning(run);
        assertThat(run.progress().figures()).isEmpty();

        tally.planned(
                files, run, 612, List.of(Map.of("pending", 600, "existing", 10, "rejected", 2, "planned_at", 7L)));
        tally.uploaded(run, batch(128));
        assertThat(run.progress().line()).as("others may be listed yet").isEqualTo("Uploading to Clarifai: 128 inputs");

        run.expect(600);
        assertThat(run.progress().line()).isEqualTo("Uploading to Clarifai: 128 of 600 inputs");
    }

    @Test
    void how_many_rows_a_file_has_is_not_made_up() {
        tally.readPage(new DefaultExchange(new DefaultCamelContext()), run, batch(100));
        tally.kept(run, 100, batch(100));
        tally.uploaded(run, batch(40));

        assertThat(run.progress().of()).isZero();
        assertThat(run.progress().line()).isEqualTo("Uploading to Clarifai: 40 inputs");
    }

    @Test
    void the_inputs_of_a_dataset_are_counted_by_clarifai_unless_only_changed_ones_are_read() {
        run.read(new DatasetRead(IfExists.merge, true, Deletes.ignore));
        tally.reading(run, 1_000L, true);
        tally.readInputs(run, List.of(Map.of(), Map.of()));
        assertThat(run.progress().line()).isEqualTo("Reading the dataset: 2 of 1,000 inputs");

        run.dataset().readSince(java.time.Instant.EPOCH);
        tally.reading(run, 1_000L, true);
        assertThat(run.progress().of()).isZero();
        tally.reading(run, null, false);
        assertThat(run.progress().of()).isZero();
    }

    @Test
    void what_is_waited_for_is_named_until_it_is_over() {
        run.waitsFor(new Wait("warehouse w (Shared) to start (STARTING)"));
        assertThat(run.progress().line())
                .isEqualTo("Checking what can be checked; waiting for warehouse w (Shared) to start (STARTING)");

        run.waitsFor(new Wait("Clarifai to process the inputs", 512, 612));
        assertThat(run.progress().toMap())
                .containsEntry("waitingFor", "Clarifai to process the inputs: 512 of 612")
                .containsEntry("phase", "CHECKING")
                .containsEntry("of", null);

        run.waitsFor(null);
        assertThat(run.progress().toMap()).containsEntry("waitingFor", null);

        run.waitsFor(new Wait("a table to be written"));
        run.enter(Phase.WRITING);
        assertThat(run.progress().waitingFor()).as("of another phase").isNull();
    }

    @Test
    void a_dry_run_says_that_it_uploads_nothing() {
        run.tryOnly();
        tally.readPage(new DefaultExchange(new DefaultCamelContext()), run, batch(3));

        assertThat(run.progress().line()).isEqualTo("Finding out what would be uploaded");

        tally.wouldEnd(run, List.of(new java.util.HashMap<>(), new java.util.HashMap<>()));
        assertThat(run.progress().figures()).isEqualTo("2 inputs");
    }

    @Test
    void rate_and_time_left_are_told_in_words_and_in_numbers() {
        Progress progress = new Progress(
                Phase.UPLOADING,
                "Uploading",
                Duration.ofSeconds(50),
                512,
                612,
                "inputs",
                10.24,
                Duration.ofSeconds(70),
                null);

        assertThat(progress.figures()).isEqualTo("512 of 612 inputs, 10/s, 1m10s left");
        assertThat(progress.toMap())
                .containsEntry("done", 512L)
                .containsEntry("of", 612L)
                .containsEntry("perSecond", 10.2)
                .containsEntry("secondsLeft", 70L);
    }
}
