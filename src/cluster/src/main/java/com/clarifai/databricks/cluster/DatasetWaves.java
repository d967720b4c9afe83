package com.clarifai.databricks.cluster;

import static org.apache.spark.sql.functions.col;

import com.clarifai.databricks.clarifai.RequestTurn;
import com.clarifai.databricks.job.ChangedRows;
import com.clarifai.databricks.job.KnownRows;
import com.clarifai.databricks.job.MemberReader;
import com.clarifai.databricks.job.ReadOutcome;
import com.clarifai.databricks.job.ReadTask;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.grpc.api.DatasetInput;
import com.google.common.util.concurrent.Futures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a dataset wave by wave: the driver reads the list of its members, whose pages are numbered and can only be read one
 * after the other, while the executors read the annotations of the wave before and stage the rows.
 */
final class DatasetWaves {

    private static final Logger LOG = LoggerFactory.getLogger(DatasetWaves.class);

    /** The first one soon gives the executors something to do; the others grow. */
    private static final int FIRST_MEMBERS = 4_000;

    private static final int MOST_MEMBERS = 50_000;
    private static final long MOST_BYTES = 64_000_000;
    /** Rows in one file: whoever reads it may have it as a whole. */
    private static final int MOST_OF_FILE = 10_000;

    /** What the list takes of the limit: a page of it has 1,000 inputs, a request for annotations 128. */
    private static final double SHARE_OF_LIST = 1.0 / 8;

    private final SparkSession spark;
    private final StagedFiles files;
    private final ReadTask task;
    private final String pat;
    private ReadOutcome read = ReadOutcome.NONE;

    DatasetWaves(SparkSession spark, StagedFiles files, ReadTask task, String pat) {
        this.spark = spark;
        this.files = files;
        this.task = task;
        this.pat = pat;
    }

    void run() throws IOException {
        Broadcast<KnownRows> known =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(known());
        ExecutorService ahead = Executors.newSingleThreadExecutor();
        try (MemberReader reader =
                new MemberReader(task, pat, task.requestsPerSecond() * SHARE_OF_LIST, RequestTurn.ALONE)) {
            Optional<Iterator<DatasetInput>> changed = reader.changedMembers();
            read = read.plus(new ReadOutcome(0, 0, 0, 0, read.latestChange(), changed.isPresent()));
            Waves waves = new Waves(changed.orElseGet(reader::members));
            Future<List<byte[]>> next = ahead.submit(waves::next);
            for (List<byte[]> wave = Futures.getUnchecked(next); !wave.isEmpty(); wave = Futures.getUnchecked(next)) {
                next = ahead.submit(waves::next);
                stage(wave, known);
                tell();
            }
            tell();
        } finally {
            ahead.shutdownNow();
        }
    }

    private KnownRows known() throws IOException {
        if (task.known() == null) {
            return KnownRows.NONE;
        }
        List<String> digests = new ArrayList<>();
        for (String line : spark.read().textFile(task.known()).collectAsList()) {
            digests.add((String) JsonText.object(line).get("digests"));
        }
        return KnownRows.of(digests);
    }

    private void stage(List<byte[]> wave, Broadcast<KnownRows> known) throws IOException {
        int tasks = Math.max(1, spark.sparkContext().defaultParallelism());
        double limit = task.requestsPerSecond() * (1 - SHARE_OF_LIST);
        // what is asked for twice is written once, and counted as it was written
        Dataset<Row> rows = spark.createDataset(wave, Encoders.BINARY())
                .repartition(tasks)
                .mapPartitions(
                        new ReadMembers(task, pat, limit, Turns.of(spark, tasks), known),
                        Encoders.tuple(Encoders.STRING(), Encoders.STRING()))
                .toDF("folder", "value")
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            ReadOutcome before = read;
            for (Row counts : of(rows, ReadMembers.COUNTS).collectAsList()) {
                read = read.plus(ReadOutcome.parse(counts.getString(0).getBytes(StandardCharsets.UTF_8)));
            }
            write(rows, task.inputsFolder(), read.stagedInputs() > before.stagedInputs());
            write(rows, ChangedRows.ANNOTATIONS, read.stagedAnnotations() > before.stagedAnnotations());
            write(rows, MemberReader.KEYS + ChangedRows.INPUTS, task.keys());
            write(rows, MemberReader.KEYS + ChangedRows.ANNOTATIONS, task.keys());
        } finally {
            rows.unpersist();
        }
        LOG.info("{} inputs and {} annotations are read", read.inputs(), read.annotations());
    }

    private static Dataset<Row> of(Dataset<Row> rows, String folder) {
        return rows.filter(col("folder").equalTo(folder)).select("value");
    }

    /** By Spark, as executors may write files of a volume in no other way. */
    private void write(Dataset<Row> rows, String folder, boolean some) {
        if (some) {
            of(rows, folder)
                    .write()
                    .mode(SaveMode.Append)
                    .option("compression", "gzip")
                    .option("maxRecordsPerFile", MOST_OF_FILE)
                    .text(task.folder() + "/" + folder);
        }
    }

    private void tell() throws IOException {
        files.write(task.outcome(), read.json());
    }

    /** Cuts the list. */
    private static final class Waves {

        private final Iterator<DatasetInput> members;
        private int size = FIRST_MEMBERS;

        Waves(Iterator<DatasetInput> members) {
            this.members = members;
        }

        /** Empty when all have been given out. */
        List<byte[]> next() {
            List<byte[]> wave = new ArrayList<>();
            long bytes = 0;
            while (wave.size() < size && bytes < MOST_BYTES && members.hasNext()) {
                byte[] member = members.next().toByteArray();
                wave.add(member);
                bytes += member.length;
            }
            size = Math.min(2 * size, MOST_MEMBERS);
            return wave;
        }
    }
}
