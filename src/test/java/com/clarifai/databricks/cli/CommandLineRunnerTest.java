package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineRunnerTest {

    @RegisterExtension
    private final CapturedOutput output = new CapturedOutput();

    @ParameterizedTest
    @CsvSource({"exprot, export", "export --datasett=x, --dataset"})
    void aSlipOfTheFingersIsAnsweredWithWhatMayHaveBeenMeant(String typed, String meant) {
        assertThat(CommandLineRunner.run(typed.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(output.err()).contains("error: ").containsPattern("(Did you mean|Possible solutions): .*" + meant);
    }

    @Test
    void underJsonAFailureIsOneObjectOnStandardOutput() throws IOException {
        int exitCode = CommandLineRunner.run("export", "--json", "--no-such-option");

        JsonNode failure = new ObjectMapper().readTree(output.out());
        assertThat(failure.path("error").asText()).isNotBlank();
        assertThat(failure.path("exitCode").asInt()).isEqualTo(exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutJsonAFailureLeavesStandardOutputEmpty() {
        CommandLineRunner.run("export", "--no-such-option");

        assertThat(output.out()).isEmpty();
    }
}
