package com.clarifai.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of the application whose workspace takes connections and never answers; see {@link StopLimitTest}. */
@Timeout(180)
class SignalsTest {

    private static final int TERMINATED = 143;
    private static final Duration STOP_LIMIT = Duration.ofSeconds(2);

    /** The application, but for how long it takes over a stop. */
    public static final class StopsSoon {

        public static void main(String[] args) {
            DatabricksConnect.run(STOP_LIMIT, args);
        }
    }

    @TempDir
    private Path folder;

    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private ServerSocket stalled;
    private Process process;

    @BeforeEach
    void waitForTheWorkspace() throws IOException {
        stalled = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accept = new Thread(this::accept, "stalled workspace");
        accept.setDaemon(true);
        accept.start();
        Path config = Files.writeString(
                folder.resolve("stalled.properties"),
                "databricks.host=http://127.0.0.1:" + stalled.getLocalPort()
                        + "\ndatabricks.token=none\ndatabricks.warehouse-id=0123456789abcdef\nclarifai.pat=none\n");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StopsSoon.class.getName(),
                        "--config",
                        config.toString(),
                        "preview",
                        "main.default.inputs")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> !connections.isEmpty());
    }

    private void accept() {
        try {
            while (true) {
                connections.add(stalled.accept());
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    @AfterEach
    void stop() throws IOException {
        process.destroyForcibly();
        stalled.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }

    @Test
    void signalEndsItWithinItsLimitWhateverHangs() throws Exception {
        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
        assertThat(folder.resolve("out")).content().contains("has not come within 2 seconds; stopped all the same");
    }

    @Test
    void secondSignalEndsItAtOnce() throws Exception {
        process.destroy();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> Files.readString(folder.resolve("out"))
                .contains("stopping"));
        process.destroy();

        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(TERMINATED);
    }
}
