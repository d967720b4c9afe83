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
import java.util.stream.Stream;

/**
 * Ranks by concepts: the score of an input is the highest value that its annotations give one of them. What would need a
 * model, such as ranking by a picture, is refused; a rank without data is none.
 */
final class Ranks {

    private final Tables tables;
    private final List<Concept> wanted;

    Ranks(Tables tables, List<Search> searches) {
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

    /** The hits with their scores, the best first; as they are if nothing is ranked. */
    Stream<Hit> order(String app, Stream<Hit> hits) {
        if (wanted.isEmpty()) {
            return hits;
        }
        return hits.map(hit -> hit.toBuilder()
                        .setScore(score(app, hit.getInput().getId()))
                        .build())
                .sorted(Comparator.comparing(Hit::getScore, Comparator.reverseOrder()));
    }

    private float score(String app, String input) {
        return tables.annotations()
                .newestFirst(app, List.of(input))
                .map(Annotation::getData)
                .flatMap(Filters::concepts)
                .filter(concept -> wanted.stream().anyMatch(one -> Filters.isNamed(concept, one)))
                .map(Concept::getValue)
                .max(Comparator.naturalOrder())
                .orElse(0f);
    }
}
