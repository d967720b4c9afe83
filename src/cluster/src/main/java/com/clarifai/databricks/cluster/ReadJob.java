package com.clarifai.databricks.cluster;

import com.clarifai.databricks.job.ReadTask;
import java.io.IOException;

/** The main class of a job that reads a dataset, on the driver. Its one parameter is the path of a {@link ReadTask}. */
public final class ReadJob {

    private ReadJob() {}

    public static void main(String[] parameters) throws IOException {
        JobMain.run(parameters, (spark, files, json) -> {
            ReadTask task = ReadTask.parse(json);
            String pat = ClarifaiToken.find(spark, task.secretScope(), task.secretKeys());
            new DatasetWaves(spark, files, task, pat).run();
        });
    }
}
