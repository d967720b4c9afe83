package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The annotations of all apps, by id, by age and by input. The one at input level is no copy: only its id and place are
 * kept, its content is the input's. Callers hold the store's lock.
 */
final class AnnotationTable {

    private final Index byId;
    private final Index byAge;
    private final Index byInput;
    private final InputTable inputs;
    private final InputView view;

    AnnotationTable(Store store, InputTable inputs, InputView view) {
        byId = store.index("annotations");
        byAge = store.index("annotations_by_age");
        byInput = store.index("annotations_by_input");
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
        update(app, annotation);
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

    void update(String app, Annotation annotation) {
        byId.put(Index.key(app, annotation.getId()), annotation.toByteArray());
    }

    void remove(String app, Annotation annotation) {
        places(app, annotation.getInputId())
                .filter(place -> Index.text(place.getValue()).equals(annotation.getId()))
                .findFirst()
                .ifPresent(place -> remove(app, place));
    }

    void removeAll(String app, String inputId) {
        places(app, inputId).toList().forEach(place -> remove(app, place));
    }

    /** Newest first. */
    Stream<Annotation> newestFirst(String app, long offset) {
        return byAge.descending(app, offset).map(entry -> load(app, entry));
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
        Stream.of(byId, byAge, byInput).forEach(index -> index.removeAll(app));
    }

    private Stream<Map.Entry<String, byte[]>> places(String app, String inputId) {
        return byInput.ascending(Index.key(app, inputId));
    }

    private void remove(String app, Map.Entry<String, byte[]> place) {
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
