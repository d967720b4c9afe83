package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineRunnerTest {

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    @ParameterizedTest
    @CsvSource({"exprot, export", "export --datasett=x, --dataset"})
    void aSlipOfTheFingersIsAnsweredWithWhatMayHaveBeenMeant(String typed, String meant) {
        assertThat(CommandLineRunner.run(typed.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("error: ")
                .containsPattern("(Did you mean|Possible solutions): .*" + meant);
    }

    @Test
    void completionOfAShellKnowsCommandsAndOptions() {
        assertThat(CommandLineRunner.run("generate-completion")).isEqualTo(ExitCode.OK);

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("import volume", "--annotations-table");
    }

    @Test
    void underJsonAFailureIsOneObjectOnStandardOutput() throws IOException {
        int exitCode = CommandLineRunner.run("export", "--json", "--no-such-option");

        JsonNode failure = new ObjectMapper().readTree(out.toByteArray());
        assertThat(failure.path("error").asText()).isNotBlank();
        assertThat(failure.path("exitCode").asInt()).isEqualTo(exitCode).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void withoutJsonAFailureLeavesStandardOutputEmpty() {
        CommandLineRunner.run("export", "--no-such-option");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
    }
}
