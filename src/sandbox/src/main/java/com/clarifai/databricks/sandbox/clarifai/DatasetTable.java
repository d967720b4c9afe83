package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Dataset;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.stream.Stream;

/** The datasets of all apps and which inputs are in them. Callers hold the store's lock. */
final class DatasetTable {

    /** An input in a dataset and since when. */
    record Member(String inputId, Timestamp addedAt) {}

    private final Store store;
    private final Index byId;
    private final Index members;
    private final Index byInput;

    DatasetTable(Store store) {
        this.store = store;
        byId = store.index("datasets");
        members = store.index("dataset_members");
        byInput = store.index("dataset_members_by_input");
    }

    boolean contains(String app, String id) {
        return byId.contains(Index.key(app, id));
    }

    Dataset get(String app, String id) {
        return byId.get(Index.key(app, id)).map(DatasetTable::parse).orElseThrow(() -> Refusal.missing("dataset", id));
    }

    Stream<Dataset> all(String app) {
        return byId.ascending(app).map(entry -> parse(entry.getValue()));
    }

    void put(String app, Dataset dataset) {
        byId.put(Index.key(app, dataset.getId()), dataset.toByteArray());
    }

    void remove(String app, String id) {
        members.ascending(Index.key(app, id))
                .map(entry -> Index.text(entry.getValue()))
                .toList()
                .forEach(inputId -> byInput.remove(Index.key(app, inputId, id)));
        members.removeAll(Index.key(app, id));
        byId.remove(Index.key(app, id));
    }

    boolean isMember(String app, String id, String inputId) {
        return byInput.contains(Index.key(app, inputId, id));
    }

    Optional<Member> member(String app, String id, String inputId) {
        return byInput.text(Index.key(app, inputId, id)).map(place -> new Member(inputId, time(place)));
    }

    void addMember(String app, String id, String inputId) {
        addMember(app, id, inputId, store.nextSequence());
    }

    /** @param sequence time of the entry in microseconds since 1970, unlike that of any other member */
    void addMember(String app, String id, String inputId, long sequence) {
        String place = Index.number(sequence);
        members.put(Index.key(app, id, place), inputId);
        byInput.put(Index.key(app, inputId, id), place);
    }

    void removeMember(String app, String id, String inputId) {
        byInput.text(Index.key(app, inputId, id)).ifPresent(place -> members.remove(Index.key(app, id, place)));
        byInput.remove(Index.key(app, inputId, id));
    }

    /** Takes an input out of all datasets. */
    void removeInput(String app, String inputId) {
        String folder = Index.key(app, inputId);
        byInput.ascending(folder)
                .map(entry -> entry.getKey().substring(folder.length() + 1))
                .toList()
                .forEach(dataset -> removeMember(app, dataset, inputId));
    }

    long count(String app, String id) {
        return members.count(Index.key(app, id));
    }

    /** Last added first. */
    Stream<Member> newestFirst(String app, String id, long offset) {
        return members.descending(Index.key(app, id), offset)
                .map(entry -> new Member(
                        Index.text(entry.getValue()),
                        time(entry.getKey().substring(entry.getKey().lastIndexOf('/') + 1))));
    }

    void removeApp(String app) {
        Stream.of(byId, members, byInput).forEach(index -> index.removeAll(app));
    }

    private static Timestamp time(String place) {
        return Times.ofMicros(Long.parseLong(place, 16));
    }

    private static Dataset parse(byte[] bytes) {
        try {
            return Dataset.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
