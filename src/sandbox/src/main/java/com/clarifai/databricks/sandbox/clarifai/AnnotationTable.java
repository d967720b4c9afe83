package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.google.common.collect.Iterators;
import com.google.common.collect.Streams;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The annotations of all apps, by id, by age, by input, and by status and author. The one at input level is no copy: only its id and place are
 * kept, its content is the input's. Callers hold the store's lock.
 */
final class AnnotationTable {

    /** @param userId empty when no person made it */
    record StatusAndUser(int status, String userId) {

        @SuppressWarnings("deprecation")
        static StatusAndUser of(Annotation annotation) {
            return new StatusAndUser(annotation.getStatus().getCodeValue(), annotation.getUserId());
        }

        boolean isTrusted() {
            return !userId.isEmpty();
        }
    }

    private final Index byId;
    private final Index byAge;
    private final Index byInput;
    private final Index byStatusAndUser;
    private final InputTable inputs;
    private final InputView view;

    AnnotationTable(Store store, InputTable inputs, InputView view) {
        byId = store.index("annotations");
        byAge = store.index("annotations_by_age");
        byInput = store.index("annotations_by_input");
        byStatusAndUser = store.index("annotations_by_status_and_user");
        this.inputs = inputs;
        this.view = view;
    }

    boolean contains(String app, String id) {
        return byId.contains(Index.key(app, id));
    }

    Optional<Annotation> find(String app, String id) {
        return byId.get(Index.key(app, id)).map(bytes -> complete(app, parse(bytes)));
    }

    /** The annotation of that id on that input; an empty input id stands for any. */
    Annotation get(String app, String inputId, String id) {
        return find(app, id)
                .filter(annotation ->
                        inputId.isEmpty() || annotation.getInputId().equals(inputId))
                .orElseThrow(() -> Refusal.missing("annotation", id));
    }

    void insert(String app, long sequence, Annotation annotation) {
        String place = Index.number(sequence);
        byId.put(Index.key(app, annotation.getId()), annotation.toByteArray());
        byStatusAndUser.put(Index.key(group(app, complete(app, annotation)), place), annotation.getId());
        byAge.put(Index.key(app, place), annotation.getId());
        byInput.put(Index.key(app, annotation.getInputId(), place), annotation.getId());
    }

    void insertInputLevel(String app, StoredInput input) {
        insert(
                app,
                input.sequence(),
                Annotation.newBuilder()
                        .setId(input.annotationId())
                        .setInputId(input.id())
                        .setInputLevel(true)
                        .build());
    }

    /** Replaces an annotation that is not the one at input level; id and input stay. */
    void update(String app, Annotation old, Annotation changed) {
        byId.put(Index.key(app, changed.getId()), changed.toByteArray());
        if (!group(app, old).equals(group(app, changed))) {
            place(app, old).map(place -> sequence(place.getKey())).ifPresent(sequence -> {
                byStatusAndUser.remove(Index.key(group(app, old), sequence));
                byStatusAndUser.put(Index.key(group(app, changed), sequence), changed.getId());
            });
        }
    }

    void remove(String app, Annotation annotation) {
        place(app, annotation).ifPresent(place -> remove(app, place));
    }

    void removeAll(String app, String inputId) {
        places(app, inputId).toList().forEach(place -> remove(app, place));
    }

    /** Newest first. */
    Stream<Annotation> newestFirst(String app, long offset) {
        return byAge.descending(app, offset).map(entry -> load(app, entry));
    }

    /**
     * Those of some statuses and users, newest first. Each pair of them is a sorted list of its own: how far each has
     * to be skipped is searched for with their counts, so that a page far down costs little more than the first one.
     */
    Stream<Annotation> newestFirst(String app, Predicate<StatusAndUser> wanted, long offset) {
        List<String> groups = byStatusAndUser.folders(app).stream()
                .filter(group -> wanted.test(statusAndUser(group)))
                .toList();
        String bound = Index.number(bound(groups, offset));
        Iterator<Map.Entry<String, byte[]>> merged = Iterators.mergeSorted(
                groups.stream()
                        .map(group -> byStatusAndUser
                                .before(Index.key(group, bound), group)
                                .iterator())
                        .toList(),
                Comparator.comparing(entry -> sequence(entry.getKey()), Comparator.reverseOrder()));
        return Streams.stream(merged).map(entry -> load(app, entry));
    }

    /** The smallest sequence from which on the groups hold no more than {@code offset} annotations. */
    private long bound(List<String> groups, long offset) {
        long low = 0;
        long high = Long.MAX_VALUE;
        while (low < high) {
            long middle = low + (high - low) / 2;
            String place = Index.number(middle);
            long newer = groups.stream()
                    .mapToLong(group -> byStatusAndUser.countFrom(Index.key(group, place), group))
                    .sum();
            if (newer <= offset) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Those of some inputs, newest first. */
    Stream<Annotation> newestFirst(String app, Collection<String> inputIds) {
        List<Map.Entry<String, byte[]>> places = inputIds.stream()
                .distinct()
                .flatMap(id -> places(app, id))
                .sorted(Comparator.comparing(entry -> sequence(entry.getKey()), Comparator.reverseOrder()))
                .toList();
        return places.stream().map(entry -> load(app, entry));
    }

    void removeApp(String app) {
        Stream.of(byId, byAge, byInput, byStatusAndUser).forEach(index -> index.removeAll(app));
    }

    private Optional<Map.Entry<String, byte[]>> place(String app, Annotation annotation) {
        return places(app, annotation.getInputId())
                .filter(place -> Index.text(place.getValue()).equals(annotation.getId()))
                .findFirst();
    }

    private static String group(String app, Annotation annotation) {
        StatusAndUser key = StatusAndUser.of(annotation);
        return Index.key(app, Index.number(key.status()), key.userId());
    }

    private static StatusAndUser statusAndUser(String group) {
        String[] parts = group.split("/", -1);
        return new StatusAndUser(Integer.parseInt(parts[1], 16), parts[2]);
    }

    private Stream<Map.Entry<String, byte[]>> places(String app, String inputId) {
        return byInput.ascending(Index.key(app, inputId));
    }

    private void remove(String app, Map.Entry<String, byte[]> place) {
        byStatusAndUser.remove(Index.key(group(app, load(app, place)), sequence(place.getKey())));
        byId.remove(Index.key(app, Index.text(place.getValue())));
        byAge.remove(Index.key(app, sequence(place.getKey())));
        byInput.remove(place.getKey());
    }

    private Annotation load(String app, Map.Entry<String, byte[]> place) {
        String id = Index.text(place.getValue());
        return find(app, id).orElseThrow(() -> new IllegalStateException("annotation " + id + " is gone"));
    }

    private Annotation complete(String app, Annotation annotation) {
        return annotation.getInputLevel() ? view.annotation(app, inputs.get(app, annotation.getInputId())) : annotation;
    }

    private static String sequence(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    private static Annotation parse(byte[] bytes) {
        try {
            return Annotation.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
