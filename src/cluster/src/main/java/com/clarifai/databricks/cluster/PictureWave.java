package com.clarifai.databricks.cluster;

import static org.apache.spark.sql.functions.col;

import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Rejection;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Sends rows with the pictures of their files: the task that posts a picture has read it, and no other machine has it. */
final class PictureWave {

    private final SparkSession spark;
    private final VolumeFiles files;
    private final int maxBytes;

    /** @param maxBytes of a picture; larger ones are not read */
    PictureWave(SparkSession spark, int maxBytes) {
        this.spark = spark;
        this.files = new VolumeFiles(spark);
        this.maxBytes = maxBytes;
    }

    /**
     * @param lines rows, no two of the same file
     * @return what became of them; a row without outcome is to be sent again under the id that it has now
     */
    List<String> send(List<String> lines, TaskSending sending) throws IOException {
        HashMap<String, String> rows = new HashMap<>();
        for (String line : lines) {
            rows.put(source(line), line);
        }
        Broadcast<HashMap<String, String>> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(rows);
        List<String> ended;
        try {
            ended = files.read(rows.keySet())
                    .filter(col("length").leq(maxBytes))
                    .select("path", "content")
                    .mapPartitions(new SendPictures(sending, shared), Encoders.STRING())
                    .collectAsList();
        } finally {
            shared.destroy();
        }
        for (String line : ended) {
            rows.remove(source(line));
        }
        List<String> all = new ArrayList<>(ended);
        all.addAll(RowFile.lines(unread(rows)));
        return all;
    }

    /** What Spark has not given out, as files that are empty. */
    private List<Map<String, Object>> unread(Map<String, String> left) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, Long> lengths = left.isEmpty() ? Map.of() : files.lengths(left.keySet());
        for (Map.Entry<String, String> file : left.entrySet()) {
            Map<String, Object> row = JsonText.object(file.getValue());
            Long length = lengths.get(file.getKey());
            if (length != null && length == 0) {
                Rejection.mark(row, Rejection.empty(file.getKey()));
            } else if (length != null && length > maxBytes) {
                Rejection.mark(row, Rejection.tooLarge(file.getKey(), maxBytes));
            } else {
                Rejection.mark(row, Rejection.gone(file.getKey()));
                row.put(InputColumns.UNREAD, true);
            }
            rows.add(row);
        }
        return rows;
    }

    private static String source(String line) throws JsonProcessingException {
        return (String) JsonText.object(line).get(InputColumns.SOURCE_URI);
    }
}
