package com.clarifai.databricks.cluster;

import com.clarifai.databricks.job.JobTask;
import java.io.IOException;

/**
 * The main class of a job that imports, on the driver. Its one parameter is the path of a {@link JobTask}, which names the rows of
 * a run, what is to be done with them and where to write what has been done.
 */
public final class ConnectJob {

    private ConnectJob() {}

    public static void main(String[] parameters) throws IOException {
        JobMain.run(parameters, (spark, files, json) -> {
            JobTask task = JobTask.parse(json);
            new ImportWaves(spark, files, task, ClarifaiToken.find(spark, task.secretScope(), task.secretKeys())).run();
        });
    }
}
