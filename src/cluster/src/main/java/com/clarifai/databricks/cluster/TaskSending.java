package com.clarifai.databricks.cluster;

import com.clarifai.databricks.job.JobTask;
import com.clarifai.databricks.job.RowSender;
import com.clarifai.databricks.model.InputColumns;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.apache.spark.TaskContext;

/**
 * How the tasks of a wave send its rows.
 *
 * <p>A task may be run twice, as Spark repeats those of an executor that was lost, and what the first attempt had sent may even
 * come in while the second is at work. So that neither counts as somebody else's, a later attempt takes all of its rows for
 * ones that were sent before and not finished: inputs that were made since the wave was claimed are ours.
 */
final class TaskSending implements Serializable {

    private static final long serialVersionUID = 1L;

    private final byte[] task;
    private final String pat;
    private final double requestsPerSecond;
    private final long claimedAt = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());

    /** The wave is about to be claimed. @param requestsPerSecond of one task */
    TaskSending(JobTask task, String pat, double requestsPerSecond) {
        this.task = task.json();
        this.pat = pat;
        this.requestsPerSecond = requestsPerSecond;
    }

    RowSender open() {
        return new RowSender(JobTask.parse(task), pat, requestsPerSecond);
    }

    /** Of the task that runs here: that the row may have been sent by an attempt before. */
    void markRepeated(Map<String, Object> row) {
        TaskContext context = TaskContext.get();
        boolean repeated = context.attemptNumber() > 0 || context.stageAttemptNumber() > 0;
        if (repeated && !Boolean.TRUE.equals(row.get(InputColumns.RESUMED))) {
            row.put(InputColumns.RESUMED, true);
            row.put(InputColumns.CLAIMED_AT, claimedAt);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "TaskSending[" + new String(task, StandardCharsets.UTF_8).length() + " characters of task]";
    }
}
