package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.workspace.JobWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Runs each job in a Spark driver of its own, a process, which starts executors as processes of their own ({@code
 * local-cluster}), all on the libraries of this one.
 */
public final class JobProcesses implements JobWorker {

    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final String MEMORY = "-Xmx1g";

    private final Path data;

    /** @param data the folder with the tables and volumes */
    public JobProcesses(Path data) {
        this.data = data.toAbsolutePath();
    }

    @Override
    public Running start(
            Path jar,
            String mainClass,
            List<String> parameters,
            int executors,
            Map<String, String> environment,
            Path directory)
            throws IOException {
        Path libraries = libraries();
        Path home = Files.createDirectories(directory.toAbsolutePath().resolve("spark"));
        // a sandbox that was started again numbers its runs from the beginning
        Files.deleteIfExists(home.resolve("jars"));
        Files.createSymbolicLink(home.resolve("jars"), libraries);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + libraries.resolveSibling("bin").resolve("java.options"),
                MEMORY,
                "-cp",
                libraries + "/*",
                JobDriver.class.getName(),
                data.toString(),
                home.toString(),
                String.valueOf(executors),
                jar.toAbsolutePath().toString(),
                mainClass));
        command.addAll(parameters);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile());
        // nothing of the sandbox's own: a cluster does not know it
        builder.environment().keySet().removeIf(name -> name.matches("(CLARIFAI|DATABRICKS|S3|AWS|SPARK|SANDBOX)_.*"));
        builder.environment().putAll(environment);
        builder.environment().put("SPARK_HOME", home.toString());
        // else Spark looks for the directories that it was built in
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        return new Started(builder.start());
    }

    /** Where this class lies, in the layout that the build makes. */
    private static Path libraries() throws IOException {
        Path own = Path.of(JobProcesses.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        if (!Files.isRegularFile(own)) {
            throw new IOException("jobs can be run by the sandbox as it is built (target/sandbox), not from " + own);
        }
        return own.getParent();
    }

    private record Started(Process process) implements Running {

        @Override
        public CompletableFuture<Integer> ended() {
            return process.onExit().thenApply(Process::exitValue);
        }

        @Override
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }

        @Override
        public boolean killExecutor() {
            return process.descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR))
                    .findFirst()
                    .map(ProcessHandle::destroyForcibly)
                    .orElse(false);
        }
    }
}
