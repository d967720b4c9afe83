package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The whole sandbox in a process of its own, as its launcher starts it. */
final class SandboxProcess {

    private SandboxProcess() {}

    /** Its temporary files, {@code out} and {@code err} are in the directory. */
    static Process start(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "@" + Path.of("src/main/bin/java.options").toAbsolutePath(),
                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                "-Dlog4j2.configurationFile="
                        + Path.of("src/main/resources/log4j2.properties").toUri(),
                "-cp",
                System.getProperty("java.class.path"),
                Sandbox.class.getName()));
        Files.createDirectories(directory.resolve("tmp"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }

    static Properties load(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        return properties;
    }
}
