package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.AnnotationTable.StatusAndUser;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DeleteAnnotationRequest;
import com.clarifai.grpc.api.DeleteAnnotationsRequest;
import com.clarifai.grpc.api.GetAnnotationRequest;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.PatchAnnotationsRequest;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.SingleAnnotationResponse;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Annotations. Those posted are the user's own (trusted): the sandbox runs no models. */
final class AnnotationsService {

    private final ClarifaiTables tables;
    private final InputView view;
    private final ClarifaiOptions.Limits limits;

    AnnotationsService(ClarifaiTables tables, InputView view, ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.view = view;
        this.limits = limits;
    }

    SingleAnnotationResponse get(String app, GetAnnotationRequest request) {
        return tables.store().read(() -> SingleAnnotationResponse.newBuilder()
                .setAnnotation(tables.annotations().get(app, request.getInputId(), request.getAnnotationId()))
                .build());
    }

    /**
     * Newest first. With both ids and input ids, the n-th annotation must be on the n-th input. What models and
     * workflows made is left out unless it is asked for: all of it, by version, or by id.
     */
    MultiAnnotationResponse list(String app, ListAnnotationsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), limits);
        Predicate<StatusAndUser> group = byStatusAndUser(request);
        Optional<Predicate<Annotation>> others = byTaskAndVersion(request);
        return tables.store().read(() -> {
            Stream<Annotation> found;
            long skip = page.offset();
            if (request.getIdsCount() > 0) {
                found = byIds(app, request).filter(annotation -> group.test(StatusAndUser.of(annotation)));
            } else if (request.getInputIdsCount() > 0) {
                request.getInputIdsList().forEach(id -> tables.inputs().get(app, id));
                found = tables.annotations()
                        .newestFirst(app, request.getInputIdsList())
                        .filter(annotation -> group.test(StatusAndUser.of(annotation)));
            } else {
                long jump = others.isEmpty() ? page.offset() : 0;
                found = tables.annotations().newestFirst(app, group, jump);
                skip -= jump;
            }
            return MultiAnnotationResponse.newBuilder()
                    .addAllAnnotations(found.filter(others.orElse(annotation -> true))
                            .skip(skip)
                            .limit(page.size())
                            .toList())
                    .build();
        });
    }

    private Stream<Annotation> byIds(String app, ListAnnotationsRequest request) {
        if (request.getInputIdsCount() != 0 && request.getInputIdsCount() != request.getIdsCount()) {
            throw new Refusal(
                    StatusCode.ANNOTATION_INVALID_ARGUMENT, "ids and input_ids must have the same number of items");
        }
        return IntStream.range(0, request.getIdsCount()).mapToObj(i -> tables.annotations()
                .get(app, request.getInputIdsCount() == 0 ? "" : request.getInputIds(i), request.getIds(i)));
    }

    private static Predicate<StatusAndUser> byStatusAndUser(ListAnnotationsRequest request) {
        Set<Integer> statuses =
                request.getStatusesList().stream().map(Status::getCodeValue).collect(Collectors.toSet());
        Set<String> users = Set.copyOf(request.getUserIdsList());
        boolean all = request.getListAllAnnotations()
                || request.getIdsCount() > 0
                || request.getModelVersionIdsCount() + request.getWorkflowVersionIdsCount() > 0;
        return group -> (all || group.isTrusted())
                && (statuses.isEmpty() || statuses.contains(group.status()))
                && (users.isEmpty() || users.contains(group.userId()));
    }

    private static Optional<Predicate<Annotation>> byTaskAndVersion(ListAnnotationsRequest request) {
        List<Predicate<Annotation>> filters = new ArrayList<>();
        if (!request.getTaskId().isEmpty()) {
            filters.add(annotation -> request.getTaskId().equals(annotation.getTaskId()));
        }
        Set<String> models = Set.copyOf(request.getModelVersionIdsList());
        Set<String> workflows = Set.copyOf(request.getWorkflowVersionIdsList());
        if (models.size() + workflows.size() > 0) {
            filters.add(annotation -> models.contains(
                            annotation.getWorker().getModel().getModelVersion().getId())
                    || workflows.contains(
                            annotation.getWorker().getWorkflow().getVersion().getId()));
        }
        return filters.stream().reduce(Predicate::and);
    }

    MultiAnnotationResponse post(String app, PostAnnotationsRequest request) {
        return each(request.getAnnotationsList(), annotation -> insert(app, annotation));
    }

    private Annotation insert(String app, Annotation posted) {
        String id = posted.getId().isEmpty() ? Ids.random() : posted.getId();
        if (!Ids.isValid(id)) {
            throw new Refusal(StatusCode.ANNOTATION_INVALID_ARGUMENT, "Annotation id " + Ids.RULE);
        }
        if (tables.annotations().contains(app, id)) {
            throw new Refusal(StatusCode.ANNOTATION_INVALID_ARGUMENT, "Annotation has a duplicate ID.");
        }
        if (posted.getInputLevel()) {
            throw new Refusal(
                    StatusCode.ANNOTATION_INVALID_ARGUMENT, "each input has its one input-level annotation already");
        }
        tables.inputs().get(app, posted.getInputId());
        DataRules.check(posted.getData());
        Annotation annotation = view.signed(posted.toBuilder())
                .setId(id)
                .setData(numbered(tables.concepts().adopt(app, posted.getData())))
                .setStatus(
                        posted.getStatus().getCodeValue() == 0
                                ? Statuses.of(StatusCode.ANNOTATION_SUCCESS)
                                : Statuses.of(posted.getStatus().getCodeValue()))
                .setCreatedAt(Times.now())
                .setModifiedAt(Times.now())
                .build();
        tables.annotations().insert(app, tables.store().nextSequence(), annotation);
        return annotation;
    }

    MultiAnnotationResponse patch(String app, PatchAnnotationsRequest request) {
        PatchAction action = PatchAction.of(request.getAction());
        return each(
                request.getAnnotationsList(),
                annotation -> patch(app, action, annotation, request.getDeleteIfEmptyData()));
    }

    private Annotation patch(String app, PatchAction action, Annotation patch, boolean deleteIfEmpty) {
        Annotation old = tables.annotations().get(app, patch.getInputId(), patch.getId());
        if (old.getInputLevel()) {
            StoredInput input = tables.inputs().get(app, old.getInputId());
            return view.annotation(app, InputPatch.apply(tables, app, action, input, patch.getData()));
        }
        DataRules.check(patch.getData());
        Data named = action == PatchAction.REMOVE
                ? patch.getData()
                : tables.concepts().adopt(app, patch.getData());
        Annotation.Builder patched = old.toBuilder()
                .setData(numbered(action.apply(old.getData(), PatchAction.meantFor(old.getData(), named))))
                .setModifiedAt(Times.now());
        if (patch.hasAnnotationInfo()) {
            patched.setAnnotationInfo(action.metadata(old.getAnnotationInfo(), patch.getAnnotationInfo()));
        }
        if (patch.hasStatus()) {
            patched.setStatus(Statuses.of(patch.getStatus().getCodeValue()));
        }
        Annotation result = patched.build();
        if (deleteIfEmpty && result.getData().equals(Data.getDefaultInstance())) {
            tables.annotations().remove(app, result);
        } else {
            tables.annotations().update(app, old, result);
        }
        return result;
    }

    BaseResponse delete(String app, DeleteAnnotationRequest request) {
        tables.store().change(() -> {
            Annotation annotation = tables.annotations().get(app, request.getInputId(), request.getAnnotationId());
            checkRemovable(annotation);
            tables.annotations().remove(app, annotation);
        });
        return BaseResponse.getDefaultInstance();
    }

    /** By id, or all but the input-level ones of the inputs given. */
    BaseResponse delete(String app, DeleteAnnotationsRequest request) {
        Batch.checkSize("ids", Math.max(request.getIdsCount(), request.getInputIdsCount()), limits);
        tables.store().change(() -> {
            List<Annotation> named;
            if (request.getIdsCount() > 0) {
                named = byIds(
                                app,
                                ListAnnotationsRequest.newBuilder()
                                        .addAllIds(request.getIdsList())
                                        .addAllInputIds(request.getInputIdsList())
                                        .build())
                        .toList();
                named.forEach(AnnotationsService::checkRemovable);
            } else {
                request.getInputIdsList().forEach(id -> tables.inputs().get(app, id));
                named = tables.annotations()
                        .newestFirst(app, request.getInputIdsList())
                        .filter(annotation -> !annotation.getInputLevel())
                        .toList();
            }
            named.forEach(annotation -> tables.annotations().remove(app, annotation));
        });
        return BaseResponse.getDefaultInstance();
    }

    private static void checkRemovable(Annotation annotation) {
        if (annotation.getInputLevel()) {
            throw new Refusal(
                    StatusCode.ANNOTATION_INVALID_ARGUMENT, "an input-level annotation goes only with its input");
        }
    }

    private MultiAnnotationResponse each(List<Annotation> asked, Function<Annotation, Annotation> operation) {
        Batch.checkSize("annotations", asked.size(), limits);
        return tables.store().write(() -> {
            MultiAnnotationResponse.Builder answer = MultiAnnotationResponse.newBuilder();
            List<Status> failed = new ArrayList<>();
            for (Annotation annotation : asked) {
                try {
                    answer.addAnnotations(operation.apply(annotation));
                } catch (Refusal e) {
                    failed.add(e.status());
                    answer.addAnnotations(annotation.toBuilder().setStatus(e.status()));
                }
            }
            return answer.setStatus(Statuses.summary(failed, asked.size())).build();
        });
    }

    /** Regions, frames and time segments get ids, by which patches name them. */
    private static Data numbered(Data data) {
        Data.Builder numbered = data.toBuilder();
        numbered.getRegionsBuilderList().stream()
                .filter(region -> region.getId().isEmpty())
                .forEach(region -> region.setId(Ids.random()));
        numbered.getFramesBuilderList().stream()
                .filter(frame -> frame.getId().isEmpty())
                .forEach(frame -> frame.setId(Ids.random()));
        numbered.getTimeSegmentsBuilderList().stream()
                .filter(segment -> segment.getId().isEmpty())
                .forEach(segment -> segment.setId(Ids.random()));
        return numbered.build();
    }
}
