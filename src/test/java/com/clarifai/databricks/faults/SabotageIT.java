package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.Services;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fault suite finds what is broken on purpose behind a run, in a flow of each kind. */
@Tag("nightly")
@Execution(ExecutionMode.CONCURRENT)
class SabotageIT {

    private static final long SEED = 1;

    @ParameterizedTest
    @CsvSource({
        "IMPORT_CSV, DROP_ROW, 1, 0",
        "IMPORT_VOLUME, CHANGE_ROW, 1, 1",
        "IMPORT_TABLE, DUPLICATE_ROW, 0, 1",
        "EXPORT, DROP_ROW, 1, 0",
        "EXPORT, CHANGE_ROW, 1, 1",
        "UPDATE, DUPLICATE_ROW, 0, 1"
    })
    void everySabotageIsFoundToTheRow(FaultFlow flow, Sabotage sabotage, int lost, int added) {
        DisturbedFlows flows = new DisturbedFlows(
                Services.shared(), sabotage, sabotage.name().toLowerCase().replace('_', '-'));

        Cell cell = flows.disturb(flow, Disturbance.DELAY, SEED);

        assertThat(cell.well()).as(cell.toString()).isFalse();
        assertThat(cell.lost()).hasSize(lost);
        assertThat(cell.added()).hasSize(added);
        assertThat(cell.problem()).isNull();
        assertThat(cell.accounted()).isEqualTo(cell.read());
    }
}
