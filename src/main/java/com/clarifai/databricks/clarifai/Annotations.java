package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The annotations of an app. */
public final class Annotations {

    private final ClarifaiCalls calls;

    Annotations(ClarifaiCalls calls) {
        this.calls = calls;
    }

    /**
     * Those of inputs, in no particular order; some may come twice when others change them meanwhile. The ids are read
     * as the annotations are.
     *
     * @param pageSize annotations of one page, 1 to 1000
     */
    public CompletableFuture<Pages<Annotation>> list(
            AppRef app, Iterator<String> inputIds, AnnotationFilter filter, int pageSize) {
        return Pages.open(new AnnotationPages(calls, app, inputIds, filter, pageSize));
    }

    /**
     * Adds at most {@value Inputs#REQUEST_LIMIT} annotations, which need ids: the request may be repeated. Succeeds when every one has a status of its own, even a
     * failure.
     */
    public CompletableFuture<ItemStatuses> post(AppRef app, List<Annotation> annotations) {
        PostAnnotationsRequest request = PostAnnotationsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addAllAnnotations(annotations)
                .build();
        return calls.sendItems(
                Call.of("PostAnnotations", request, V2FutureStub::postAnnotations, MultiAnnotationResponse::getStatus),
                annotations.size(),
                answer -> answer.getAnnotationsList().stream()
                        .map(Annotation::getStatus)
                        .toList());
    }
}
