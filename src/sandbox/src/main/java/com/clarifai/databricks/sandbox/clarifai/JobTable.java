package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.InputsAddJobProgress;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The progress of uploads: several posts may share one job. Callers hold the store's lock. */
final class JobTable {

    private final Store store;
    private final Index byId;
    private final Index byAge;

    JobTable(Store store) {
        this.store = store;
        byId = store.index("jobs");
        byAge = store.index("jobs_by_age");
    }

    Optional<InputsAddJob> find(String app, String id) {
        return byId.get(Index.key(app, id)).map(JobTable::parse);
    }

    InputsAddJob get(String app, String id) {
        return find(app, id).orElseThrow(() -> Refusal.missing("inputs add job", id));
    }

    List<InputsAddJob> page(String app, Page page) {
        return byAge.texts(app, page).stream().map(id -> get(app, id)).toList();
    }

    boolean isCancelled(String app, String id) {
        return find(app, id)
                .filter(job -> job.getStatus().getCode() == StatusCode.JOB_CANCELLED)
                .isPresent();
    }

    /** Enters another post's inputs, in a job of that id that exists or is made now. */
    InputsAddJob add(String app, String id, long pending, long failed) {
        if (!byId.contains(Index.key(app, id))) {
            byId.put(
                    Index.key(app, id),
                    InputsAddJob.newBuilder()
                            .setId(id)
                            .setCreatedAt(Times.now())
                            .build()
                            .toByteArray());
            byAge.put(Index.key(app, Index.number(store.nextSequence())), id);
        }
        return count(app, id, progress -> progress.setPendingCount(progress.getPendingCount() + pending)
                .setFailedCount(progress.getFailedCount() + failed));
    }

    /** Records that an input went from one status to another; inputs without a job are not counted. */
    void move(String app, String id, int fromStatus, int toStatus) {
        if (!id.isEmpty() && byId.contains(Index.key(app, id)) && fromStatus != toStatus) {
            count(app, id, progress -> {
                shift(progress, fromStatus, -1);
                shift(progress, toStatus, 1);
            });
        }
    }

    InputsAddJob cancel(String app, String id) {
        InputsAddJob job = get(app, id);
        InputsAddJob cancelled = job.getStatus().getCode() == StatusCode.JOB_COMPLETED
                ? job
                : job.toBuilder()
                        .setStatus(Statuses.of(StatusCode.JOB_CANCELLED))
                        .setModifiedAt(Times.now())
                        .build();
        byId.put(Index.key(app, id), cancelled.toByteArray());
        return cancelled;
    }

    void removeApp(String app) {
        byId.removeAll(app);
        byAge.removeAll(app);
    }

    private InputsAddJob count(String app, String id, Consumer<InputsAddJobProgress.Builder> change) {
        InputsAddJob.Builder job = get(app, id).toBuilder();
        change.accept(job.getProgressBuilder());
        if (job.getStatus().getCode() != StatusCode.JOB_CANCELLED) {
            job.setStatus(Statuses.of(statusOf(job.getProgress())));
        }
        InputsAddJob counted = job.setModifiedAt(Times.now()).build();
        byId.put(Index.key(app, id), counted.toByteArray());
        return counted;
    }

    private static StatusCode statusOf(InputsAddJobProgress progress) {
        if (progress.getPendingCount() + progress.getInProgressCount() == 0) {
            return StatusCode.JOB_COMPLETED;
        }
        long begun = progress.getInProgressCount() + progress.getSuccessCount();
        return begun == 0 ? StatusCode.JOB_QUEUED : StatusCode.JOB_RUNNING;
    }

    private static void shift(InputsAddJobProgress.Builder progress, int status, int by) {
        switch (status) {
            case StatusCode.INPUT_DOWNLOAD_PENDING_VALUE -> progress.setPendingCount(progress.getPendingCount() + by);
            case StatusCode.INPUT_DOWNLOAD_IN_PROGRESS_VALUE ->
                progress.setInProgressCount(progress.getInProgressCount() + by);
            case StatusCode.INPUT_DOWNLOAD_SUCCESS_VALUE -> progress.setSuccessCount(progress.getSuccessCount() + by);
            default -> progress.setFailedCount(progress.getFailedCount() + by);
        }
    }

    private static InputsAddJob parse(byte[] bytes) {
        try {
            return InputsAddJob.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
