package com.clarifai.databricks.cluster;

import com.clarifai.databricks.clarifai.AnnotationUpload;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.job.EarlierRows;
import com.clarifai.databricks.job.JobTask;
import com.clarifai.databricks.job.RowSender;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;

/**
 * A task on an executor: rows as JSON lines become what became of them; the first line says how many annotations there were.
 *
 * <p>It may be run twice, as Spark repeats the tasks of an executor that was lost, and what the first attempt had sent may even
 * come in while the second is at work. So that neither counts as somebody else's, a later attempt takes all of its rows for
 * ones that were sent before and not finished: inputs that were made since the wave was claimed are ours.
 */
final class SendRows implements MapPartitionsFunction<String, String> {

    private static final long serialVersionUID = 1L;

    private final byte[] task;
    private final String pat;
    private final Turns turns;
    private final ArrayList<Map<String, Object>> tracked;
    private final long claimedAt;

    /**
     * @param turns of the tasks
     * @param tracked what the tables know of the wave
     * @param claimedAt when the wave was claimed, in microseconds since 1970
     */
    SendRows(JobTask task, String pat, Turns turns, List<Map<String, Object>> tracked, long claimedAt) {
        this.task = task.json();
        this.pat = pat;
        this.turns = turns;
        this.tracked = new ArrayList<>(tracked);
        this.claimedAt = claimedAt;
    }

    @Override
    public Iterator<String> call(Iterator<String> lines) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (lines.hasNext()) {
            rows.add(JsonText.object(lines.next()));
        }
        EarlierRows.mark(rows, tracked);
        TaskContext context = TaskContext.get();
        if (context.attemptNumber() > 0 || context.stageAttemptNumber() > 0) {
            rows.stream()
                    .filter(row -> !Boolean.TRUE.equals(row.get(InputColumns.RESUMED)))
                    .forEach(row -> {
                        row.put(InputColumns.RESUMED, true);
                        row.put(InputColumns.CLAIMED_AT, claimedAt);
                    });
        }
        try (RowSender sender = new RowSender(JobTask.parse(task), pat, turns.own())) {
            AnnotationUpload.Counts annotations = sender.send(rows);
            List<String> ended = new ArrayList<>(rows.size() + 1);
            ended.add(JsonText.of(List.of(annotations.accepted(), annotations.rejected())));
            ended.addAll(RowFile.lines(rows));
            return ended.iterator();
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "SendRows[" + new String(task, StandardCharsets.UTF_8).length() + " characters of task]";
    }
}
