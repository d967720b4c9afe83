package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.Region;
import com.clarifai.grpc.api.TimeSegment;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The concepts of all apps; labelling with an unknown one makes it. Callers hold the store's lock. */
final class ConceptTable {

    private final Index byId;

    ConceptTable(Store store) {
        byId = store.index("concepts");
    }

    Optional<Concept> find(String app, String id) {
        return byId.get(Index.key(app, id)).map(ConceptTable::parse);
    }

    Concept insert(String app, Concept concept) {
        Concept created = concept.toBuilder()
                .setName(concept.getName().isEmpty() ? concept.getId() : concept.getName())
                .setLanguage(concept.getLanguage().isEmpty() ? "en" : concept.getLanguage())
                .setAppId(app)
                .setValue(1f)
                .setCreatedAt(Times.now())
                .build();
        return update(app, created);
    }

    Concept update(String app, Concept concept) {
        byId.put(Index.key(app, concept.getId()), concept.toByteArray());
        return concept;
    }

    List<Concept> page(String app, Page page) {
        return byId.ascending(app)
                .skip(page.offset())
                .limit(page.size())
                .map(entry -> parse(entry.getValue()))
                .toList();
    }

    void removeApp(String app) {
        byId.removeAll(app);
    }

    /** Makes the concepts that the data names and puts their names into it, at every level. */
    Data adopt(String app, Data data) {
        Data.Builder adopted = data.toBuilder();
        for (Concept.Builder concept : adopted.getConceptsBuilderList()) {
            Concept known = find(app, concept.getId()).orElseGet(() -> insert(app, concept.build()));
            concept.setName(known.getName()).setAppId(app);
        }
        for (Region.Builder region : adopted.getRegionsBuilderList()) {
            if (region.hasData()) {
                region.setData(adopt(app, region.getData()));
            }
        }
        for (Frame.Builder frame : adopted.getFramesBuilderList()) {
            if (frame.hasData()) {
                frame.setData(adopt(app, frame.getData()));
            }
        }
        for (TimeSegment.Builder segment : adopted.getTimeSegmentsBuilderList()) {
            if (segment.hasData()) {
                segment.setData(adopt(app, segment.getData()));
            }
        }
        return adopted.build();
    }

    private static Concept parse(byte[] bytes) {
        try {
            return Concept.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }
}
