package com.clarifai.databricks.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.clarifai.databricks.benchmark.ScaleModel.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model of {@code docs/scale.md} says of runs that were measured what was measured, within 15 %. */
class ScaleModelTest {

    /** Seconds as in {@code docs/speed.md}, which has to have the figure; the model knows those of 10,000 alone. */
    @ParameterizedTest
    @CsvSource({
        "ROWS,       10000, 15, 15.4",
        "ROWS,      100000, 15, 71.3",
        "ROWS,     1000000,  0, 212.6",
        "BY_URL,    100000, 15, 76.1",
        "EXPORT,     10000, 15, 15.6",
        "EXPORT,    100000, 15, 72.5",
        "UPDATE,    100000, 15, 71.5",
    })
    void whatWasMeasuredIsPredicted(Flow flow, long inputs, double rate, double measured) throws IOException {
        assertThat(Files.readString(Path.of("docs/speed.md"))).contains(" " + measured);

        assertThat(flow.seconds(inputs, rate, 1)).isCloseTo(measured, withinPercentage(15));
    }

    @Test
    void thePageHasWhatTheModelSays() throws IOException {
        Files.writeString(Path.of("target/scale.md"), ScaleModel.tables());

        assertThat(Files.readString(Path.of("docs/scale.md"))).contains(ScaleModel.tables());
    }
}
