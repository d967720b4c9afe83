package com.clarifai.databricks.sandbox.sql;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/** What Spark works on; the tracker of Spark itself is seconds late. */
final class RunningTasks extends SparkListener implements AutoCloseable {

    private final Set<Long> running = ConcurrentHashMap.newKeySet();
    private final SparkContext spark = SparkContext.getOrCreate();

    RunningTasks() {
        spark.addSparkListener(this);
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart start) {
        running.add(start.taskInfo().taskId());
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        running.remove(end.taskInfo().taskId());
    }

    boolean any() {
        return !running.isEmpty();
    }

    boolean none() {
        return running.isEmpty();
    }

    @Override
    public void close() {
        spark.removeSparkListener(this);
    }
}
