package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ItemRequests.Result;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.mapping.AnnotationIds;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.status.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Posts the annotations of rows whose input is processed.
 *
 * <p>Their ids follow from input and data, so that an annotation that was posted before is not added twice. Annotations
 * that are refused do not cost the row its input: its outcome stays, {@code status_message} says which ones were refused
 * and why. Annotations are only added, never changed or removed.
 */
public final class AnnotationUpload {

    /** More refused annotations of one row are only counted. */
    private static final int REASONS = 3;

    private final Annotations annotations;
    private final long maxBatchBytes;
    private final Function<Object, List<Data>> reader;
    private final Backoff backoff;

    /** {@code number}: which annotation of the row, from 1. */
    private record Post(Annotated annotated, int number, Annotation message) implements ItemRequests.Item {}

    /**
     * How many annotations there were.
     *
     * @param accepted are in the app now, whether they were new or not
     */
    public record Counts(int accepted, int rejected) {

        private Counts plus(Counts other) {
            return new Counts(accepted + other.accepted, rejected + other.rejected);
        }
    }

    /**
     * @param maxBatchBytes most bytes of one request; a single larger annotation still goes, alone
     * @param reader reads the annotations of a row; throws {@link IllegalArgumentException} with the reason if it cannot
     */
    public AnnotationUpload(ClarifaiClient client, long maxBatchBytes, Function<Object, List<Data>> reader) {
        this.annotations = client.annotations();
        this.maxBatchBytes = maxBatchBytes;
        this.reader = reader;
        this.backoff = client.settings().retries().passing();
    }

    /** Posts those of new inputs, and those of inputs that existed before if these may change. */
    public CompletableFuture<Counts> post(AppRef app, List<Map<String, Object>> rows, OnExisting onExisting) {
        List<Annotated> wanted = rows.stream()
                .filter(row -> row.get(InputColumns.ANNOTATIONS) != null && Rows.is(row, InputStatus.PROCESSED))
                .filter(row -> Rows.is(row, Outcome.IMPORTED)
                        || onExisting.updates() && (Rows.is(row, Outcome.UPDATED) || Rows.is(row, Outcome.EXISTING)))
                .map(Annotated::new)
                .toList();
        return Rows.inChunks(wanted, chunk -> post(app, chunk)).thenApply(posted -> {
            rows.forEach(row -> row.remove(InputColumns.ANNOTATIONS));
            return wanted.stream().map(Annotated::counts).reduce(new Counts(0, 0), Counts::plus);
        });
    }

    private CompletableFuture<Void> post(AppRef app, List<Annotated> chunk) {
        return new ItemRequests<Post>(
                        batch -> annotations.post(
                                app, batch.stream().map(Post::message).toList()),
                        results -> {
                            results.forEach(AnnotationUpload::settle);
                            return CompletableFuture.completedFuture(null);
                        },
                        ItemRequests::isAboutItemsOfInputs,
                        maxBatchBytes,
                        backoff)
                .send(chunk.stream().flatMap(this::posts).toList())
                .thenRun(() -> chunk.forEach(Annotated::report));
    }

    private Stream<Post> posts(Annotated annotated) {
        List<Data> all;
        try {
            all = reader.apply(annotated.row.get(InputColumns.ANNOTATIONS));
        } catch (IllegalArgumentException e) {
            annotated.unreadable = e.getMessage();
            return Stream.empty();
        }
        String inputId = Rows.id(annotated.row);
        AnnotationIds ids = new AnnotationIds(inputId);
        List<Post> posts = new ArrayList<>();
        for (Data data : all) {
            Annotation annotation = Annotation.newBuilder()
                    .setId(ids.next(data))
                    .setInputId(inputId)
                    .setData(data)
                    .build();
            posts.add(new Post(annotated, posts.size() + 1, annotation));
        }
        return posts.stream();
    }

    private static void settle(Result<Post> result) {
        Status status = result.status();
        if (isTaken(status) || ClarifaiFailures.isDuplicateId(status)) {
            result.item().annotated().accepted++;
        } else {
            result.item().annotated().refused.add("no. " + result.item().number() + ": " + InputRows.message(status));
        }
    }

    private static boolean isTaken(Status status) {
        return switch (status.getCode()) {
            case SUCCESS,
                    ANNOTATION_SUCCESS,
                    ANNOTATION_PENDING,
                    ANNOTATION_MODIFY_SUCCESS,
                    ANNOTATION_MODIFY_PENDING,
                    ANNOTATION_AWAITING_REVIEW,
                    ANNOTATION_AWAITING_CONSENSUS_REVIEW -> true;
            default -> false;
        };
    }

    /** A row and what became of its annotations. */
    private static final class Annotated {

        private final Map<String, Object> row;
        private final List<String> refused = new ArrayList<>();
        private int accepted;
        private String unreadable;

        private Annotated(Map<String, Object> row) {
            this.row = row;
        }

        /** Annotations that cannot be read count as one, as nobody knows how many they are. */
        private Counts counts() {
            return new Counts(accepted, unreadable == null ? refused.size() : 1);
        }

        private void report() {
            if (unreadable != null) {
                row.put(InputColumns.STATUS_MESSAGE, "The annotations cannot be read: " + unreadable);
            } else if (!refused.isEmpty()) {
                row.put(
                        InputColumns.STATUS_MESSAGE,
                        refused.size() + " of " + (accepted + refused.size()) + " annotations refused: "
                                + refused.stream().limit(REASONS).collect(Collectors.joining("; "))
                                + (refused.size() > REASONS ? "; …" : ""));
            }
        }
    }
}
