package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.GetConceptRequest;
import com.clarifai.grpc.api.ListConceptsRequest;
import com.clarifai.grpc.api.MultiConceptResponse;
import com.clarifai.grpc.api.PatchConceptsRequest;
import com.clarifai.grpc.api.PostConceptsRequest;
import com.clarifai.grpc.api.SingleConceptResponse;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.List;

/** Concepts by themselves. */
final class ConceptsService {

    private final ClarifaiTables tables;
    private final ClarifaiOptions.Limits limits;

    ConceptsService(ClarifaiTables tables, ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.limits = limits;
    }

    /** In the order of their ids. */
    MultiConceptResponse list(String app, ListConceptsRequest request) {
        Page page = Page.of(request.getPage(), request.getPerPage(), limits);
        return answer(tables.store()
                .read(() -> request.getId().isEmpty()
                        ? tables.concepts().page(app, page)
                        : tables.concepts().find(app, request.getId()).stream().toList()));
    }

    SingleConceptResponse get(String app, GetConceptRequest request) {
        return SingleConceptResponse.newBuilder()
                .setConcept(tables.store().read(() -> existing(app, request.getConceptId())))
                .build();
    }

    MultiConceptResponse post(String app, PostConceptsRequest request) {
        List<Concept> asked = request.getConceptsList();
        Batch.checkSize("concepts", asked.size(), limits);
        Batch.checkDistinct(asked, Concept::getId);
        return answer(tables.store().write(() -> {
            for (Concept concept : asked) {
                if (concept.getId().isEmpty()) {
                    throw new Refusal(StatusCode.CONCEPTS_INVALID_REQUEST, "a concept without id");
                }
                if (tables.concepts().find(app, concept.getId()).isPresent()) {
                    throw new Refusal(
                            StatusCode.CONCEPTS_INVALID_REQUEST, "duplicate concept '" + concept.getId() + "'");
                }
            }
            return asked.stream()
                    .map(concept -> tables.concepts().insert(app, concept))
                    .toList();
        }));
    }

    MultiConceptResponse patch(String app, PatchConceptsRequest request) {
        Batch.checkSize("concepts", request.getConceptsCount(), limits);
        Batch.checkOverwrite(request.getAction());
        return answer(tables.store().write(() -> {
            request.getConceptsList().forEach(patch -> existing(app, patch.getId()));
            return request.getConceptsList().stream()
                    .map(patch -> existing(app, patch.getId()).toBuilder()
                            .mergeFrom(patch)
                            .build())
                    .map(patched -> tables.concepts().update(app, patched))
                    .toList();
        }));
    }

    private Concept existing(String app, String id) {
        return tables.concepts().find(app, id).orElseThrow(() -> Refusal.missing("concept", id));
    }

    private static MultiConceptResponse answer(List<Concept> concepts) {
        return MultiConceptResponse.newBuilder().addAllConcepts(concepts).build();
    }
}
