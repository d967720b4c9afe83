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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "imprt volume | Unknown command: 'imprt'. Did you mean",
                "import volume --catlog x | Unknown option: '--catlog'. Possible solutions: --catalog",
                "check --log-level foo | Unknown option: '--log-level'",
                "list catalogs extra | Unexpected argument: 'extra'",
                "list bogus | Invalid value for WHAT: expected one of [catalogs",
                "serve --port abc | Invalid value for option '--port': 'abc' is not a whole number",
                "runs --since yesterday | '--since': 'yesterday' is not a date such as 2026-01-31",
                "run import-volume catalog=main | import-volume needs more: schema, volume, table, app, dataset",
                "run import-volume catalgo=main | catalgo is not an option of import volume"
            })
    void aMistakeIsNamedInWordsThatNeedNoKnowledgeOfParsers(String typed, String told) {
        assertThat(CommandLineRunner.run(typed.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(output.err())
                .startsWith("error: ")
                .contains(told)
                .doesNotContain("java.", "index ", "is not an int", "this is required");
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
