package com.clarifai.databricks.job;

import com.clarifai.databricks.clarifai.AnnotationUpload;
import com.clarifai.databricks.clarifai.AppRef;
import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.DatasetMembership;
import com.clarifai.databricks.clarifai.InputLookup;
import com.clarifai.databricks.clarifai.InputProcessing;
import com.clarifai.databricks.clarifai.InputUpdate;
import com.clarifai.databricks.clarifai.InputUpload;
import com.clarifai.databricks.clarifai.OnExisting;
import com.clarifai.databricks.clarifai.Polling;
import com.clarifai.databricks.clarifai.RequestTurn;
import com.clarifai.databricks.mapping.AnnotationData;
import com.clarifai.databricks.mapping.AnnotationRules;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.WaitListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Brings rows of an import to their end, in the steps that the routes take: what earlier runs have left is asked for, the rest
 * posted, awaited, updated, annotated and added to the dataset. Holds its thread meanwhile.
 */
public final class RowSender implements AutoCloseable {

    private final ClarifaiClient client;
    private final JobTask task;
    private final AppRef app;
    private final InputLookup lookup;
    private final InputUpload upload;

    /** @param turn which one it is of all that keep the limit of the task together */
    public RowSender(JobTask task, String pat, RequestTurn turn) {
        this.client = task.access().client(pat, 1, turn);
        this.task = task;
        this.app = task.access().appRef();
        this.lookup = new InputLookup(client, false, Polling.UNTIL_DELETED);
        this.upload = new InputUpload(client, lookup, task.batchBytes(), task.allowDuplicateUrl());
    }

    /**
     * Rows whose pictures Clarifai takes by URL.
     *
     * @return how many annotations there were; each row has its outcome
     */
    public AnnotationUpload.Counts send(List<Map<String, Object>> rows) {
        rows.forEach(row -> row.put(InputColumns.DATASET_ID, task.access().dataset()));
        ClarifaiClient.join(lookup.lookup(app, EarlierRows.recalled(rows)));
        String job = newJob();
        post(
                new RowBatches(rows.iterator(), task.batchSize(), task.batchBytes()),
                batch -> upload.upload(app, batch, job));
        return settle(rows, job);
    }

    /**
     * Rows with their pictures, which come one after the other: a batch is posted when it is complete, and its pictures are
     * forgotten when it has been taken.
     *
     * @return the rows, without pictures, each with its outcome; one whose input exists and was made of another file has none,
     *     but another id, under which it is still to be sent
     */
    public List<Map<String, Object>> sendPictures(Iterator<Map<String, Object>> pictures) {
        List<Map<String, Object>> rows = new ArrayList<>();
        String job = newJob();
        post(new RowBatches(pictures, task.batchSize(), task.batchBytes()), batch -> {
            batch.forEach(row -> row.put(InputColumns.DATASET_ID, task.access().dataset()));
            rows.addAll(batch);
            return lookup.lookup(app, task.verify() ? batch : EarlierRows.recalled(batch))
                    .thenCompose(found -> upload.upload(app, batch, job));
        });
        Set<Map<String, Object>> renamed = Collections.newSetFromMap(new IdentityHashMap<>());
        renamed.addAll(new FileSources().renamed(rows));
        settle(rows.stream().filter(row -> !renamed.contains(row)).toList(), job);
        return rows;
    }

    private AnnotationUpload.Counts settle(List<Map<String, Object>> rows, String job) {
        OnExisting onExisting = OnExisting.valueOf(task.onExisting());
        ClarifaiClient.join(
                new InputProcessing(client, true, Polling.UNTIL_PROCESSED).await(app, rows, job, WaitListener.NONE));
        ClarifaiClient.join(new InputUpdate(client, task.batchBytes()).update(app, rows, onExisting));
        AnnotationUpload.Counts annotations = ClarifaiClient.join(new AnnotationUpload(
                        client, task.batchBytes(), value -> AnnotationRules.apply(AnnotationData.parse(value)))
                .post(app, rows, onExisting));
        ClarifaiClient.join(new DatasetMembership(client).add(app, rows));
        return annotations;
    }

    private void post(
            Iterator<List<Map<String, Object>>> batches,
            Function<List<Map<String, Object>>, CompletableFuture<Void>> step) {
        Queue<CompletableFuture<Void>> underWay = new ArrayDeque<>();
        while (batches.hasNext()) {
            // the next batch is read meanwhile
            List<Map<String, Object>> batch = batches.next();
            if (underWay.size() >= task.parallelBatches()) {
                ClarifaiClient.join(underWay.remove());
            }
            underWay.add(step.apply(batch));
        }
        underWay.forEach(ClarifaiClient::join);
    }

    private static String newJob() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    @Override
    public void close() {
        client.close();
    }
}
