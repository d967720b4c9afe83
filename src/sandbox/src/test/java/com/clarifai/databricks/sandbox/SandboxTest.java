package com.clarifai.databricks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SandboxTest {

    @TempDir
    Path directory;

    private final StringWriter errors = new StringWriter();

    @Test
    void runsACommandWithTheEndpointsAndExitsAsItDid() throws IOException {
        Path copy = directory.resolve("copy.properties");
        Path endpoints = directory.resolve("endpoints.properties");

        int exit = sandbox(
                "--endpoints-file",
                endpoints.toString(),
                "--pat",
                "secret",
                "--run",
                "sh",
                "-c",
                "cp \"$SANDBOX_ENDPOINTS\" \"$1\"; exit 7",
                "sh",
                copy.toString());

        assertThat(exit).isEqualTo(7);
        assertThat(load(copy))
                .containsOnlyKeys(
                        "databricks.host",
                        "databricks.token",
                        "databricks.warehouse-id",
                        "clarifai.base-url",
                        "clarifai.data-host",
                        "clarifai.user-id",
                        "clarifai.pat",
                        "sandbox.app",
                        "sandbox.volume",
                        "sandbox.control")
                .containsEntry("clarifai.pat", "secret")
                .containsEntry("sandbox.volume", "main.default.photos");
        assertThat(endpoints).doesNotExist();
    }

    @Test
    void keepsTheDataDirectoryItWasGiven() {
        Path data = directory.resolve("data");

        assertThat(sandbox("--data", data.toString(), "--run", "true")).isZero();

        assertThat(data.resolve("Volumes/main/default/photos")).isNotEmptyDirectory();
    }

    @Test
    void saysThatAPortIsTakenAndStopsWhatItStarted() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThat(sandbox("--port", String.valueOf(taken.getLocalPort()), "--run", "true"))
                    .isEqualTo(1);
        }
        assertThat(errors.toString()).contains("Address already in use");
    }

    @Test
    void refusesAFaultItDoesNotUnderstandBeforeAnythingStarts() {
        assertThat(sandbox("--fault", "files:GET=explode")).isEqualTo(2);
        assertThat(errors.toString()).contains("unknown action explode").contains("--help");
    }

    private int sandbox(String... arguments) {
        CommandLine commandLine = Sandbox.commandLine();
        commandLine.setErr(new PrintWriter(errors, true));
        return commandLine.execute(arguments);
    }

    private static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
