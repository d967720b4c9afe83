package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.google.protobuf.Struct;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataPatchTest {

    @Test
    void merges_metadata_at_any_depth() {
        Data existing = metadata(Map.of("camera", Map.of("make", "x", "lens", "50mm"), "n", 1));
        Data wanted = metadata(Map.of("camera", Map.of("lens", "35mm")));

        DataPatch patch = DataPatch.merge(existing, wanted);

        assertThat(patch.changes()).isEqualTo(wanted);
        assertThat(patch.result()).isEqualTo(metadata(Map.of("camera", Map.of("make", "x", "lens", "35mm"), "n", 1)));
        assertThat(DataPatch.merge(patch.result(), wanted).changes()).isEqualTo(Data.getDefaultInstance());
    }

    @Test
    void replaces_a_value_by_one_of_another_kind() {
        Data existing = metadata(Map.of("camera", "x"));
        Data wanted = metadata(Map.of("camera", Map.of("make", "x")));

        assertThat(DataPatch.merge(existing, wanted).result()).isEqualTo(wanted);
        assertThat(DataPatch.merge(wanted, existing).result()).isEqualTo(existing);
    }

    @Test
    void knows_a_concept_by_its_id_whatever_its_name_and_place() {
        Data existing = concepts(concept("cat", "Cat", 1), concept("dog", "Dog", 0));
        Data wanted = concepts(concept("dog", "dog", 0), concept("cat", "cat", 1));

        assertThat(DataPatch.merge(existing, wanted).changes()).isEqualTo(Data.getDefaultInstance());
        assertThat(DataPatch.overwrite(existing, wanted).changes()).isEqualTo(Data.getDefaultInstance());
    }

    @Test
    void takes_away_what_is_not_wanted_only_when_it_overwrites() {
        Data existing = concepts(concept("cat", "cat", 1), concept("dog", "dog", 1));
        Data wanted = concepts(concept("cat", "cat", 1));

        assertThat(DataPatch.merge(existing, wanted).changes()).isEqualTo(Data.getDefaultInstance());
        assertThat(DataPatch.overwrite(existing, wanted)).isEqualTo(new DataPatch(wanted, wanted));
    }

    @Test
    void changes_nothing_when_nothing_is_wanted() {
        Data existing = concepts(concept("cat", "cat", 1)).toBuilder()
                .mergeFrom(metadata(Map.of("a", 1)))
                .build();
        Data empty = Data.newBuilder().setMetadata(Struct.getDefaultInstance()).build();

        assertThat(DataPatch.merge(existing, empty)).isEqualTo(new DataPatch(existing, Data.getDefaultInstance()));
        assertThat(DataPatch.overwrite(existing, empty)).isEqualTo(new DataPatch(existing, Data.getDefaultInstance()));
    }

    private static Data metadata(Map<String, Object> metadata) {
        return Data.newBuilder().setMetadata(Structs.parse(metadata)).build();
    }

    private static Data concepts(Concept... concepts) {
        return Data.newBuilder().addAllConcepts(List.of(concepts)).build();
    }

    private static Concept concept(String id, String name, float value) {
        return Concept.newBuilder().setId(id).setName(name).setValue(value).build();
    }
}
