package com.clarifai.databricks.mapping;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How concepts, metadata and geo of an existing input change, and what has to be sent for that.
 *
 * <p>What is wanted changes only what it has: no concepts, empty metadata or no geo leave those of the input alone, as
 * Clarifai's patches do. Concepts are compared by id and value, for their names are those of the app's concepts.
 *
 * @param result what the input has afterwards
 * @param changes what has to be sent; empty when the input is as wanted already
 */
public record DataPatch(Data result, Data changes) {

    /** Adds concepts by id and metadata by key, at any depth; a value for what is there already replaces it. */
    public static DataPatch merge(Data existing, Data wanted) {
        Data.Builder result = existing.toBuilder();
        Map<String, Concept> concepts = byId(existing.getConceptsList());
        wanted.getConceptsList().forEach(concept -> concepts.merge(concept.getId(), concept, DataPatch::unlessEqual));
        result.clearConcepts().addAllConcepts(concepts.values());
        if (wanted.getMetadata().getFieldsCount() > 0) {
            result.setMetadata(merge(existing.getMetadata(), wanted.getMetadata()));
        }
        return of(existing, wanted, result);
    }

    /** Replaces concepts and metadata as a whole. */
    public static DataPatch overwrite(Data existing, Data wanted) {
        Data.Builder result = existing.toBuilder();
        if (wanted.getConceptsCount() > 0) {
            Map<String, Concept> concepts = byId(existing.getConceptsList());
            result.clearConcepts();
            wanted.getConceptsList()
                    .forEach(concept ->
                            result.addConcepts(unlessEqual(concepts.getOrDefault(concept.getId(), concept), concept)));
        }
        if (wanted.getMetadata().getFieldsCount() > 0) {
            result.setMetadata(wanted.getMetadata());
        }
        return of(existing, wanted, result);
    }

    private static DataPatch of(Data existing, Data wanted, Data.Builder result) {
        Data.Builder changes = Data.newBuilder();
        if (!new HashSet<>(result.getConceptsList()).equals(new HashSet<>(existing.getConceptsList()))) {
            changes.addAllConcepts(wanted.getConceptsList());
        }
        if (!result.getMetadata().equals(existing.getMetadata())) {
            changes.setMetadata(wanted.getMetadata());
        }
        if (wanted.hasGeo() && !wanted.getGeo().equals(existing.getGeo())) {
            changes.setGeo(wanted.getGeo());
            result.setGeo(wanted.getGeo());
        }
        return new DataPatch(result.build(), changes.build());
    }

    private static Map<String, Concept> byId(List<Concept> concepts) {
        Map<String, Concept> byId = new LinkedHashMap<>();
        concepts.forEach(concept -> byId.put(concept.getId(), concept));
        return byId;
    }

    private static Concept unlessEqual(Concept existing, Concept wanted) {
        return existing.getValue() == wanted.getValue() ? existing : wanted;
    }

    private static Struct merge(Struct existing, Struct wanted) {
        Struct.Builder merged = existing.toBuilder();
        wanted.getFieldsMap()
                .forEach((key, value) -> merged.putFields(key, merge(existing.getFieldsOrDefault(key, value), value)));
        return merged.build();
    }

    private static Value merge(Value existing, Value wanted) {
        if (!existing.hasStructValue() || !wanted.hasStructValue()) {
            return wanted;
        }
        return Value.newBuilder()
                .setStructValue(merge(existing.getStructValue(), wanted.getStructValue()))
                .build();
    }
}
