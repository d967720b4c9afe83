package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.clarifai.databricks.flow.Run.Count;
import com.clarifai.databricks.flow.Run.Phase;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Run run = Runs.open("import-volume");
    private final Tally tally = new Tally();

    @Test
    void a_summary_names_what_the_flow_reports() {
        run.add(Count.REJECTED, 2);
        run.report(Count.READ, Count.REJECTED);

        assertThat(run.summary())
                .containsOnlyKeys("runId", "flow", "read", "rejected", "seconds")
                .containsEntry("rejected", 2L);
    }

    @Test
    void a_summary_of_a_flow_with_labels_names_updates_and_annotations_too() {
        tally.labels(run);
        tally.annotated(run, 5, 2);

        assertThat(run.summary())
                .containsEntry("updated", 0L)
                .containsEntry("annotations", 5L)
                .containsEntry("rejectedAnnotations", 2L);
    }

    @Test
    void every_outcome_counts_as_an_end_and_annotations_do_not() {
        List<Map<String, Object>> rows = Stream.of(Outcome.values())
                .map(outcome -> Map.<String, Object>of(InputColumns.OUTCOME, outcome.name()))
                .toList();
        tally.read(run, rows);
        tally.annotated(run, 7, 7);
        assertThatIllegalStateException().isThrownBy(() -> tally.complete(run));

        tally.ended(run, rows);
        tally.complete(run);

        assertThat(run.get(Count.UPDATED)).isEqualTo(1);
        assertThat(run.phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void a_summary_names_inputs_in_unknown_states_only_where_there_are_some() {
        run.report(Count.READ);
        tally.ended(run, List.of(Map.of(InputColumns.OUTCOME, "EXISTING")));
        assertThat(run.summary()).doesNotContainKey("unknown");

        tally.ended(run, List.of(Map.of(InputColumns.OUTCOME, "UNKNOWN", InputColumns.STATUS_CODE, 30777)));
        assertThat(run.summary()).containsEntry("unknown", 1L);
    }
}
