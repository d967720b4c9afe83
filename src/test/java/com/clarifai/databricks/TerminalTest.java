package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run in a terminal of its own, which {@code script} of util-linux makes; its workspace never answers. */
@Timeout(180)
class TerminalTest {

    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int INTERRUPTED = 130;
    private static final int CTRL_C = 3;

    @TempDir
    private Path folder;

    @Test
    void theLineMovesAndCtrlCIsAnsweredWithWhatIsInHandTheSecondOneAtOnce() throws Exception {
        assumeTrue(Files.isExecutable(SCRIPT), "needs script of util-linux");
        try (ServerSocket stalled = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Path shown = folder.resolve("terminal");
            Process terminal = new ProcessBuilder(
                            SCRIPT.toString(), "-qefc", command(stalled.getLocalPort()), "/dev/null")
                    .redirectErrorStream(true)
                    .redirectOutput(shown.toFile())
                    .start();
            try (OutputStream keys = terminal.getOutputStream()) {
                awaitText(shown, "1s Checking what can be checked");
                awaitText(shown, "2s Checking what can be checked");

                press(keys);
                awaitText(
                        shown,
                        "stopping: what is in hand is finished (Checking what can be checked), for 27 seconds at most");
                press(keys);

                assertThat(terminal.waitFor(5, TimeUnit.SECONDS)).isTrue();
                assertThat(terminal.exitValue()).isEqualTo(INTERRUPTED);
            } finally {
                terminal.destroyForcibly();
            }
        }
    }

    private String command(int port) throws IOException {
        Path config = Files.writeString(
                folder.resolve("stalled.properties"),
                "databricks.host=http://127.0.0.1:" + port
                        + "\ndatabricks.token=none\ndatabricks.warehouse-id=0123456789abcdef\nclarifai.pat=none\n");
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        // whatever runs in the background of a script is started deaf to Ctrl-C, as are those that it starts
        return "CLASSPATH='" + System.getProperty("java.class.path") + "' exec env --default-signal=INT '" + java
                + "' -XX:TieredStopAtLevel=1 -Ddatabricks.connect.terminal=true " + DatabricksConnect.class.getName()
                + " --config '" + config + "' import volume --catalog main --schema default --volume photos"
                + " --table inputs --app app --dataset photos";
    }

    private static void awaitText(Path shown, String text) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(Files.readString(shown))
                .contains(text));
    }

    private static void press(OutputStream keys) throws IOException {
        keys.write(CTRL_C);
        keys.flush();
    }
}
