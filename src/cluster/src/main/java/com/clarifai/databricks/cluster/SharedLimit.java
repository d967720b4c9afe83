package com.clarifai.databricks.cluster;

import org.apache.spark.sql.SparkSession;

/** Clarifai's limit, which is one for all tasks. */
final class SharedLimit {

    private SharedLimit() {}

    /**
     * Equal shares for all tasks that run at once; a task that is repeated takes the share of the one that was lost.
     *
     * @param requestsPerSecond of all of them; 0 for no limit
     * @param tasks that run at once
     */
    static double perTask(SparkSession spark, double requestsPerSecond, int tasks) {
        boolean speculates = Boolean.parseBoolean(spark.sparkContext().conf().get("spark.speculation", "false"));
        return requestsPerSecond / (speculates ? 2.0 * tasks : tasks);
    }
}
