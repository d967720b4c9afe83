package com.clarifai.databricks.sandbox.clarifai;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import com.clarifai.databricks.sandbox.clarifai.ImageProbe.InvalidImageException;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Message;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** What happens to inputs after they were accepted: 30001 pending, 30003 in progress, 30000 success or a failure. */
final class Processing implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Processing.class.getName());
    private static final int DOWNLOADS = 16;
    /** Of a video or a sound. */
    private static final long MOST_BYTES = 128 << 20;

    private static final int STOP_SECONDS = 10;

    private final ClarifaiTables tables;
    private final StoredImages files;
    private final ImageProbe probe;
    private final MediaProbe media = new MediaProbe();
    private final Fetcher fetcher;
    private final long maxBytes;
    private final ScheduledExecutorService workers = workers();
    private final ExecutorService downloads = Executors.newFixedThreadPool(DOWNLOADS, Processing::daemon);
    private volatile Duration delay;
    private volatile boolean closing;

    Processing(ClarifaiTables tables, StoredImages files, Fetcher fetcher, ClarifaiOptions options) {
        this.tables = tables;
        this.files = files;
        this.fetcher = fetcher;
        this.probe = new ImageProbe(options.limits().pixels());
        this.maxBytes = options.limits().inputBytes();
        this.delay = options.processingDelay();
    }

    void setDelay(Duration newDelay) {
        delay = newDelay;
    }

    void process(String app, List<String> ids) {
        long half = delay.toNanos() / 2;
        later(half, () -> {
            begin(app, ids);
            later(half, () -> finish(app, ids));
        });
    }

    /** Has something done when the time is over that processing takes. */
    void after(Runnable task) {
        later(delay.toNanos(), task);
    }

    /** Shows for a time that an input is indexed again, as a change of it may cause. */
    void reindex(String app, StoredInput input, int millis) {
        tables.inputs().update(app, input, shown -> shown.withStatus(Statuses.of(StatusCode.INPUT_REINDEX_PENDING)));
        later(TimeUnit.MILLISECONDS.toNanos(millis), () -> tables.store()
                .change(() -> tables.inputs().find(app, input.id()).ifPresent(changed -> tables.inputs()
                        .update(
                                app,
                                changed,
                                shown -> shown.withStatus(input.input().getStatus())))));
    }

    /** Removes inputs that were marked for deletion. */
    void delete(String app, List<String> ids) {
        later(delay.toNanos(), () -> tables.store()
                .change(() -> ids.forEach(id -> tables.removeInput(app, id, files))));
    }

    /** Takes up what an earlier run left unfinished. */
    void resume() {
        List<String> apps = tables.store().read(tables.apps()::ids);
        for (String app : apps) {
            List<String> unfinished = tables.store().read(() -> tables.inputs().unfinished(app));
            for (int from = 0; from < unfinished.size(); from += DOWNLOADS) {
                process(app, unfinished.subList(from, Math.min(from + DOWNLOADS, unfinished.size())));
            }
            delete(app, tables.store().read(() -> tables.inputs().requestedDeletions(app)));
        }
    }

    private void begin(String app, List<String> ids) {
        tables.store()
                .change(() -> ids.forEach(id -> update(
                        app, id, input -> input.withStatus(Statuses.of(StatusCode.INPUT_DOWNLOAD_IN_PROGRESS)))));
    }

    private void finish(String app, List<String> ids) {
        Map<String, UnaryOperator<StoredInput>> results = new LinkedHashMap<>();
        for (String id : ids) {
            tables.store().read(() -> tables.inputs().find(app, id)).ifPresent(input -> {
                if (tables.store().read(() -> tables.jobs().isCancelled(app, input.jobId()))) {
                    results.put(id, failed(StatusCode.INPUT_DOWNLOAD_FAILED, "the job was cancelled"));
                } else if (!input.blob().isEmpty()) {
                    results.put(id, examine(input, files.path(app, input.blob()), StatusCode.INPUT_DOWNLOAD_FAILED));
                } else if (Medium.of(input.input().getData()).isPresent()) {
                    downloads.execute(() -> download(app, input));
                } else {
                    results.put(id, succeeded(UnaryOperator.identity()));
                }
            });
        }
        tables.store().change(() -> results.forEach((id, result) -> update(app, id, result)));
    }

    private void download(String app, StoredInput input) {
        if (closing) {
            return;
        }
        String name = Ids.random();
        UnaryOperator<StoredInput> result;
        try {
            Path file = files.create(app, name);
            Data data = input.input().getData();
            Medium medium = Medium.of(data).orElseThrow();
            fetcher.fetch(URI.create(medium.url(data)), file, medium == Medium.IMAGE ? maxBytes : MOST_BYTES);
            result = examine(input, file, StatusCode.INPUT_UNSUPPORTED_FORMAT).andThen(stored -> stored.withBlob(name))
                    ::apply;
        } catch (Fetcher.FetchException e) {
            files.delete(app, name);
            result = failed(e.code(), e.getMessage());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "download for input " + input.id(), e);
            files.delete(app, name);
            result = failed(StatusCode.INPUT_DOWNLOAD_FAILED, "the download could not be kept");
        } catch (InterruptedException e) {
            // closing: the input stays unfinished and the next run takes it up
            files.delete(app, name);
            Thread.currentThread().interrupt();
            return;
        }
        UnaryOperator<StoredInput> outcome = result;
        boolean kept = tables.store().write(() -> update(app, input.id(), outcome));
        if (!kept) {
            files.delete(app, name);
        }
    }

    private UnaryOperator<StoredInput> examine(StoredInput posted, Path file, StatusCode unsupported) {
        try {
            if (!Files.exists(file)) {
                return failed(StatusCode.INPUT_DOWNLOAD_FAILED, "the bytes are gone");
            }
            Medium medium = Medium.of(posted.input().getData()).orElseThrow();
            Message info =
                    switch (medium) {
                        case IMAGE -> probe.probe(file);
                        case VIDEO -> media.video(file);
                        case AUDIO -> media.audio(file);
                    };
            return succeeded(input -> input.withInput(input.input().toBuilder()
                    .setData(medium.withInfo(input.input().getData(), info))
                    .build()));
        } catch (InvalidImageException e) {
            return failed(e.code() == StatusCode.INPUT_UNSUPPORTED_FORMAT ? unsupported : e.code(), e.getMessage());
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "reading " + file, e);
            return failed(StatusCode.INPUT_DOWNLOAD_FAILED, "the bytes cannot be read");
        }
    }

    private static UnaryOperator<StoredInput> succeeded(UnaryOperator<StoredInput> change) {
        return input -> change.apply(input).withStatus(Statuses.of(StatusCode.INPUT_DOWNLOAD_SUCCESS));
    }

    private static UnaryOperator<StoredInput> failed(StatusCode code, String details) {
        Status status = Statuses.of(code, details);
        return input -> input.withStatus(status);
    }

    /** Changes an input that still is unfinished; says whether it was. */
    private boolean update(String app, String id, UnaryOperator<StoredInput> change) {
        return tables.inputs()
                .find(app, id)
                .filter(StoredInput::isUnfinished)
                .map(old -> {
                    StoredInput changed = tables.inputs().update(app, old, change);
                    tables.jobs().move(app, changed.jobId(), old.statusCode(), changed.statusCode());
                    return true;
                })
                .orElse(false);
    }

    private void later(long nanos, Runnable task) {
        try {
            workers.schedule(() -> run(task), nanos, NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closing: the next run resumes what is unfinished
            LOG.log(System.Logger.Level.DEBUG, "left for the next run", e);
        }
    }

    private static ScheduledExecutorService workers() {
        int cores = Runtime.getRuntime().availableProcessors();
        ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(cores, Processing::daemon);
        workers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return workers;
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "processing of inputs", e);
        }
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "clarifai-processing");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        // no interrupts: they would close the store's file under its other users
        closing = true;
        workers.shutdown();
        downloads.shutdown();
        fetcher.close();
        try {
            if (!workers.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)
                    || !downloads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "processing did not stop in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
