package com.clarifai.databricks.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import com.clarifai.databricks.cluster.StagedFiles.Part;
import com.clarifai.databricks.job.JobOutcome;
import com.clarifai.databricks.job.JobTask;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An import of staged rows, wave by wave: a few pages are claimed with one statement, sent by all executors, and tracked with
 * another one or two, so that commits stay few and what the driver holds stays small. What a job that ends early leaves is a
 * wave that is claimed, which the next run recognises as its own.
 */
final class ImportWaves {

    private static final Logger LOG = LoggerFactory.getLogger(ImportWaves.class);

    /** Some 50,000 rows, and a few dozen megabytes of them unpacked. */
    private static final int WAVE_PAGES = 5;

    private static final long WAVE_BYTES = 8_000_000;

    private static final Column ID = get_json_object(col("value"), "$.input_id");
    private static final Column UNDECIDED =
            get_json_object(col("value"), "$.status").isNull();
    private static final Column RESUMED =
            get_json_object(col("value"), "$.resumed").eqNullSafe("true");

    private final SparkSession spark;
    private final StagedFiles files;
    private final JobTask task;
    private final String pat;
    private final Map<String, Long> ends = new TreeMap<>();
    private long done;
    private long annotations;
    private long rejectedAnnotations;
    private int waves;

    ImportWaves(SparkSession spark, StagedFiles files, JobTask task, String pat) {
        this.spark = spark;
        this.files = files;
        this.task = task;
        this.pat = pat;
    }

    void run() throws IOException {
        List<Part> wave = new ArrayList<>();
        long bytes = 0;
        for (Part page : files.list(task.rows())) {
            if (wave.size() == WAVE_PAGES || !wave.isEmpty() && bytes + page.bytes() > WAVE_BYTES) {
                begin(wave);
                wave.clear();
                bytes = 0;
            }
            wave.add(page);
            bytes += page.bytes();
        }
        if (!wave.isEmpty()) {
            begin(wave);
        }
        tell();
    }

    /** Of two rows with one id the later one has to find the input of the first: they are not sent together. */
    private void begin(List<Part> pages) throws IOException {
        Dataset<String> rows = rows(pages);
        boolean repeated = pages.size() > 1
                && !rows.filter(UNDECIDED)
                        .groupBy(ID.as("id"))
                        .agg(count(lit(1)).as("rows"))
                        .filter(col("rows").gt(1))
                        .isEmpty();
        if (!repeated) {
            send(rows);
            return;
        }
        for (Part page : pages) {
            send(rows(List.of(page)));
        }
    }

    private Dataset<String> rows(List<Part> pages) {
        return spark.read().textFile(pages.stream().map(Part::path).toArray(String[]::new));
    }

    private void send(Dataset<String> rows) throws IOException {
        List<Map<String, Object>> tracked = earlier(rows);
        int tasks = Math.max(1, spark.sparkContext().defaultParallelism());
        TaskSending sending = new TaskSending(task, pat, SharedLimit.perTask(spark, task.requestsPerSecond(), tasks));
        claim(rows, tracked);
        if (task.pictures() == null) {
            track(rows.repartition(tasks, ID)
                    .mapPartitions(new SendRows(sending, tracked), Encoders.STRING())
                    .collectAsList());
        } else {
            track(sendPictures(rows.collectAsList(), sending, tasks));
        }
    }

    /** Rows whose input turned out to be another file's are sent once more, each under an id that no other file has. */
    private List<String> sendPictures(List<String> rows, TaskSending sending, int tasks) throws IOException {
        PictureWave wave = new PictureWave(spark, task.pictures().maxBytes());
        List<String> ended = new ArrayList<>();
        List<String> renamed = new ArrayList<>();
        for (String line : wave.send(rows, sending)) {
            (JsonText.object(line).get(InputColumns.OUTCOME) == null ? renamed : ended).add(line);
        }
        if (!renamed.isEmpty()) {
            TaskSending again = new TaskSending(task, pat, SharedLimit.perTask(spark, task.requestsPerSecond(), tasks));
            stage("renamed", renamed);
            spark.sql(task.statements().rename());
            ended.addAll(wave.send(renamed, again));
        }
        return ended;
    }

    private List<Map<String, Object>> earlier(Dataset<String> rows) {
        if (!task.knowsRows()) {
            return List.of();
        }
        rows.filter(UNDECIDED).createOrReplaceTempView(JobTask.VIEW);
        List<Map<String, Object>> tracked = new ArrayList<>();
        for (Row row : spark.sql(task.statements().earlier()).collectAsList()) {
            Map<String, Object> columns = new HashMap<>();
            for (String name : row.schema().fieldNames()) {
                columns.put(name, row.get(row.fieldIndex(name)));
            }
            tracked.add(columns);
        }
        return tracked;
    }

    /** What an earlier run has claimed keeps the time of that. */
    private void claim(Dataset<String> rows, List<Map<String, Object>> tracked) {
        List<String> resumed = tracked.stream()
                .filter(row -> row.get(InputColumns.CLAIMED_AT) != null)
                .map(row -> (String) row.get(InputColumns.INPUT_ID))
                .toList();
        Dataset<String> claimed = rows.filter(UNDECIDED.and(not(RESUMED)));
        if (!resumed.isEmpty()) {
            Dataset<Row> ids = spark.createDataset(resumed, Encoders.STRING()).toDF("resumed_id");
            claimed = claimed.join(ids, ID.equalTo(col("resumed_id")), "left_anti")
                    .as(Encoders.STRING());
        }
        claimed.createOrReplaceTempView(JobTask.VIEW);
        spark.sql(task.statements().claim());
    }

    private void track(List<String> lines) throws IOException {
        List<String> ended = new ArrayList<>(lines.size());
        boolean rejects = false;
        for (String line : lines) {
            if (line.startsWith("[")) {
                countAnnotations(line);
                continue;
            }
            Map<String, Object> row = JsonText.object(line);
            ended.add(line);
            ends.merge(Outcome.valueOf((String) row.get(InputColumns.OUTCOME)).name(), 1L, Long::sum);
            rejects |= InputStatus.REJECTED.name().equals(row.get(InputColumns.STATUS));
        }
        stage("ended", ended);
        waves++;
        spark.sql(task.statements().track());
        if (task.statements().reject() != null && (rejects || task.knowsRejects())) {
            spark.sql(task.statements().reject());
        }
        done += ended.size();
        LOG.info("{} rows are tracked: {}", done, ends);
        tell();
    }

    /** Makes the rows those of the statements. */
    private void stage(String what, List<String> lines) throws IOException {
        String file = task.ended() + "/%s-%06d.json.gz".formatted(what, waves);
        files.writeLines(file, lines);
        spark.read().textFile(file).createOrReplaceTempView(JobTask.VIEW);
    }

    private void countAnnotations(String line) throws IOException {
        var counts = JsonText.tree(line);
        annotations += counts.get(0).asLong();
        rejectedAnnotations += counts.get(1).asLong();
    }

    private void tell() throws IOException {
        files.write(task.outcome(), new JobOutcome(done, ends, annotations, rejectedAnnotations).json());
    }
}
