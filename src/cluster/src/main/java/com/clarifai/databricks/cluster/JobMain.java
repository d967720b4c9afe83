package com.clarifai.databricks.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.spark.sql.SparkSession;

/** What the main classes of jobs, which run on the driver, have in common. */
final class JobMain {

    /** A file beside the task, which says that all of it has been done: a run that was killed may be taken over with that. */
    private static final String DONE = "done";

    /** What a job does. */
    @FunctionalInterface
    interface Work {

        /** @param task what the file of the task holds */
        void run(SparkSession spark, StagedFiles files, byte[] task) throws IOException;
    }

    private JobMain() {}

    /**
     * @param parameters one: the path of the file of a task, in the folder of a run
     * @throws IllegalArgumentException when there are others
     */
    static void run(String[] parameters, Work work) throws IOException {
        if (parameters.length != 1) {
            throw new IllegalArgumentException("the one parameter is the path of a task, a file in a volume");
        }
        String task = parameters[0];
        SparkSession spark = SparkSession.builder().getOrCreate();
        StagedFiles files = new StagedFiles(spark.sparkContext().hadoopConfiguration());
        work.run(spark, files, files.read(task));
        files.write(
                task.substring(0, task.lastIndexOf('/') + 1) + DONE,
                Instant.now().toString().getBytes(StandardCharsets.UTF_8));
    }
}
