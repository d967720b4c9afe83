package com.clarifai.databricks.cluster;

import com.clarifai.databricks.clarifai.AnnotationUpload;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.job.EarlierRows;
import com.clarifai.databricks.job.RowSender;
import com.clarifai.databricks.json.JsonText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;

/** A task on an executor: rows as JSON lines become what became of them; the first line says how many annotations there were. */
final class SendRows implements MapPartitionsFunction<String, String> {

    private static final long serialVersionUID = 1L;

    private final TaskSending sending;
    private final ArrayList<Map<String, Object>> tracked;

    /** @param tracked what the tables know of the wave */
    SendRows(TaskSending sending, List<Map<String, Object>> tracked) {
        this.sending = sending;
        this.tracked = new ArrayList<>(tracked);
    }

    @Override
    public Iterator<String> call(Iterator<String> lines) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (lines.hasNext()) {
            rows.add(JsonText.object(lines.next()));
        }
        EarlierRows.mark(rows, tracked);
        rows.forEach(sending::markRepeated);
        try (RowSender sender = sending.open()) {
            AnnotationUpload.Counts annotations = sender.send(rows);
            List<String> ended = new ArrayList<>(rows.size() + 1);
            ended.add(JsonText.of(List.of(annotations.accepted(), annotations.rejected())));
            ended.addAll(RowFile.lines(rows));
            return ended.iterator();
        }
    }
}
