package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs the jars of jobs, as the Spark driver of a cluster does. */
@FunctionalInterface
public interface JobWorker {

    /**
     * @param jar on this machine
     * @param executors how many, each of one core
     * @param environment of the driver and the executors
     * @param directory for what it writes for itself; {@code log} in it is what the driver prints
     */
    Running start(
            Path jar,
            String mainClass,
            List<String> parameters,
            int executors,
            Map<String, String> environment,
            Path directory)
            throws IOException;

    /** What was started. */
    interface Running {

        /** Its exit code. */
        CompletableFuture<Integer> ended();

        /** Ends it with its executors at once. */
        void kill();

        /** Ends one executor, as its loss does; false where there is none. */
        boolean killExecutor();
    }
}
