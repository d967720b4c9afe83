package com.clarifai.databricks.cluster;

import com.clarifai.databricks.job.ReadTask;
import org.apache.spark.sql.SparkSession;

/** The main class of a job that reads a dataset, on the driver. Its one parameter is the path of a {@link ReadTask}. */
public final class ReadJob {

    private ReadJob() {}

    public static void main(String[] parameters) throws Exception {
        if (parameters.length != 1) {
            throw new IllegalArgumentException("the one parameter is the path of a task, a file in a volume");
        }
        SparkSession spark = SparkSession.builder().getOrCreate();
        StagedFiles files = new StagedFiles(spark.sparkContext().hadoopConfiguration());
        ReadTask task = ReadTask.parse(files.read(parameters[0]));
        String pat = ClarifaiToken.find(spark, task.secretScope(), task.secretKeys());
        new DatasetWaves(spark, files, task, pat).run();
    }
}
