package com.clarifai.databricks.it;

import com.clarifai.databricks.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A sandbox that keeps what it holds in a folder, and is there again at the same addresses after it was stopped. */
public final class RestartableSandbox implements Services, AutoCloseable {

    private static final List<String> PORTS = List.of(
            "--port",
            "--clarifai-port",
            "--data-port",
            "--s3-port",
            "--images-port",
            "--proxy-port",
            "--guarded-proxy-port");

    private final Path log;
    private final Path folder;
    private final List<String> options = new ArrayList<>(List.of("--processing-delay", "100"));
    private Process process;

    /** @param folder empty; what it holds and what it logs is kept in there */
    public RestartableSandbox(Path folder) {
        this.folder = folder;
        log = folder.resolve("sandbox.log");
        options.add("--data");
        options.add(folder.resolve("data").toString());
        for (String port : PORTS) {
            options.add(port);
            options.add(String.valueOf(FreePort.next()));
        }
        process = launch();
    }

    private Process launch() {
        try {
            Files.deleteIfExists(endpoints());
            return Sandbox.launch(log, endpoints(), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path endpoints() {
        return folder.resolve("endpoints.properties");
    }

    @Override
    public Sandbox sandbox() {
        try {
            return new Sandbox(endpoints());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void restart() {
        Sandbox.stop(process);
        process = launch();
    }

    @Override
    public void close() {
        Sandbox.stop(process);
    }
}
