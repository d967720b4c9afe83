package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.DatasetVersion;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;

/** The versions of all datasets, with the exports that were asked for. Callers hold the store's lock. */
final class VersionTable {

    private final Index versions;

    VersionTable(Store store) {
        versions = store.index("dataset_versions");
    }

    boolean contains(String app, String dataset, String id) {
        return versions.contains(Index.key(app, dataset, id));
    }

    DatasetVersion get(String app, String dataset, String id) {
        return versions.get(Index.key(app, dataset, id))
                .map(VersionTable::parse)
                .orElseThrow(() -> Refusal.missing("dataset version", id));
    }

    Stream<DatasetVersion> all(String app, String dataset) {
        return versions.ascending(Index.key(app, dataset)).map(entry -> parse(entry.getValue()));
    }

    void put(String app, DatasetVersion version) {
        versions.put(Index.key(app, version.getDatasetId(), version.getId()), version.toByteArray());
    }

    void remove(String app, String dataset, String id) {
        versions.remove(Index.key(app, dataset, id));
    }

    void removeDataset(String app, String dataset) {
        versions.removeAll(Index.key(app, dataset));
    }

    void removeApp(String app) {
        versions.removeAll(app);
    }

    private static DatasetVersion parse(byte[] bytes) {
        try {
            return DatasetVersion.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
