package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shells are given to complete commands with; those that this machine has are asked themselves. */
class CompletionTest {

    @RegisterExtension
    private final CapturedOutput output = new CapturedOutput();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeTheFilesOfTheDistribution() {
        assertThat(CommandLineRunner.run("completion", "--into", folder.toString()))
                .isEqualTo(ExitCode.OK);
    }

    @ParameterizedTest
    @CsvSource({"bash, databricks-connect.bash", "zsh, _databricks-connect.zsh", "fish, databricks-connect.fish"})
    void theCommandPrintsWhatTheFileHas(String shell, String file) throws IOException {
        assertThat(CommandLineRunner.run("completion", shell)).isEqualTo(ExitCode.OK);

        assertThat(output.out())
                .isEqualToIgnoringNewLines(Files.readString(folder.resolve(file)))
                .contains("volume", "annotations-table");
    }

    @Test
    void withoutAShellItAsksForOne() {
        assertThat(CommandLineRunner.run("completion")).isEqualTo(ExitCode.USAGE);

        assertThat(output.err()).contains("bash", "zsh", "fish");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exp|export",
                "import vo|volume",
                "--app import import vol|volume",
                "import volume --label|--label-from-folder",
                "'import volume --transfer '|by-url",
                "import csv --on-existing=|--on-existing=merge",
                "list cat|catalogs",
                "'auth '|login"
            })
    void fishCompletesCommandsOptionsAndChoices(String typed, String expected) throws Exception {
        assertThat(ask(
                        "/usr/bin/fish",
                        "-c",
                        "source databricks-connect.fish; complete -C'databricks-connect " + typed + "'"))
                .anySatisfy(line -> assertThat(line.split("\t")[0]).isEqualTo(expected));
    }

    @Test
    void fishOffersNoCommandWhereAnotherOneIsBeingTyped() throws Exception {
        assertThat(ask(
                        "/usr/bin/fish",
                        "-c",
                        "source databricks-connect.fish; complete -C'databricks-connect import exp'"))
                .noneSatisfy(line -> assertThat(line).startsWith("export"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void bashAndZshTakeTheirFile(String shell) throws Exception {
        String file = shell.equals("bash") ? "databricks-connect.bash" : "_databricks-connect.zsh";

        assertThat(ask("/usr/bin/" + shell, "-c", "source ./" + file + " && echo taken"))
                .contains("taken");
    }

    private List<String> ask(String... command) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(command[0])), command[0] + " is not installed");
        Process shell = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).as(said).isZero();
        return said.lines().toList();
    }
}
