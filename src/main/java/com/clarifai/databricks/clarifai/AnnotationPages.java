package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.google.common.collect.Iterators;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The pages of the annotations of inputs, {@value Inputs#REQUEST_LIMIT} inputs after the other. Inputs that do not exist
 * any more have none.
 */
final class AnnotationPages implements Iterator<CompletableFuture<List<Annotation>>> {

    private final ClarifaiCalls calls;
    private final AppRef app;
    private final Iterator<List<String>> chunks;
    private final AnnotationFilter filter;
    private final int pageSize;
    private Iterator<CompletableFuture<List<Annotation>>> pages =
            List.<CompletableFuture<List<Annotation>>>of().iterator();

    AnnotationPages(ClarifaiCalls calls, AppRef app, Iterator<String> inputIds, AnnotationFilter filter, int pageSize) {
        this.calls = calls;
        this.app = app;
        this.chunks = Iterators.partition(inputIds, Inputs.REQUEST_LIMIT);
        this.filter = filter;
        this.pageSize = Pages.checkedSize(pageSize);
    }

    @Override
    public boolean hasNext() {
        return pages.hasNext() || chunks.hasNext();
    }

    @Override
    public CompletableFuture<List<Annotation>> next() {
        if (!pages.hasNext()) {
            Chunk chunk = new Chunk(Set.copyOf(chunks.next()));
            pages = new NumberedPages<>(chunk::list, Annotation::getId, pageSize);
        }
        return pages.next()
                .thenApply(annotations ->
                        annotations.stream().filter(filter::passes).toList());
    }

    /** Inputs that one list is about. */
    private final class Chunk {

        private Set<String> inputIds;

        private Chunk(Set<String> inputIds) {
            this.inputIds = inputIds;
        }

        private CompletableFuture<List<Annotation>> list(int number, int size) {
            if (inputIds.isEmpty()) {
                // Clarifai would list the annotations of the whole app
                return CompletableFuture.completedFuture(List.of());
            }
            ListAnnotationsRequest.Builder request = ListAnnotationsRequest.newBuilder()
                    .setUserAppId(app.toProto())
                    .addAllInputIds(inputIds)
                    .setPage(number)
                    .setPerPage(size);
            filter.applyTo(request);
            ListAnnotationsRequest built = request.build();
            return calls.send(Call.of(
                            "ListAnnotations",
                            built,
                            V2FutureStub::listAnnotations,
                            MultiAnnotationResponse::getStatus))
                    .thenApply(MultiAnnotationResponse::getAnnotationsList)
                    .exceptionallyCompose(failure -> ClarifaiException.isKind(failure, Kind.NOT_FOUND)
                            ? listOfExisting(number, size, failure)
                            : CompletableFuture.failedFuture(failure));
        }

        private CompletableFuture<List<Annotation>> listOfExisting(int number, int size, Throwable failure) {
            return new Inputs(calls).get(app, inputIds).thenCompose(found -> {
                Set<String> existing = found.stream().map(Input::getId).collect(Collectors.toUnmodifiableSet());
                if (existing.size() == inputIds.size()) {
                    return CompletableFuture.failedFuture(failure);
                }
                inputIds = existing;
                return list(number, size);
            });
        }
    }
}
