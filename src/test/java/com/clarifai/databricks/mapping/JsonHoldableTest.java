package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import org.junit.jupiter.api.Test;

/** What services may send and JSON cannot hold. */
class JsonHoldableTest {

    private static final Timestamp YEAR_10000 =
            Timestamp.newBuilder().setSeconds(253_402_300_800L).build();

    @Test
    void numbersOfStructsThatAreNotFiniteBecomeTextAtAnyDepth() {
        Struct struct = Struct.newBuilder()
                .putFields("nan", number(Double.NaN))
                .putFields("one", number(1))
                .putFields("nothing", Value.getDefaultInstance())
                .putFields(
                        "list",
                        Value.newBuilder()
                                .setListValue(ListValue.newBuilder().addValues(number(Double.POSITIVE_INFINITY)))
                                .build())
                .build();

        Struct held =
                ((Data) JsonHoldable.of(Data.newBuilder().setMetadata(struct).build())).getMetadata();

        assertThat(held.getFieldsOrThrow("nan").getStringValue()).isEqualTo("NaN");
        assertThat(held.getFieldsOrThrow("one")).isEqualTo(number(1));
        assertThat(held.getFieldsOrThrow("nothing").hasNullValue()).isTrue();
        assertThat(held.getFieldsOrThrow("list").getListValue().getValues(0).getStringValue())
                .isEqualTo("Infinity");
    }

    @Test
    void timesOutsideOfTheCalendarAreLeftOutAndOthersStay() {
        Timestamp time = Timestamp.newBuilder().setSeconds(1).build();
        Annotation annotation = Annotation.newBuilder()
                .setId("a")
                .setCreatedAt(YEAR_10000)
                .setModifiedAt(time)
                .build();

        Annotation held = (Annotation) JsonHoldable.of(annotation);

        assertThat(held.hasCreatedAt()).isFalse();
        assertThat(held.getModifiedAt()).isEqualTo(time);
        assertThat(held.getId()).isEqualTo("a");
    }

    private static Value number(double value) {
        return Value.newBuilder().setNumberValue(value).build();
    }
}
