package com.clarifai.databricks.cluster;

import com.clarifai.databricks.job.JobTask;
import org.apache.spark.sql.SparkSession;

/**
 * The job's main class, on the driver. Its one parameter is the path of a {@link JobTask}, which names the rows of a run, what
 * is to be done with them and where to write what has been done.
 */
public final class ConnectJob {

    private ConnectJob() {}

    public static void main(String[] parameters) throws Exception {
        if (parameters.length != 1) {
            throw new IllegalArgumentException("the one parameter is the path of a task, a file in a volume");
        }
        SparkSession spark = SparkSession.builder().getOrCreate();
        StagedFiles files = new StagedFiles(spark.sparkContext().hadoopConfiguration());
        JobTask task = JobTask.parse(files.read(parameters[0]));
        new ImportWaves(spark, files, task, ClarifaiToken.find(spark, task.secretScope(), task.secretKeys())).run();
    }
}
