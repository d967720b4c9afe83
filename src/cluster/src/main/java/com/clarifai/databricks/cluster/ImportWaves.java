package com.clarifai.databricks.cluster;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.lit;

import com.clarifai.databricks.cluster.StagedFiles.Part;
import com.clarifai.databricks.job.JobOutcome;
import com.clarifai.databricks.job.JobTask;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
        long claimedAt = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        claim(rows, tracked);
        int tasks = Math.max(1, spark.sparkContext().defaultParallelism());
        List<String> lines = rows.repartition(tasks, ID)
                .mapPartitions(new SendRows(task, pat, Turns.of(spark, tasks), tracked, claimedAt), Encoders.STRING())
                .collectAsList();
        track(lines);
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
        Dataset<String> claimed = rows.filter(UNDECIDED);
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
        String file = task.ended() + "/%06d.json.gz".formatted(waves++);
        files.writeLines(file, ended);
        spark.read().textFile(file).createOrReplaceTempView(JobTask.VIEW);
        spark.sql(task.statements().track());
        if (rejects || task.knowsRejects()) {
            spark.sql(task.statements().reject());
        }
        done += ended.size();
        LOG.info("{} rows are tracked: {}", done, ends);
        tell();
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
