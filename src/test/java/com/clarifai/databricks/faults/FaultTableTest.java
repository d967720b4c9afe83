package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The comparison of the fault suite finds what is broken on purpose, and its table says so. */
class FaultTableTest {

    private static final List<String> EXPECTED = List.of("input a", "input b", "row a", "row b");

    private final Runs runs = new Runs(null, FaultFlow.IMPORT_CSV, null, 0);

    private static ObjectNode summary(int read, int imported, int rejected) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("read", read)
                .put("imported", imported)
                .put("rejected", rejected);
    }

    private Cell cell(long seed, ObjectNode summary, List<String> state, long leftOver) {
        return Cell.ended(FaultFlow.IMPORT_CSV, Disturbance.KILL, seed, runs, summary, EXPECTED, state, leftOver);
    }

    private Cell cell(List<String> state) {
        return cell(1, summary(2, 1, 1), state, 0);
    }

    @Test
    void aRunThatEndsAsOneThatNobodyDisturbedIsWell() {
        List<String> inAnotherOrder = new ArrayList<>(EXPECTED);
        Collections.reverse(inAnotherOrder);

        assertThat(cell(inAnotherOrder).well()).isTrue();
        assertThat(cell(inAnotherOrder).line()).doesNotContain("FAILED");
    }

    @Test
    void eachRowAndInputThatIsLostDoubledOrChangedIsFound() {
        for (int i = 0; i < EXPECTED.size(); i++) {
            List<String> lost = new ArrayList<>(EXPECTED);
            lost.remove(i);
            List<String> doubled = new ArrayList<>(EXPECTED);
            doubled.add(EXPECTED.get(i));
            List<String> changed = new ArrayList<>(EXPECTED);
            changed.set(i, "input other");

            assertThat(cell(lost).line()).contains("| 0 | 1 | 0 | 0 | FAILED |");
            assertThat(cell(doubled).line()).contains("| 1 | 0 | 0 | 0 | FAILED |");
            assertThat(cell(changed).line()).contains("| 1 | 1 | 0 | 0 | FAILED |");
            assertThat(List.of(cell(lost), cell(doubled), cell(changed)))
                    .noneMatch(Cell::well)
                    .allSatisfy(cell -> assertThat(cell.toString()).contains("lost [", "added ["));
        }
    }

    @Test
    void countsThatDoNotAddUpAndWhatIsLeftOverAreFound() {
        assertThat(cell(1, summary(3, 1, 1), EXPECTED, 0).well()).isFalse();
        assertThat(cell(1, summary(0, 0, 0), EXPECTED, 0).well()).isFalse();
        assertThat(cell(1, summary(2, 1, 1), EXPECTED, 1).well()).isFalse();
        assertThat(Cell.broken(FaultFlow.IMPORT_CSV, Disturbance.KILL, 1, runs, "it failed")
                        .well())
                .isFalse();
    }

    @Test
    void theTableHasTheSumsOfAllSeedsAndWhatWasRunAgainOnce() {
        FaultTable table = new FaultTable(List.of());
        table.add(cell(List.of()), "one");
        table.add(cell(2, summary(2, 1, 1), EXPECTED, 0), "one");
        assertThat(table.summary()).contains("| import-csv | kill | 2 | 0 | 0 | 4 | 4 | 0 | 4 | 0 | 0 | 1 |\n");
        assertThat(table.hasWell(FaultFlow.IMPORT_CSV, Disturbance.KILL, 1)).isFalse();
        assertThat(table.hasWell(FaultFlow.IMPORT_CSV, Disturbance.KILL, 2)).isTrue();
        assertThat(table.hasWell(FaultFlow.EXPORT, Disturbance.KILL, 2)).isFalse();
        assertThat(table.builds()).isEqualTo("2 cells: 2 with one.");

        table.add(cell(EXPECTED), "two");

        assertThat(table.summary()).contains("| import-csv | kill | 2 | 0 | 0 | 4 | 4 | 0 | 0 | 0 | 0 | 0 |\n");
        assertThat(table.builds()).isEqualTo("2 cells: 1 with one, 1 with two.");
        FaultTable kept = new FaultTable(table.cells().lines().toList());
        assertThat(kept.summary()).isEqualTo(table.summary());
        assertThat(kept.builds()).isEqualTo(table.builds());
    }
}
