package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The inputs of all apps, by id, by age and by status, with their URLs. Callers hold the store's lock. */
final class InputTable {

    private final Index byId;
    private final Index byAge;
    private final Index byStatus;
    private final Index byUrl;
    private final Index deletions;

    InputTable(Store store) {
        byId = store.index("inputs");
        byAge = store.index("inputs_by_age");
        byStatus = store.index("inputs_by_status");
        byUrl = store.index("inputs_by_url");
        deletions = store.index("inputs_to_delete");
    }

    boolean contains(String app, String id) {
        return byId.contains(Index.key(app, id));
    }

    Optional<StoredInput> find(String app, String id) {
        return byId.get(Index.key(app, id)).map(StoredInput::parse);
    }

    StoredInput get(String app, String id) {
        return find(app, id).orElseThrow(() -> Refusal.missing("input", id));
    }

    boolean containsUrl(String app, String url) {
        return byUrl.contains(Index.key(app, url));
    }

    void insert(String app, StoredInput input) {
        byId.put(Index.key(app, input.id()), input.toBytes());
        byAge.put(Index.key(app, Index.number(input.sequence())), input.id());
        byStatus.put(statusKey(app, input), input.id());
        url(input).ifPresent(url -> byUrl.put(Index.key(app, url), input.id()));
    }

    /** Replaces an input by what {@code change} makes of it; id and URL stay. */
    StoredInput update(String app, StoredInput old, UnaryOperator<StoredInput> change) {
        StoredInput changed = change.apply(old);
        byId.put(Index.key(app, old.id()), changed.toBytes());
        if (changed.statusCode() != old.statusCode()) {
            byStatus.remove(statusKey(app, old));
            byStatus.put(statusKey(app, changed), changed.id());
        }
        return changed;
    }

    void remove(String app, StoredInput input) {
        byId.remove(Index.key(app, input.id()));
        byAge.remove(Index.key(app, Index.number(input.sequence())));
        byStatus.remove(statusKey(app, input));
        deletions.remove(Index.key(app, input.id()));
        url(input)
                .map(url -> Index.key(app, url))
                .filter(key -> byUrl.text(key).filter(input.id()::equals).isPresent())
                .ifPresent(byUrl::remove);
    }

    /** Newest first. */
    List<StoredInput> page(String app, Page page) {
        return load(app, byAge.texts(app, page));
    }

    List<StoredInput> page(String app, int statusCode, Page page) {
        return load(app, byStatus.texts(Index.key(app, Index.number(statusCode)), page));
    }

    /** All, newest first, read as they are asked for. */
    Stream<StoredInput> newestFirst(String app) {
        return byAge.descending(app, 0).map(entry -> get(app, Index.text(entry.getValue())));
    }

    /** What follows the input {@code lastId} (empty: from the start) in an order that no insert disturbs. */
    List<StoredInput> follow(String app, String lastId, boolean orderById, boolean descending, int limit) {
        Index index = orderById ? byId : byAge;
        Stream<Map.Entry<String, byte[]>> entries;
        if (lastId.isEmpty()) {
            entries = descending ? index.descending(app, 0) : index.ascending(app);
        } else {
            String last = Index.key(
                    app, orderById ? lastId : Index.number(get(app, lastId).sequence()));
            entries = descending ? index.before(last, app) : index.after(last, app);
        }
        return entries.limit(limit)
                .map(entry -> orderById ? StoredInput.parse(entry.getValue()) : get(app, Index.text(entry.getValue())))
                .toList();
    }

    /** Ids of the inputs without a final status, oldest first. */
    List<String> unfinished(String app) {
        return Stream.of(StatusCode.INPUT_DOWNLOAD_IN_PROGRESS, StatusCode.INPUT_DOWNLOAD_PENDING)
                .flatMap(status -> byStatus.ascending(Index.key(app, Index.number(status.getNumber()))))
                .map(entry -> Index.text(entry.getValue()))
                .toList();
    }

    long count(String app) {
        return byAge.count(app);
    }

    long count(String app, StatusCode status) {
        return byStatus.count(Index.key(app, Index.number(status.getNumber())));
    }

    /** Marks an input for deletion, which survives a restart. */
    void requestDeletion(String app, String id) {
        deletions.put(Index.key(app, id), id);
    }

    List<String> requestedDeletions(String app) {
        return deletions
                .ascending(app)
                .map(entry -> Index.text(entry.getValue()))
                .toList();
    }

    void removeApp(String app) {
        Stream.of(byId, byAge, byStatus, byUrl, deletions).forEach(index -> index.removeAll(app));
    }

    private List<StoredInput> load(String app, List<String> ids) {
        return ids.stream().map(id -> get(app, id)).toList();
    }

    private static String statusKey(String app, StoredInput input) {
        return Index.key(app, Index.number(input.statusCode()), Index.number(input.sequence()));
    }

    private static Optional<String> url(StoredInput input) {
        return Optional.of(input.input())
                .map(Input::getData)
                .flatMap(data -> Medium.of(data).map(medium -> medium.url(data)))
                .filter(url -> !url.isEmpty());
    }
}
