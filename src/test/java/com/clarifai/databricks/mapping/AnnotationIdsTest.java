package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnotationIdsTest {

    @Test
    void an_annotation_has_the_same_id_in_every_run() {
        // a stored annotation carries this id: another one would add a second copy
        assertThat(new AnnotationIds("input-1").next(data("cat"))).isEqualTo("05324e9c85ae9069ff27c295658b3385");
    }

    @Test
    void the_order_of_different_annotations_does_not_matter() {
        AnnotationIds first = new AnnotationIds("a");
        AnnotationIds second = new AnnotationIds("a");

        List<String> forwards = List.of(first.next(data("cat")), first.next(data("dog")));
        List<String> backwards = List.of(second.next(data("dog")), second.next(data("cat")));

        assertThat(backwards).containsExactlyInAnyOrderElementsOf(forwards);
    }

    @Test
    void equal_annotations_of_an_input_and_annotations_of_other_inputs_are_told_apart() {
        AnnotationIds ids = new AnnotationIds("a");

        assertThat(List.of(
                        ids.next(data("cat")),
                        ids.next(data("cat")),
                        ids.next(data("dog")),
                        new AnnotationIds("b").next(data("cat"))))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    @Test
    void the_order_of_metadata_does_not_matter() {
        List<String> keys = IntStream.range(0, 50).mapToObj(i -> "key" + i).toList();
        List<String> reversed =
                IntStream.range(0, 50).mapToObj(i -> "key" + (49 - i)).toList();

        assertThat(new AnnotationIds("a").next(metadata(reversed)))
                .isEqualTo(new AnnotationIds("a").next(metadata(keys)));
    }

    private static Data data(String concept) {
        return Data.newBuilder()
                .addConcepts(Concept.newBuilder().setId(concept).setValue(1))
                .build();
    }

    private static Data metadata(List<String> keys) {
        Struct.Builder metadata = Struct.newBuilder();
        keys.forEach(key ->
                metadata.putFields(key, Value.newBuilder().setNumberValue(1).build()));
        return Data.newBuilder().setMetadata(metadata).build();
    }
}
