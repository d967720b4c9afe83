package com.clarifai.databricks.job;

import com.clarifai.databricks.clarifai.AppRef;
import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.clarifai.Pages;
import com.clarifai.databricks.clarifai.RequestTurn;
import com.clarifai.databricks.mapping.AnnotationRows;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Input;
import com.google.common.collect.Iterators;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads a dataset in the steps that the routes take: its members, and of a part of them the rows to be staged, with those of
 * their annotations. Holds its thread meanwhile.
 */
public final class MemberReader implements AutoCloseable {

    private static final int PAGE_SIZE = 1000;

    /** Folder of the keys of all that was read, beside that of the rows of the same kind. */
    public static final String KEYS = "keys/";

    private final ClarifaiClient client;
    private final ReadTask task;
    private final AppRef app;
    private ReadOutcome read = ReadOutcome.NONE;

    /**
     * A row to be staged.
     *
     * @param folder of the run's
     */
    public record Staged(String folder, Map<String, Object> row) {}

    /**
     * @param requestsPerSecond the limit of all that have a turn; 0 for none
     * @param turn of this one among them
     */
    public MemberReader(ReadTask task, String pat, double requestsPerSecond, RequestTurn turn) {
        this.client = new ClarifaiClient(ClarifaiSettings.of(task.baseUrl(), pat)
                .withUserId(task.user())
                .withRequestsPerSecond(requestsPerSecond)
                .withTurn(turn));
        this.task = task;
        this.app = new AppRef(task.user(), task.app());
    }

    /** What has changed, as a search tells; empty where none is wanted, or Clarifai cannot tell. */
    public Optional<Iterator<DatasetInput>> changedMembers() {
        if (!task.search() || task.since() == null) {
            return Optional.empty();
        }
        Optional<Pages<Input>> found =
                ClarifaiClient.join(client.searches().changedInputs(app, task.dataset(), task.since(), PAGE_SIZE));
        return found.map(inputs -> Iterators.transform(
                inputs, input -> DatasetInput.newBuilder().setInput(input).build()));
    }

    /** All members, a page ahead of whoever reads them. */
    public Iterator<DatasetInput> members() {
        return ClarifaiClient.join(client.datasetInputs().list(app, task.dataset(), PAGE_SIZE));
    }

    /**
     * The rows of a part of the members, and of their annotations, read as they are asked for.
     *
     * @param known what the tables have
     */
    public Iterator<Staged> rows(Iterator<DatasetInput> members, KnownRows known) {
        ChangedRows changed = new ChangedRows(task.since(), known, task.images());
        return Iterators.concat(
                Iterators.transform(Iterators.partition(members, task.batchSize()), batch -> rows(batch, changed)));
    }

    /** What of it has been read by now. */
    public ReadOutcome read() {
        return read;
    }

    private Iterator<Staged> rows(List<DatasetInput> members, ChangedRows changed) {
        List<Map<String, Object>> inputs = members.stream().map(this::row).toList();
        Pages<Annotation> annotations = ClarifaiClient.join(client.annotations()
                .list(
                        app,
                        inputs.stream()
                                .map(row -> (String) row.get(InputColumns.INPUT_ID))
                                .iterator(),
                        task.annotations(),
                        PAGE_SIZE));
        return Iterators.concat(
                inputs(inputs, changed.inputs(inputs)),
                Iterators.concat(Iterators.transform(
                        Iterators.partition(annotations, PAGE_SIZE), page -> annotations(page, inputs, changed))));
    }

    private Iterator<Staged> inputs(List<Map<String, Object>> all, List<Map<String, Object>> changed) {
        read = read.plus(new ReadOutcome(
                all.size(),
                0,
                changed.size(),
                0,
                all.stream()
                        .flatMap(row -> Stream.of(InputColumns.INPUT_MODIFIED_AT, InputColumns.ADDED_AT)
                                .map(row::get))
                        .reduce(Instant.EPOCH, ReadOutcome::later, ReadOutcome::later),
                false));
        return staged(ChangedRows.INPUTS, task.inputsFolder(), InputColumns.INPUT_ID, all, changed);
    }

    private Iterator<Staged> annotations(List<Annotation> page, List<Map<String, Object>> inputs, ChangedRows changes) {
        List<Map<String, Object>> all = page.stream()
                .map(annotation -> AnnotationRows.toRow(annotation, app.userId(), app.appId(), task.dataset()))
                .toList();
        List<Map<String, Object>> changed = changes.annotations(all, inputs);
        read = read.plus(new ReadOutcome(
                0,
                all.size(),
                0,
                changed.size(),
                all.stream()
                        .map(row -> row.get(AnnotationColumns.ANNOTATION_MODIFIED_AT))
                        .reduce(Instant.EPOCH, ReadOutcome::later, ReadOutcome::later),
                false));
        return staged(ChangedRows.ANNOTATIONS, ChangedRows.ANNOTATIONS, AnnotationColumns.ANNOTATION_ID, all, changed);
    }

    private Iterator<Staged> staged(
            String kind, String folder, String key, List<Map<String, Object>> all, List<Map<String, Object>> changed) {
        Iterator<Staged> rows = Iterators.transform(changed.iterator(), row -> new Staged(folder, row));
        Iterator<Staged> keys = task.keys()
                ? Iterators.transform(all.iterator(), row -> new Staged(KEYS + kind, Map.of("id", row.get(key))))
                : Collections.emptyIterator();
        return Iterators.concat(keys, rows);
    }

    private Map<String, Object> row(DatasetInput member) {
        Map<String, Object> row = InputRows.toRow(member, app.userId(), app.appId());
        row.put(InputColumns.DATASET_ID, task.dataset());
        return row;
    }

    @Override
    public void close() {
        client.close();
    }
}
