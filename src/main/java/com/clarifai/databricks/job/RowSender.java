package com.clarifai.databricks.job;

import com.clarifai.databricks.clarifai.AnnotationUpload;
import com.clarifai.databricks.clarifai.AppRef;
import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.clarifai.DatasetMembership;
import com.clarifai.databricks.clarifai.InputLookup;
import com.clarifai.databricks.clarifai.InputProcessing;
import com.clarifai.databricks.clarifai.InputUpdate;
import com.clarifai.databricks.clarifai.InputUpload;
import com.clarifai.databricks.clarifai.OnExisting;
import com.clarifai.databricks.clarifai.Polling;
import com.clarifai.databricks.mapping.AnnotationData;
import com.clarifai.databricks.mapping.AnnotationRules;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.WaitListener;
import com.google.common.collect.Lists;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

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

    /** @param requestsPerSecond its share of the limit; 0 for no limit */
    public RowSender(JobTask task, String pat, double requestsPerSecond) {
        this.client = new ClarifaiClient(ClarifaiSettings.of(task.baseUrl(), pat)
                .withUserId(task.user())
                .withRequestsPerSecond(requestsPerSecond));
        this.task = task;
        this.app = new AppRef(task.user(), task.app());
        this.lookup = new InputLookup(client, false, Polling.UNTIL_DELETED);
        this.upload = new InputUpload(client, lookup, task.batchBytes(), task.allowDuplicateUrl());
    }

    /** @return how many annotations there were; each row has its outcome */
    public AnnotationUpload.Counts send(List<Map<String, Object>> rows) {
        rows.forEach(row -> row.put(InputColumns.DATASET_ID, task.dataset()));
        OnExisting onExisting = OnExisting.valueOf(task.onExisting());
        String job = UUID.randomUUID().toString().replace("-", "");
        join(lookup.lookup(app, EarlierRows.recalled(rows)));
        post(rows, job);
        join(new InputProcessing(client, true, Polling.UNTIL_PROCESSED).await(app, rows, job, WaitListener.NONE));
        join(new InputUpdate(client, task.batchBytes()).update(app, rows, onExisting));
        AnnotationUpload.Counts annotations = join(new AnnotationUpload(
                        client, task.batchBytes(), value -> AnnotationRules.apply(AnnotationData.parse(value)))
                .post(app, rows, onExisting));
        join(new DatasetMembership(client).add(app, rows));
        return annotations;
    }

    private void post(List<Map<String, Object>> rows, String job) {
        Queue<CompletableFuture<Void>> underWay = new ArrayDeque<>();
        for (List<Map<String, Object>> batch : Lists.partition(rows, task.batchSize())) {
            if (underWay.size() >= task.parallelBatches()) {
                join(underWay.remove());
            }
            underWay.add(upload.upload(app, batch, job));
        }
        underWay.forEach(RowSender::join);
    }

    private static <T> T join(CompletableFuture<T> step) {
        try {
            return step.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
