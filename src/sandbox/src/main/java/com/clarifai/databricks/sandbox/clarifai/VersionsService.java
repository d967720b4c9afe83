package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetVersion;
import com.clarifai.grpc.api.DatasetVersionExport;
import com.clarifai.grpc.api.DatasetVersionExportInfo;
import com.clarifai.grpc.api.DeleteDatasetVersionsRequest;
import com.clarifai.grpc.api.GetDatasetVersionRequest;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListDatasetVersionsRequest;
import com.clarifai.grpc.api.MultiDatasetVersionExportResponse;
import com.clarifai.grpc.api.MultiDatasetVersionResponse;
import com.clarifai.grpc.api.PostDatasetVersionsRequest;
import com.clarifai.grpc.api.PutDatasetVersionExportsRequest;
import com.clarifai.grpc.api.SingleDatasetVersionResponse;
import com.clarifai.grpc.api.Visibility;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.util.Timestamps;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Versions of datasets: what a dataset held at a time, with what people have said of it. A version is 64005 pending, then
 * 64015 ready; an export of it 64201 pending, then 64200 with the address of its archive.
 */
final class VersionsService {

    private final ClarifaiTables tables;
    private final InputView view;
    private final VersionArchives archives;
    private final Processing processing;
    private final Supplier<String> dataBaseUrl;
    private final ClarifaiOptions options;

    VersionsService(
            ClarifaiTables tables,
            InputView view,
            VersionArchives archives,
            Processing processing,
            Supplier<String> dataBaseUrl,
            ClarifaiOptions options) {
        this.tables = tables;
        this.view = view;
        this.archives = archives;
        this.processing = processing;
        this.dataBaseUrl = dataBaseUrl;
        this.options = options;
    }

    /** Takes up what an earlier run left unfinished. */
    void resume() {
        tables.store().change(() -> tables.apps().ids().forEach(app -> tables.datasets()
                .all(app)
                .flatMap(dataset -> tables.versions().all(app, dataset.getId()))
                .filter(version -> version.getStatus().getCode() == StatusCode.DATASET_VERSION_PENDING)
                .toList()
                .forEach(version -> tables.versions().put(app, ready(version)))));
    }

    private static DatasetVersion ready(DatasetVersion version) {
        return version.toBuilder()
                .setStatus(Statuses.of(StatusCode.DATASET_VERSION_READY))
                .build();
    }

    /** Newest first. */
    MultiDatasetVersionResponse list(String app, ListDatasetVersionsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), options.limits());
        List<DatasetVersion> versions = tables.store().read(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            return tables.versions()
                    .all(app, dataset)
                    .sorted(Comparator.comparing(DatasetVersion::getCreatedAt, Timestamps.comparator())
                            .reversed())
                    .skip(page.offset())
                    .limit(page.size())
                    .toList();
        });
        return MultiDatasetVersionResponse.newBuilder()
                .addAllDatasetVersions(versions)
                .build();
    }

    SingleDatasetVersionResponse get(String app, GetDatasetVersionRequest request) {
        return tables.store().read(() -> SingleDatasetVersionResponse.newBuilder()
                .setDatasetVersion(tables.versions().get(app, request.getDatasetId(), request.getDatasetVersionId()))
                .build());
    }

    MultiDatasetVersionResponse post(String app, PostDatasetVersionsRequest request) {
        Batch.checkSize("dataset versions", request.getDatasetVersionsCount(), options.limits());
        List<DatasetVersion> made = tables.store().write(() -> {
            String dataset = tables.datasets().get(app, request.getDatasetId()).getId();
            return request.getDatasetVersionsList().stream()
                    .map(version -> create(app, dataset, version))
                    .toList();
        });
        made.forEach(version -> processing.after(() -> change(app, version, VersionsService::ready)));
        return MultiDatasetVersionResponse.newBuilder()
                .addAllDatasetVersions(made)
                .build();
    }

    private DatasetVersion create(String app, String dataset, DatasetVersion asked) {
        String id = asked.getId().isEmpty() ? Ids.random() : asked.getId();
        Batch.checkId("dataset version", id);
        if (tables.versions().contains(app, dataset, id)) {
            throw new Refusal(StatusCode.DATABASE_DUPLICATE_KEY, "dataset version '" + id + "' exists");
        }
        DatasetVersion version = asked.toBuilder()
                .setId(id)
                .setAppId(app)
                .setUserId(options.userId())
                .setDatasetId(dataset)
                .clearExportInfo()
                .setVisibility(Visibility.newBuilder().setGettable(Visibility.Gettable.PRIVATE))
                .setStatus(Statuses.of(StatusCode.DATASET_VERSION_PENDING))
                .setCreatedAt(Times.now())
                .setModifiedAt(Times.now())
                .build();
        archives.save(
                app,
                dataset,
                id,
                tables.datasets()
                        .newestFirst(app, dataset, 0)
                        .map(member -> exported(app, tables.inputs().get(app, member.inputId())))
                        .iterator());
        tables.versions().put(app, version);
        return version;
    }

    /** Id and data only, and in the data what all its confirmed annotations say. */
    private Input exported(String app, StoredInput stored) {
        Data.Builder data = view.input(app, stored).getData().toBuilder();
        tables.annotations()
                .newestFirst(app, List.of(stored.id()))
                .filter(annotation -> !annotation.getInputLevel())
                .filter(annotation -> annotation.getStatus().getCode() == StatusCode.ANNOTATION_SUCCESS)
                .map(Annotation::getData)
                .forEach(data::mergeFrom);
        return Input.newBuilder().setId(stored.id()).setData(data).build();
    }

    BaseResponse delete(String app, DeleteDatasetVersionsRequest request) {
        Batch.checkSize("dataset version ids", request.getDatasetVersionIdsCount(), options.limits());
        tables.store().change(() -> {
            request.getDatasetVersionIdsList().forEach(id -> tables.versions().get(app, request.getDatasetId(), id));
            request.getDatasetVersionIdsList().forEach(id -> tables.versions().remove(app, request.getDatasetId(), id));
        });
        return BaseResponse.getDefaultInstance();
    }

    MultiDatasetVersionExportResponse export(String app, PutDatasetVersionExportsRequest request) {
        Batch.checkSize("exports", request.getExportsCount(), options.limits());
        DatasetVersion version = tables.store()
                .read(() -> tables.versions().get(app, request.getDatasetId(), request.getDatasetVersionId()));
        if (version.getStatus().getCode() != StatusCode.DATASET_VERSION_READY) {
            throw new Refusal(StatusCode.DATASET_VERSION_CONFLICT, "the dataset version is not ready");
        }
        List<DatasetVersionExport> pending = request.getExportsList().stream()
                .map(asked -> begin(app, version, asked))
                .toList();
        return MultiDatasetVersionExportResponse.newBuilder()
                .addAllExports(pending)
                .build();
    }

    private DatasetVersionExport begin(String app, DatasetVersion version, DatasetVersionExport asked) {
        String archive = archives.export(app, version.getDatasetId(), version.getId(), asked.getFormat());
        DatasetVersionExport pending = DatasetVersionExport.newBuilder()
                .setFormat(asked.getFormat())
                .setStatus(Statuses.of(StatusCode.DATASET_VERSION_EXPORT_PENDING))
                .build();
        change(app, version, old -> with(old, pending));
        DatasetVersionExport done = pending.toBuilder()
                .setStatus(Statuses.of(StatusCode.DATASET_VERSION_EXPORT_SUCCESS))
                .setUrl(dataBaseUrl.get() + ImageServer.EXPORTS + archive)
                .setSize(archives.size(archive))
                .build();
        processing.after(() -> change(app, version, old -> with(old, done)));
        return pending;
    }

    private static DatasetVersion with(DatasetVersion version, DatasetVersionExport export) {
        DatasetVersionExportInfo.Builder info = version.getExportInfo().toBuilder();
        switch (export.getFormat()) {
            case CLARIFAI_DATA_PROTOBUF -> info.setClarifaiDataProtobuf(export);
            case CLARIFAI_DATA_JSON -> info.setClarifaiDataJson(export);
            default -> throw new IllegalStateException("no export in the format " + export.getFormat());
        }
        return version.toBuilder().setExportInfo(info).build();
    }

    /** Unless it was deleted meanwhile. */
    private void change(String app, DatasetVersion version, UnaryOperator<DatasetVersion> change) {
        tables.store().change(() -> {
            if (tables.versions().contains(app, version.getDatasetId(), version.getId())) {
                DatasetVersion old = tables.versions().get(app, version.getDatasetId(), version.getId());
                tables.versions()
                        .put(
                                app,
                                change.apply(old).toBuilder()
                                        .setModifiedAt(Times.now())
                                        .build());
            }
        });
    }
}
