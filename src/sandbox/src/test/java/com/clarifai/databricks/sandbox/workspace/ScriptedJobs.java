package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** Runs no jars: a test says how each ends. */
final class ScriptedJobs implements JobWorker {

    /** What was started, for the test to end it. */
    record Job(
            String mainClass,
            List<String> parameters,
            int executors,
            Map<String, String> environment,
            Path log,
            CompletableFuture<Integer> ended)
            implements Running {

        void print(String line) {
            try {
                Files.writeString(log, line + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void kill() {
            ended.complete(137);
        }

        @Override
        public boolean killExecutor() {
            return false;
        }
    }

    final BlockingQueue<Job> started = new LinkedBlockingQueue<>();

    @Override
    public Running start(
            Path jar,
            String mainClass,
            List<String> parameters,
            int executors,
            Map<String, String> environment,
            Path directory)
            throws IOException {
        Path log = Files.writeString(directory.resolve("log"), "");
        Job job = new Job(mainClass, parameters, executors, environment, log, new CompletableFuture<>());
        started.add(job);
        return job;
    }
}
