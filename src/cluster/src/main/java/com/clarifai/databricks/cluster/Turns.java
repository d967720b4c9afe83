package com.clarifai.databricks.cluster;

import com.clarifai.databricks.clarifai.RequestTurn;
import java.io.Serializable;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.SparkSession;

/**
 * Which task of a stage sends when: each partition has a turn, which the task has that Spark repeats for one that was lost; of two
 * attempts that may run at the same time, where Spark speculates, each has one.
 *
 * @param partitions of the stage, no more than tasks can run at the same time
 * @param speculates whether two attempts of a task may run at the same time
 */
record Turns(int partitions, boolean speculates) implements Serializable {

    private static final long serialVersionUID = 1L;

    static Turns of(SparkSession spark, int partitions) {
        return new Turns(
                partitions, Boolean.parseBoolean(spark.sparkContext().conf().get("spark.speculation", "false")));
    }

    /** Of the task that runs here. */
    RequestTurn own() {
        TaskContext task = TaskContext.get();
        int attempt = speculates ? task.attemptNumber() % 2 : 0;
        return new RequestTurn(task.partitionId() + attempt * partitions, speculates ? 2 * partitions : partitions);
    }
}
