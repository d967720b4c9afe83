package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.DeleteInputRequest;
import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.GetInputCountRequest;
import com.clarifai.grpc.api.GetInputRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputCount;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.SingleInputCountResponse;
import com.clarifai.grpc.api.SingleInputResponse;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reading, changing and deleting inputs; {@link InputIntake} takes in new ones. */
final class InputsService {

    /** Default page of {@code StreamInputs}, smaller than that of lists. */
    private static final int STREAM_PAGE = 20;

    private final ClarifaiTables tables;
    private final InputView view;
    private final Processing processing;
    private final Oddities oddities;
    private final ClarifaiOptions.Limits limits;

    InputsService(
            ClarifaiTables tables,
            InputView view,
            Processing processing,
            Oddities oddities,
            ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.view = view;
        this.processing = processing;
        this.oddities = oddities;
        this.limits = limits;
    }

    SingleInputResponse get(String app, GetInputRequest request) {
        return tables.store().read(() -> SingleInputResponse.newBuilder()
                .setInput(view.input(app, tables.inputs().get(app, request.getInputId())))
                .build());
    }

    /** Newest first; ids that do not exist are left out. */
    MultiInputResponse list(String app, ListInputsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), limits);
        int status = request.getStatus().getCodeValue();
        return tables.store().read(() -> {
            if (request.getIdsCount() > 0) {
                List<StoredInput> found = byIds(app, request.getIdsList(), status, page);
                return found.isEmpty() && oddities.unknownIds() != 0
                        ? MultiInputResponse.newBuilder()
                                .setStatus(Statuses.of(oddities.unknownIds()))
                                .build()
                        : answer(app, found);
            }
            return answer(
                    app,
                    status == 0
                            ? tables.inputs().page(app, page)
                            : tables.inputs().page(app, status, page));
        });
    }

    private List<StoredInput> byIds(String app, Collection<String> ids, int status, Page page) {
        return ids.stream()
                .distinct()
                .map(id -> tables.inputs().find(app, id))
                .flatMap(Optional::stream)
                .filter(input -> status == 0 || input.statusCode() == status)
                .sorted(Comparator.comparing(StoredInput::sequence).reversed())
                .skip(page.offset())
                .limit(page.size())
                .toList();
    }

    /** Oldest first unless asked otherwise, after the input {@code last_id}. */
    MultiInputResponse stream(String app, StreamInputsRequest request) {
        Page page = Page.of(1, request.getPerPage() == 0 ? STREAM_PAGE : request.getPerPage(), limits);
        return tables.store()
                .read(() -> answer(
                        app,
                        tables.inputs()
                                .follow(
                                        app,
                                        request.getLastId(),
                                        request.getOrderById(),
                                        request.getDescending(),
                                        page.size())));
    }

    SingleInputCountResponse count(String app, GetInputCountRequest request) {
        return tables.store().read(() -> {
            InputTable inputs = tables.inputs();
            long processed = inputs.count(app, StatusCode.INPUT_DOWNLOAD_SUCCESS);
            long pending = inputs.count(app, StatusCode.INPUT_DOWNLOAD_PENDING);
            long processing = inputs.count(app, StatusCode.INPUT_DOWNLOAD_IN_PROGRESS);
            long errors = inputs.count(app) - processed - pending - processing;
            return SingleInputCountResponse.newBuilder()
                    .setCounts(InputCount.newBuilder()
                            .setProcessed((int) processed)
                            .setToProcess((int) pending)
                            .setProcessing((int) processing)
                            .setErrors((int) errors))
                    .build();
        });
    }

    /** Concepts, metadata and geo of existing inputs; the image of an input cannot change. */
    MultiInputResponse patch(String app, PatchInputsRequest request) {
        Batch.checkSize("inputs", request.getInputsCount(), limits);
        PatchAction action = PatchAction.of(request.getAction());
        return tables.store().write(() -> {
            MultiInputResponse.Builder answer = MultiInputResponse.newBuilder();
            List<Status> failed = new ArrayList<>();
            for (Input patch : request.getInputsList()) {
                try {
                    // of the change; the state of the input stays as it is
                    answer.addInputs(view.input(app, patch(app, action, patch)).toBuilder()
                            .setStatus(Statuses.of(oddities.patchedInput())));
                } catch (Refusal e) {
                    failed.add(e.status());
                    answer.addInputs(patch.toBuilder().setStatus(e.status()));
                }
            }
            return answer.setStatus(Statuses.summary(failed, request.getInputsCount()))
                    .build();
        });
    }

    private StoredInput patch(String app, PatchAction action, Input patch) {
        StoredInput old = tables.inputs().get(app, patch.getId());
        StoredInput changed = InputPatch.apply(tables, app, action, old, patch.getData());
        if (oddities.reindexMillis() > 0 && !changed.isUnfinished()) {
            processing.reindex(app, changed, oddities.reindexMillis());
        }
        return changed;
    }

    BaseResponse delete(String app, DeleteInputRequest request) {
        tables.store().change(() -> {
            String id = tables.inputs().get(app, request.getInputId()).id();
            tables.inputs().requestDeletion(app, id);
        });
        processing.delete(app, List.of(request.getInputId()));
        return BaseResponse.getDefaultInstance();
    }

    /** An empty list deletes nothing; the official SDK sends one after each upload without failures. */
    BaseResponse delete(String app, DeleteInputsRequest request) {
        Batch.checkMost("input ids", request.getIdsCount(), limits);
        List<String> known = tables.store().write(() -> {
            List<String> existing = request.getIdsList().stream()
                    .filter(id -> tables.inputs().contains(app, id))
                    .toList();
            existing.forEach(id -> tables.inputs().requestDeletion(app, id));
            return existing;
        });
        if (known.isEmpty() && request.getIdsCount() > 0) {
            throw Refusal.missing("input", String.join(", ", request.getIdsList()));
        }
        processing.delete(app, known);
        return BaseResponse.getDefaultInstance();
    }

    private MultiInputResponse answer(String app, List<StoredInput> inputs) {
        MultiInputResponse.Builder answer = MultiInputResponse.newBuilder();
        inputs.forEach(input -> answer.addInputs(view.input(app, input)));
        return answer.build();
    }
}
