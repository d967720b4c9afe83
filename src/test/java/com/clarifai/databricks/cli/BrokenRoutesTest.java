package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path settings;

    @BeforeEach
    void copyAndCapture() throws IOException {
        FileUtils.copyDirectory(
                Path.of("routes").toFile(), folder.resolve("routes").toFile());
        settings = Files.writeString(
                folder.resolve("settings.properties"), "routes.directory=" + folder.resolve("routes") + "\n");
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(realOut);
        System.setErr(realErr);
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

        assertThat(run("routes")).isEqualTo(ExitCode.FAILED);
        assertThat(text(err))
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

        assertThat(run("routes")).isEqualTo(ExitCode.FAILED);
        assertThat(text(err)).startsWith("error: " + file + ", line 12, route mine: Unknown function: bdy");
    }

    @Test
    void areAllNamedAtOnceWhereOnlyAMessageWouldMeetThem() throws IOException {
        Files.writeString(
                folder.resolve("routes/mine.camel.yaml"),
                ROUTE.formatted("to: direct:nowhere\n        - log: ${variable.rnu}"));

        run("routes");

        assertThat(text(err).lines()).hasSize(2).anyMatch(line -> line.contains("direct:nowhere"));
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

        assertThat(run("routes")).as(text(err)).isEqualTo(ExitCode.OK);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--config";
        all[1] = settings.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineRunner.run(all);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
