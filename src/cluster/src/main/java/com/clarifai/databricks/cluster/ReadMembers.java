package com.clarifai.databricks.cluster;

import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.job.KnownRows;
import com.clarifai.databricks.job.MemberReader;
import com.clarifai.databricks.job.ReadTask;
import com.clarifai.grpc.api.DatasetInput;
import com.google.common.collect.AbstractIterator;
import com.google.common.collect.Iterators;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.TaskCompletionListener;
import scala.Tuple2;

/**
 * A task on an executor: members of the dataset become the lines to be staged, each with the folder that it belongs into, read as
 * they are asked for; the last line has the counts.
 */
final class ReadMembers implements MapPartitionsFunction<byte[], Tuple2<String, String>> {

    /** Folder of the line with a {@link com.clarifai.databricks.job.ReadOutcome}. */
    static final String COUNTS = "counts";

    private static final long serialVersionUID = 1L;

    private final byte[] task;
    private final String pat;
    private final double share;
    private final Turns turns;
    private final Broadcast<KnownRows> known;

    /**
     * @param share of the limit, that of all tasks together
     * @param turns of the tasks
     */
    ReadMembers(ReadTask task, String pat, double share, Turns turns, Broadcast<KnownRows> known) {
        this.task = task.json();
        this.pat = pat;
        this.share = share;
        this.turns = turns;
        this.known = known;
    }

    @Override
    public Iterator<Tuple2<String, String>> call(Iterator<byte[]> members) {
        MemberReader reader = new MemberReader(ReadTask.parse(task), pat, share, turns.own());
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> reader.close());
        Iterator<Tuple2<String, String>> rows = Iterators.transform(
                reader.rows(Iterators.transform(members, ReadMembers::member), known.value()),
                staged -> new Tuple2<>(
                        staged.folder(), RowFile.lines(List.of(staged.row())).get(0)));
        return new AbstractIterator<>() {
            private boolean counted;

            @Override
            protected Tuple2<String, String> computeNext() {
                if (rows.hasNext()) {
                    return rows.next();
                }
                if (counted) {
                    return endOfData();
                }
                counted = true;
                return new Tuple2<>(COUNTS, new String(reader.read().json(), StandardCharsets.UTF_8));
            }
        };
    }

    private static DatasetInput member(byte[] message) {
        try {
            return DatasetInput.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("the driver gives out members of the dataset as messages", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "ReadMembers[" + new String(task, StandardCharsets.UTF_8).length() + " characters of task]";
    }
}
