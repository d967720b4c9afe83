package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the command {@code routes} says of mistakes in a route of one's own: file, line and route. */
class BrokenRoutesTest {

    /** The broken step stands in line 7. */
    private static final String ROUTE = """
            - route:
                id: mine
                description: A route of my own
                from:
                  uri: direct:mine
                  steps:
                    - %s
            """;

    @RegisterExtension
    private final CapturedOutput output = new CapturedOutput();

    @TempDir
    private Path folder;

    private CopiedRoutes copied;

    @BeforeEach
    void copy() throws IOException {
        copied = CopiedRoutes.into(folder);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            setbody: {constant: x}                             | Unknown node id: setbody
            log: {mesage: x}                                   | Unsupported field: mesage
            filter: {simpel: "${body}"}                        | Unsupported field: simpel
            to: clarify:uploadInputs                           | No endpoint could be found for: clarify://uploadInputs
            to: clarifai:uploadImages                          | clarifai: has no operation "uploadImages"
            to: databricks:listFiles?pth=x                     | Unknown parameters=[{pth=x}]
            setBody: {simple: "${body"}                        | expected symbol functionEnd but was eol
            setBody: {simple: "${bdy}"}                        | Unknown function: bdy
            bean: {ref: volumeRowz, method: untracked}         | calls 'volumeRowz', which is in no file
            bean: {ref: volumeRows, method: untrackt}          | Method with name: untrackt not found
            log: "{{clarifai.batch}}"                          | Property with key [clarifai.batch] not found
            to: kamelet:stagee                                 | kamelets/stagee.kamelet.yaml
            to: kamelet:stage                                  | mandatory parameters must be provided: part
            to: {uri: kamelet:stage, parameters: {prt: x}}     | mandatory parameters must be provided: part
            to: direct:import-volumes                          | direct:import-volumes leads nowhere
            toD: direct:import-${body}-of-it                   | direct:import-${body}-of-it leads nowhere
            log: ${variable.rnu.tables.tracking}               | nothing sets a variable rnu
            log: ${variable.run.tables.trackin}                | variable.run.tables.trackin: there is no trackin
            log: ${exchangeProperty.fuond}                     | nothing sets a property fuond of the exchange
            """)
    void isNamedWithFileLineAndRoute(String step, String expected) throws IOException {
        Path file = Files.writeString(folder.resolve("routes/mine.camel.yaml"), ROUTE.formatted(step));

        assertThat(copied.run("routes")).isEqualTo(ExitCode.FAILED);
        assertThat(output.err())
                .startsWith("error: " + file + ", line 7, route mine: ")
                .contains(expected)
                .hasLineCount(1);
    }

    @Test
    void isFoundInsideAnotherStep() throws IOException {
        Path file = Files.writeString(
                folder.resolve("routes/mine.camel.yaml"),
                ROUTE.formatted(String.join(
                        "\n            ",
                        "filter:",
                        "simple: ${body} != null",
                        "steps:",
                        "  - to: clarifai:getUser",
                        "  - setBody:",
                        "      simple: ${bdy}")));

        assertThat(copied.run("routes")).isEqualTo(ExitCode.FAILED);
        assertThat(output.err()).startsWith("error: " + file + ", line 12, route mine: Unknown function: bdy");
    }

    @Test
    void areAllNamedAtOnceWhereOnlyAMessageWouldMeetThem() throws IOException {
        Files.writeString(
                folder.resolve("routes/mine.camel.yaml"),
                ROUTE.formatted("to: direct:nowhere\n        - log: ${variable.rnu}"));

        copied.run("routes");

        assertThat(output.err().lines()).hasSize(2).anyMatch(line -> line.contains("direct:nowhere"));
    }

    @Test
    void isNoneWhereARunMayStillCompleteTheNameOrAScriptSetsIt() throws IOException {
        Files.writeString(
                folder.resolve("routes/mine.camel.yaml"),
                ROUTE.formatted(
                        String.join(
                                "\n        ",
                                "toD: direct:import-${body}",
                                "- script: {groovy: 'exchange.setVariable(\"mine\", 1)'}",
                                "- log: ${variable.mine} ${variable.run.tables.tracking} ${exchangeProperty.CamelSplitIndex}")));

        assertThat(copied.run("routes")).as(output.err()).isEqualTo(ExitCode.OK);
    }
}
