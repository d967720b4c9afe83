package com.clarifai.databricks.cluster;

import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.job.RowSender;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Rejection;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.collect.Iterators;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/**
 * A task on an executor: the path and the content of files become what became of their rows, as JSON lines. Spark reads the next
 * file when it is asked for, so that a task holds no more pictures than the requests that it has under way.
 */
final class SendPictures implements MapPartitionsFunction<Row, String> {

    private static final long serialVersionUID = 1L;

    private final TaskSending sending;
    private final Broadcast<HashMap<String, String>> rows;

    /** @param rows of the wave, as JSON, by the paths of their files */
    SendPictures(TaskSending sending, Broadcast<HashMap<String, String>> rows) {
        this.sending = sending;
        this.rows = rows;
    }

    @Override
    public Iterator<String> call(Iterator<Row> files) {
        try (RowSender sender = sending.open()) {
            return RowFile.lines(sender.sendPictures(Iterators.transform(files, this::row)))
                    .iterator();
        }
    }

    private Map<String, Object> row(Row file) {
        String path = VolumeFiles.path(file.getString(0));
        byte[] content = file.getAs(1);
        Map<String, Object> row = row(path);
        sending.markRepeated(row);
        if (content.length == 0) {
            Rejection.mark(row, Rejection.empty(path));
        } else {
            row.put(InputColumns.IMAGE_BYTES, content);
        }
        return row;
    }

    private Map<String, Object> row(String path) {
        try {
            return JsonText.object(rows.value().get(path));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
