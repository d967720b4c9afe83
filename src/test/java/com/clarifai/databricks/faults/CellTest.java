package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the fault suite takes for a fault. */
class CellTest {

    private static final List<String> ROWS = List.of("row a", "row b", "row b", "annotation of a");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theSameLinesInAnyOrderAreWell() {
        Cell cell = cell(summary(3, 2, 1), List.of("row b", "annotation of a", "row b", "row a"), 0);

        assertThat(cell.well()).isTrue();
        assertThat(cell.line()).doesNotContain("FAILED");
    }

    @Test
    void aRowThatIsMissingIsLost() {
        Cell cell = cell(summary(3, 2, 1), List.of("row a", "row b", "annotation of a"), 0);

        assertThat(cell.well()).isFalse();
        assertThat(cell.lost()).containsExactly("row b");
        assertThat(cell.added()).isEmpty();
        assertThat(cell.line()).contains("FAILED");
    }

    @Test
    void aRowThatIsThereOnceMoreIsADuplicate() {
        Cell cell = cell(summary(3, 2, 1), List.of("row a", "row a", "row b", "row b", "annotation of a"), 0);

        assertThat(cell.well()).isFalse();
        assertThat(cell.lost()).isEmpty();
        assertThat(cell.added()).containsExactly("row a");
    }

    @Test
    void aRowWithAnotherValueIsBoth() {
        Cell cell = cell(summary(3, 2, 1), List.of("row A", "row b", "row b", "annotation of a"), 0);

        assertThat(cell.well()).isFalse();
        assertThat(cell.lost()).containsExactly("row a");
        assertThat(cell.added()).containsExactly("row A");
    }

    @Test
    void countsThatDoNotAddUpAreAFaultAsIsARunThatHasReadNothing() {
        assertThat(cell(summary(3, 2, 0), ROWS, 0).well()).isFalse();
        assertThat(cell(summary(3, 2, 2), ROWS, 0).well()).isFalse();
        assertThat(cell(summary(0, 0, 0), ROWS, 0).well()).isFalse();
    }

    @Test
    void whatLiesAboutIsAFault() {
        assertThat(cell(summary(3, 2, 1), ROWS, 1).well()).isFalse();
    }

    @Test
    void aFlowThatDoesNotEndIsAFault() {
        Cell cell = Cell.broken(FaultFlow.EXPORT, Disturbance.KILL, 1, runs(), "it ended with 1");

        assertThat(cell.well()).isFalse();
        assertThat(cell.toString()).contains("it ended with 1");
    }

    @Test
    void anExportAccountsForTheInputsThatItHasRead() {
        JsonNode summary = JSON.createObjectNode().put("inputs", 7);

        assertThat(FaultFlow.read(summary)).isEqualTo(7);
        assertThat(FaultFlow.accounted(summary)).isEqualTo(7);
    }

    private static Cell cell(JsonNode summary, List<String> state, long leftOver) {
        return Cell.ended(FaultFlow.IMPORT_CSV, Disturbance.CUT, 1, runs(), summary, ROWS, state, leftOver);
    }

    private static Runs runs() {
        return new Runs(null, FaultFlow.IMPORT_CSV, null, 1);
    }

    private static ObjectNode summary(int read, int imported, int rejected) {
        return JSON.createObjectNode()
                .put("read", read)
                .put("imported", imported)
                .put("rejected", rejected);
    }
}
