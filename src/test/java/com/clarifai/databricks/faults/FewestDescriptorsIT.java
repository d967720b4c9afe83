package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.databricks.it.Services;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How few files a run may open, connections and the jars of the application among them; docs/faults.md says the same. */
@Tag("nightly")
class FewestDescriptorsIT {

    private static final int ENOUGH = 300;
    private static final long LIMIT_MINUTES = 8;
    private static final int USUAL_MILLIS = 60_000;

    private final Services services = Services.shared();

    @ParameterizedTest
    @EnumSource(FaultFlow.class)
    void everyFlowRunsWithFewOpenFiles(FaultFlow flow) {
        Result result = run(flow, ENOUGH);

        assertThat(result.exitCode()).as(result.err()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "EXPORT")
    void withTooFewItSaysSo(FaultFlow flow) {
        Result result = run(flow, 64);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .contains("may not open enough files", "ulimit -n")
                .doesNotContain("\tat ");
    }

    private Result run(FaultFlow flow, int descriptors) {
        flow.prepareOnce(services.sandbox());
        Place place = new Place(services.sandbox(), "few-" + descriptors + "-" + flow.title());
        Runs runs = new Runs(services, flow, place, USUAL_MILLIS);
        flow.prepare(place);
        flow.before(place, Disturbance.FEW_DESCRIPTORS).forEach(runs::run);
        flow.change(place);
        return runs.start(List.of("sh", "-c", "ulimit -n " + descriptors + "; exec \"$@\"", "sh"), "rows", Map.of())
                .waitFor(LIMIT_MINUTES);
    }
}
