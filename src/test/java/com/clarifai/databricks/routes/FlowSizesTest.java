package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.routes.FlowSizes.Size;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A flow can be read in one sitting. */
class FlowSizesTest {

    private static final FlowSizes SIZES = new FlowSizes(Path.of("routes"));

    @SuppressWarnings("unused")
    private static final Iterable<String> FLOWS = FlowSizes.FLOWS;

    @ParameterizedTest
    @FieldSource("FLOWS")
    void aFlowHasAtMostSixtyStepsInFourFiles(String flow) {
        Size size = SIZES.of(flow);

        assertThat(size.steps()).as("steps of %s", flow).isBetween(20, 60);
        assertThat(size.files()).as("files of %s", flow).hasSizeBetween(1, 4);
    }

    /** {@code mvn test -Dtest=FlowSizesTest} shows what there is to read. */
    @Test
    void whatThereIsToReadIsPrinted() {
        String table = SIZES.table();

        System.out.println(table);
        assertThat(table).contains(FlowSizes.FLOWS);
    }
}
