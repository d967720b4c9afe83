package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.run.Progress;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

    private static Progress at(long done, long of) {
        return new Progress(Phase.UPLOADING, "Uploading", Duration.ofSeconds(7), done, of, "inputs", null, null, null);
    }

    @Test
    void theBarMovesWithWhatIsDone() {
        assertThat(ProgressDisplay.rendered(at(306, 612), 200))
                .isEqualTo("[##########..........] Uploading: 306 of 612 inputs");
        assertThat(ProgressDisplay.rendered(at(612, 612), 200)).startsWith("[####################] ");
    }

    @Test
    void withoutATotalTimeMovesInstead() {
        assertThat(ProgressDisplay.rendered(at(3, 0), 200)).isEqualTo("7s Uploading: 3 inputs");
    }

    @Test
    void itIsNeverLongerThanALine() {
        assertThat(ProgressDisplay.rendered(at(1, 2), 30)).hasSize(30);
    }

    @Test
    void programsGetTheSameAsAnObject() throws Exception {
        Run run = Run.open("export-annotations");

        JsonNode line = new ObjectMapper().readTree(ProgressDisplay.line(run, true));

        assertThat(line.path("runId").asText()).isEqualTo(run.id());
        assertThat(line.at("/progress/phase").asText()).isEqualTo("CHECKING");
        assertThat(line.at("/progress").has("waitingFor")).isTrue();
        assertThat(ProgressDisplay.line(run, false)).isEqualTo("Checking what can be checked");
    }
}
