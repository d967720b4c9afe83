package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.Services;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The fault suite in short: every flow with what is most likely to happen to it, at the same time. The moments are those of
 * the seed that also orders the tests, which the build prints at its end.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class ShortFaultsIT {

    private static final long SEED = Long.getLong("junit.jupiter.execution.order.random.seed", 1);

    private final DisturbedFlows flows = new DisturbedFlows(Services.shared(), Sabotage.NONE);

    @ParameterizedTest
    @CsvSource({"IMPORT_VOLUME, KILL", "IMPORT_CSV, CUT", "IMPORT_TABLE, TERMINATE", "EXPORT, KILL", "UPDATE, CUT"})
    void aDisturbedFlowThatIsRunOnceMoreEndsAsOneThatNobodyHasDisturbed(FaultFlow flow, Disturbance disturbance) {
        Cell cell = flows.disturb(flow, disturbance, SEED);

        assertThat(cell.well()).as(cell.toString()).isTrue();
    }
}
