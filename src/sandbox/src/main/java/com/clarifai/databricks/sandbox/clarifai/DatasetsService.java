package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.clarifai.DatasetTable.Member;
import com.clarifai.grpc.api.BulkOperation;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.DeleteDatasetInputsRequest;
import com.clarifai.grpc.api.DeleteDatasetsRequest;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.GetDatasetInputRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.MultiDatasetResponse;
import com.clarifai.grpc.api.PatchDatasetsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.Progress;
import com.clarifai.grpc.api.SingleDatasetInputResponse;
import com.clarifai.grpc.api.SingleDatasetResponse;
import com.clarifai.grpc.api.Visibility;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.common.collect.Lists;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Datasets and the inputs in them. */
final class DatasetsService {

    private final ClarifaiTables tables;
    private final Filters filters;
    private final InputView view;
    private final ClarifaiOptions options;
    private final Oddities oddities;

    DatasetsService(ClarifaiTables tables, InputView view, ClarifaiOptions options, Oddities oddities) {
        this.tables = tables;
        this.filters = new Filters(tables);
        this.view = view;
        this.options = options;
        this.oddities = oddities;
    }

    MultiDatasetResponse list(String app, ListDatasetsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), options.limits());
        String wanted = request.getSearch().toLowerCase(Locale.ROOT);
        List<Dataset> datasets = tables.store().read(() -> tables.datasets()
                .all(app)
                .filter(dataset -> dataset.getId().toLowerCase(Locale.ROOT).contains(wanted))
                .sorted(order(request))
                .skip(page.offset())
                .limit(page.size())
                .toList());
        return MultiDatasetResponse.newBuilder().addAllDatasets(datasets).build();
    }

    private static Comparator<Dataset> order(ListDatasetsRequest request) {
        Comparator<Dataset> ascending =
                switch (request.getSortByCase()) {
                    case SORT_BY_ID -> Comparator.comparing(Dataset::getId);
                    case SORT_BY_MODIFIED_AT -> Comparator.comparing(Dataset::getModifiedAt, Timestamps.comparator());
                    default -> Comparator.comparing(Dataset::getCreatedAt, Timestamps.comparator());
                };
        return request.getSortAscending() ? ascending : ascending.reversed();
    }

    SingleDatasetResponse get(String app, GetDatasetRequest request) {
        Dataset dataset = tables.store().read(() -> tables.datasets().get(app, request.getDatasetId()));
        return SingleDatasetResponse.newBuilder().setDataset(dataset).build();
    }

    void createMissing(String app, String id) {
        tables.store().change(() -> {
            if (!tables.datasets().contains(app, id)) {
                tables.datasets()
                        .put(app, created(app, Dataset.newBuilder().setId(id).build()));
            }
        });
    }

    MultiDatasetResponse post(String app, PostDatasetsRequest request) {
        List<Dataset> asked = request.getDatasetsList();
        Batch.checkSize("datasets", asked.size(), options.limits());
        asked.forEach(dataset -> Batch.checkId("dataset", dataset.getId()));
        Batch.checkDistinct(asked, Dataset::getId);
        return tables.store().write(() -> {
            for (Dataset dataset : asked) {
                if (tables.datasets().contains(app, dataset.getId())) {
                    throw new Refusal(StatusCode.DATABASE_DUPLICATE_KEY, "dataset '" + dataset.getId() + "' exists");
                }
            }
            List<Dataset> created =
                    asked.stream().map(dataset -> created(app, dataset)).toList();
            created.forEach(dataset -> tables.datasets().put(app, dataset));
            return MultiDatasetResponse.newBuilder().addAllDatasets(created).build();
        });
    }

    private Dataset created(String app, Dataset dataset) {
        return dataset.toBuilder()
                .setAppId(app)
                .setUserId(options.userId())
                .setVisibility(Visibility.newBuilder().setGettable(Visibility.Gettable.PRIVATE))
                .setCreatedAt(Times.now())
                .setModifiedAt(Times.now())
                .build();
    }

    /** {@code merge} and {@code overwrite} differ in metadata: merged by key, or replaced. */
    MultiDatasetResponse patch(String app, PatchDatasetsRequest request) {
        Batch.checkSize("datasets", request.getDatasetsCount(), options.limits());
        PatchAction action = PatchAction.of(request.getAction());
        return tables.store().write(() -> {
            List<Dataset> patched = request.getDatasetsList().stream()
                    .map(patch -> action.apply(tables.datasets().get(app, patch.getId()), patch).toBuilder()
                            .setId(patch.getId())
                            .setModifiedAt(Times.now())
                            .build())
                    .toList();
            patched.forEach(dataset -> tables.datasets().put(app, dataset));
            return MultiDatasetResponse.newBuilder().addAllDatasets(patched).build();
        });
    }

    /** The inputs stay in the app. */
    BaseResponse delete(String app, DeleteDatasetsRequest request) {
        Batch.checkSize("dataset ids", request.getDatasetIdsCount(), options.limits());
        tables.store().change(() -> {
            request.getDatasetIdsList().forEach(id -> tables.datasets().get(app, id));
            request.getDatasetIdsList().forEach(id -> {
                tables.datasets().remove(app, id);
                tables.versions().removeDataset(app, id);
            });
        });
        return BaseResponse.getDefaultInstance();
    }

    MultiDatasetInputResponse listInputs(String app, ListDatasetInputsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), options.limits());
        return tables.store().read(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            MultiDatasetInputResponse.Builder answer = MultiDatasetInputResponse.newBuilder();
            tables.datasets()
                    .newestFirst(app, dataset, page.offset() + oddities.lostMembers())
                    .limit(page.size())
                    .map(member -> datasetInput(app, member))
                    .forEach(answer::addDatasetInputs);
            return answer.build();
        });
    }

    SingleDatasetInputResponse getInput(String app, GetDatasetInputRequest request) {
        return tables.store().read(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            Member member = tables.datasets()
                    .member(app, dataset, request.getInputId())
                    .orElseThrow(() -> Refusal.missing("dataset input", request.getInputId()));
            return SingleDatasetInputResponse.newBuilder()
                    .setDatasetInput(datasetInput(app, member))
                    .build();
        });
    }

    /** An input that is in it already is answered with its own status {@code DATASET_INPUT_DUPLICATE}. */
    MultiDatasetInputResponse postInputs(String app, PostDatasetInputsRequest request) {
        if (request.hasSearch()) {
            return postFound(app, request);
        }
        Batch.checkSize("dataset inputs", request.getDatasetInputsCount(), options.limits());
        return tables.store().write(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            MultiDatasetInputResponse.Builder answer = MultiDatasetInputResponse.newBuilder();
            List<Status> failed = new ArrayList<>();
            for (DatasetInput asked : request.getDatasetInputsList()) {
                String id = asked.getInput().getId();
                try {
                    answer.addDatasetInputs(add(app, dataset, id));
                } catch (Refusal e) {
                    failed.add(e.status());
                    answer.addDatasetInputs(DatasetInput.newBuilder()
                            .setInput(Input.newBuilder().setId(id).setStatus(e.status())));
                }
            }
            if (oddities.datasetItem() == 0) {
                answer.clearDatasetInputs();
            }
            return answer.setStatus(Statuses.summary(failed, request.getDatasetInputsCount()))
                    .build();
        });
    }

    /** All inputs that a search finds, as when a dataset is merged into another; those that are in it already are fine. */
    private MultiDatasetInputResponse postFound(String app, PostDatasetInputsRequest request) {
        if (request.getDatasetInputsCount() > 0) {
            throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "inputs are added by id or by search, not by both");
        }
        List<Filter> wanted = Filters.of(List.of(request.getSearch()));
        return tables.store().write(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            List<String> found = tables.inputs()
                    .newestFirst(app)
                    .filter(input -> filters.pass(app, input, wanted))
                    .map(StoredInput::id)
                    .filter(id -> !tables.datasets().isMember(app, dataset, id))
                    .toList();
            Lists.reverse(found).forEach(id -> tables.datasets().addMember(app, dataset, id));
            return MultiDatasetInputResponse.newBuilder()
                    .setBulkOperation(BulkOperation.newBuilder()
                            .setId(Ids.random())
                            .setAppId(app)
                            .setSearch(request.getSearch())
                            .setStatus(Statuses.of(StatusCode.JOB_COMPLETED))
                            .setProgress(Progress.newBuilder().setProcessed(found.size()))
                            .setCreatedAt(Times.now())
                            .setLastModifiedAt(Times.now()))
                    .build();
        });
    }

    private DatasetInput add(String app, String dataset, String inputId) {
        tables.inputs().get(app, inputId);
        if (tables.datasets().isMember(app, dataset, inputId)) {
            throw new Refusal(
                    StatusCode.DATASET_INPUT_DUPLICATE, "input '" + inputId + "' is in dataset '" + dataset + "'");
        }
        tables.datasets().addMember(app, dataset, inputId);
        DatasetInput added = datasetInput(
                app, tables.datasets().member(app, dataset, inputId).orElseThrow());
        return added.toBuilder()
                .setInput(added.getInput().toBuilder().setStatus(Statuses.of(oddities.datasetItem())))
                .build();
    }

    /** The inputs stay in the app. */
    BaseResponse deleteInputs(String app, DeleteDatasetInputsRequest request) {
        Batch.checkSize("input ids", request.getInputIdsCount(), options.limits());
        tables.store().change(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            for (String id : request.getInputIdsList()) {
                if (!tables.datasets().isMember(app, dataset, id)) {
                    throw Refusal.missing("dataset input", id);
                }
            }
            request.getInputIdsList().forEach(id -> tables.datasets().removeMember(app, dataset, id));
        });
        return BaseResponse.getDefaultInstance();
    }

    private DatasetInput datasetInput(String app, Member member) {
        StoredInput input = tables.inputs().get(app, member.inputId());
        Timestamp addedAt = member.addedAt();
        return DatasetInput.newBuilder()
                .setCreatedAt(
                        oddities.areMembersTied()
                                ? addedAt.toBuilder().clearNanos().build()
                                : addedAt)
                .setInput(view.input(app, input))
                .build();
    }
}
