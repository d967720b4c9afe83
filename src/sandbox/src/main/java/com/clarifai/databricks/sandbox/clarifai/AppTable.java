package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.App;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** The user's apps. Callers hold the store's lock. */
final class AppTable {

    private static final String FOLDER = "app";

    private final Index byId;

    AppTable(Store store) {
        byId = store.index("apps");
    }

    boolean contains(String id) {
        return byId.contains(Index.key(FOLDER, id));
    }

    App get(String id) {
        return byId.get(Index.key(FOLDER, id)).map(AppTable::parse).orElseThrow(() -> Refusal.missing("app", id));
    }

    Stream<App> all() {
        return byId.ascending(FOLDER).map(entry -> parse(entry.getValue()));
    }

    List<String> ids() {
        return all().map(App::getId).toList();
    }

    void put(App app) {
        byId.put(Index.key(FOLDER, app.getId()), app.toByteArray());
    }

    void remove(String id) {
        byId.remove(Index.key(FOLDER, id));
    }

    private static App parse(byte[] bytes) {
        try {
            return App.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
