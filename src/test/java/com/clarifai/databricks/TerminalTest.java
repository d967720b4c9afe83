package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.clarifai.databricks.recorded.RecordedFlow;
import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands and shells in terminals of their own, which {@code script} of util-linux makes. */
@Timeout(180)
class TerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int INTERRUPTED = 130;
    private static final int CTRL_C = 3;

    /** What moves the cursor, or colours. */
    private static final String ESCAPES = "\\e\\[[0-9;?]*[a-zA-Z]";

    @TempDir
    private Path folder;

    /** Its workspace never answers. */
    @Test
    void theLineMovesAndCtrlCIsAnsweredWithWhatIsInHandTheSecondOneAtOnce() throws Exception {
        try (ServerSocket stalled = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Process terminal = start(command(
                    stalled(stalled.getLocalPort()),
                    "import volume --catalog main --schema default --volume photos --table inputs --app app"
                            + " --dataset photos"));
            try (OutputStream keys = terminal.getOutputStream()) {
                awaitText("1s Checking what can be checked");
                awaitText("2s Checking what can be checked");

                press(keys, CTRL_C);
                awaitText(
                        "stopping: what is in hand is finished (Checking what can be checked), for 27 seconds at most");
                press(keys, CTRL_C);

                assertThat(terminal.waitFor(5, TimeUnit.SECONDS)).isTrue();
                assertThat(terminal.exitValue()).isEqualTo(INTERRUPTED);
            } finally {
                terminal.destroyForcibly();
            }
        }
    }

    @Test
    void theBarFillsAsWhatThereIsToDoIsDone() throws Exception {
        try (RecordedFlow flow = new RecordedFlow()) {
            for (int i = 0; i < 12; i++) {
                flow.clarifai().addInput("input-" + i, StatusCode.INPUT_DOWNLOAD_SUCCESS);
                flow.clarifai().addDataset("pictures", "input-" + i);
            }
            // a few batches a second, one after the other
            Path config = flow.config(Map.of(
                    "export.batch-size", "2", "export.parallel-batches", "1", "clarifai.requests-per-second", "10"));
            Process terminal = start(command(
                    config,
                    "export --app app --dataset pictures --inputs-table main.default.inputs"
                            + " --annotations-table main.default.annotations --dry-run"));
            try {
                assertThat(terminal.waitFor(2, TimeUnit.MINUTES)).isTrue();
            } finally {
                terminal.destroyForcibly();
            }
            assertThat(terminal.exitValue()).as(shown()).isZero();
        }

        List<String> bars = Pattern.compile("\\[(#*)\\.*\\] Reading the dataset: (\\d+) of 12 inputs")
                .matcher(shown())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(bars).hasSizeGreaterThan(2);
        assertThat(bars.get(0)).startsWith("[").contains("....");
        assertThat(bars.get(bars.size() - 1)).startsWith("[##########");
        assertThat(shown()).contains("12 inputs and 0 annotations read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "import volume --help"})
    void helpFitsATerminalOfEightyColumns(String words) throws Exception {
        Process terminal = start("stty cols 80; " + command(stalled(9), words));

        assertThat(terminal.waitFor(1, TimeUnit.MINUTES)).isTrue();

        assertThat(terminal.exitValue()).as(shown()).isZero();
        assertThat(shown()).contains("Usage: databricks-connect");
        assertThat(shown().lines())
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(80));
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/bash, --norc -i, bash",
        "/usr/bin/zsh, -f -i, zsh",
    })
    void theTabKeyCompletesCommandsAndOptions(String shell, String options, String kind) throws Exception {
        assumeTrue(Files.isExecutable(Path.of(shell)), shell + " is not installed");
        Path script = folder.resolve("completion." + kind);
        Process written = new ProcessBuilder("/bin/sh", "-c", command(stalled(9), "completion " + kind))
                .redirectOutput(script.toFile())
                .start();
        assertThat(written.waitFor(1, TimeUnit.MINUTES)).isTrue();

        Process terminal = start("cd '" + folder + "'; TERM=dumb HOME='" + folder + "' exec " + shell + " " + options);
        try (OutputStream keys = terminal.getOutputStream()) {
            type(keys, "PS1='ready> '; source '" + script + "' && echo sour''ced\n");
            awaitText("sourced");

            type(keys, "databricks-connect expo\t");
            awaitText("databricks-connect export ");
            type(keys, "--annotations-t\t");
            awaitText("--annotations-table");
        } finally {
            terminal.destroyForcibly();
        }
    }

    /** Of a workspace at this port of this machine. */
    private Path stalled(int port) throws IOException {
        return Files.writeString(
                folder.resolve("stalled.properties"),
                "databricks.host=http://127.0.0.1:" + port
                        + "\ndatabricks.token=none\ndatabricks.warehouse-id=0123456789abcdef\nclarifai.pat=none\n");
    }

    private static String command(Path config, String words) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return "CLASSPATH='" + System.getProperty("java.class.path") + "' exec '" + java
                + "' -XX:TieredStopAtLevel=1 -Ddatabricks.connect.terminal=true " + DatabricksConnect.class.getName()
                + " --config '" + config + "' " + words;
    }

    private Process start(String command) throws IOException {
        assumeTrue(Files.isExecutable(SCRIPT), "needs script of util-linux");
        // a build in the background, as nohup starts one, ignores Ctrl-C, and so would all that it starts
        return new ProcessBuilder("env", "--default-signal=INT", SCRIPT.toString(), "-qefc", command, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("terminal").toFile())
                .start();
    }

    private String shown() throws IOException {
        return Files.readString(folder.resolve("terminal"), StandardCharsets.UTF_8)
                .replaceAll(ESCAPES, "");
    }

    private void awaitText(String text) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(shown())
                .contains(text));
    }

    private static void press(OutputStream keys, int key) throws IOException {
        keys.write(key);
        keys.flush();
    }

    private static void type(OutputStream keys, String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }
}
