package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.Services;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fault suite in short: one flow, one seed, and what is most likely to happen. */
@Tag("nightly")
@TestInstance(Lifecycle.PER_CLASS)
class ShortFaultsIT {

    private static final FaultFlow FLOW = FaultFlow.IMPORT_CSV;
    private static final long SEED = 1;

    private final DisturbedFlows flows = new DisturbedFlows(Services.shared(), Sabotage.NONE);

    @ParameterizedTest
    @EnumSource(names = {"KILL", "CUT"})
    void aDisturbedFlowThatIsRunOnceMoreEndsAsOneThatNobodyHasDisturbed(Disturbance disturbance) {
        Cell cell = flows.disturb(FLOW, disturbance, SEED);

        assertThat(cell.well()).as(cell.toString()).isTrue();
    }
}
