package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.Rank;
import com.clarifai.grpc.api.Search;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Ranks by concepts: the score is the highest value that an annotation, or all those of an input, give one of them. What would need a
 * model, such as ranking by a picture, is refused; a rank without data is none.
 */
final class Ranks {

    private final ClarifaiTables tables;
    private final List<Concept> wanted;

    Ranks(ClarifaiTables tables, List<Search> searches) {
        this.tables = tables;
        this.wanted = searches.stream()
                .flatMap(search -> search.getQuery().getRanksList().stream())
                .flatMap(rank -> concepts(rank).stream())
                .toList();
    }

    private static List<Concept> concepts(Rank rank) {
        Data data = rank.getAnnotation().getData();
        if (rank.getNegate() || !data.toBuilder().clearConcepts().build().equals(Data.getDefaultInstance())) {
            throw new Refusal(StatusCode.SEARCH_INVALID_REQUEST, "the sandbox has no model: it ranks by concepts only");
        }
        return data.getConceptsList();
    }

    /** Inputs with their scores, the best first; as they are if nothing is ranked. */
    Stream<Hit> inputs(String app, Stream<Hit> hits) {
        return order(hits, hit -> tables.annotations()
                .newestFirst(app, List.of(hit.getInput().getId()))
                .map(Annotation::getData));
    }

    /** The same of annotations, each with the score that it gives by itself. */
    Stream<Hit> annotations(Stream<Hit> hits) {
        return order(hits, hit -> Stream.of(hit.getAnnotation().getData()));
    }

    private Stream<Hit> order(Stream<Hit> hits, Function<Hit, Stream<Data>> data) {
        if (wanted.isEmpty()) {
            return hits;
        }
        return hits.map(hit -> hit.toBuilder().setScore(score(data.apply(hit))).build())
                .sorted(Comparator.comparing(Hit::getScore, Comparator.reverseOrder()));
    }

    private float score(Stream<Data> data) {
        return data.flatMap(Filters::concepts)
                .filter(concept -> wanted.stream().anyMatch(one -> Filters.isNamed(concept, one)))
                .map(Concept::getValue)
                .max(Comparator.naturalOrder())
                .orElse(0f);
    }
}
