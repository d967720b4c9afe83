package com.clarifai.databricks.mapping;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import java.util.Map;

/**
 * What of a message <a href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a> can hold: no time outside the
 * years 1 to 9999, no number of a struct that is not finite, no packed message of an unknown type.
 */
final class JsonHoldable {

    private JsonHoldable() {}

    /** The message without these fields; numbers of structs become text, such as {@code "NaN"}. */
    static Message of(Message message) {
        Message.Builder builder = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
            FieldDescriptor field = entry.getKey();
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            if (field.isRepeated()) {
                replaceEach(builder, field);
            } else if (isHoldable((Message) entry.getValue())) {
                builder.setField(field, of((Message) entry.getValue()));
            } else {
                builder.clearField(field);
            }
        }
        return builder instanceof Value.Builder value ? holdable(value) : builder.build();
    }

    private static void replaceEach(Message.Builder builder, FieldDescriptor field) {
        int count = builder.getRepeatedFieldCount(field);
        for (int i = 0; i < count; i++) {
            Message item = (Message) builder.getRepeatedField(field, i);
            builder.setRepeatedField(field, i, isHoldable(item) ? of(item) : item.getDefaultInstanceForType());
        }
    }

    private static boolean isHoldable(Message message) {
        if (message instanceof Timestamp timestamp) {
            return Timestamps.isValid(timestamp);
        }
        if (message instanceof Duration duration) {
            return Durations.isValid(duration);
        }
        return !(message instanceof Any);
    }

    private static Value holdable(Value.Builder value) {
        boolean isFinite =
                value.getKindCase() != Value.KindCase.NUMBER_VALUE || Double.isFinite(value.getNumberValue());
        if (!isFinite) {
            value.setStringValue(String.valueOf(value.getNumberValue()));
        } else if (value.getKindCase() == Value.KindCase.KIND_NOT_SET) {
            value.setNullValueValue(0);
        }
        return value.build();
    }
}
