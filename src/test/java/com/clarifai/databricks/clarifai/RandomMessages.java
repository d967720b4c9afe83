package com.clarifai.databricks.clarifai;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.Random;

/** Messages of any type with anything in their fields, of which a status is often a success, so that one gets further. */
public final class RandomMessages {

    private static final int MAX_DEPTH = 6;
    private static final int SUCCESS = 10000;
    private static final List<Integer> CODES = List.of(
            SUCCESS, SUCCESS, SUCCESS, 10010, 10020, 11005, 11102, 30000, 30001, 30002, 30100, 30204, 99999, -1);
    private static final List<String> TEXTS = List.of(
            "", "a", "b", "pets", " \n\u0000", "\ufffd\u2028", "../../x", "x".repeat(5000), "https://x.example/1.jpg");
    private static final List<Long> NUMBERS = List.of(
            0L,
            1L,
            2L,
            1_764_366_000L,
            -1L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Long.MIN_VALUE);
    private static final List<Double> DECIMALS =
            List.of(0.0, 0.5, 1.0, -3.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY);

    private final Random random;

    public RandomMessages(long seed) {
        random = new Random(seed);
    }

    @SuppressWarnings("unchecked")
    public synchronized <T extends Message> T like(T prototype) {
        return (T) message(prototype.newBuilderForType(), 0);
    }

    private Message message(Message.Builder builder, int depth) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextInt(10) < (isMessage ? 4 + depth : 4) || isMessage && depth >= MAX_DEPTH) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field, depth));
                }
            } else {
                builder.setField(field, value(builder, field, depth));
            }
        }
        return builder.build();
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> one(NUMBERS).intValue();
            case LONG -> one(NUMBERS);
            case FLOAT -> one(DECIMALS).floatValue();
            case DOUBLE -> one(DECIMALS);
            case BOOLEAN -> random.nextBoolean();
            case STRING -> one(TEXTS);
            case BYTE_STRING -> ByteString.copyFromUtf8(one(TEXTS));
            case ENUM -> constant(field.getEnumType());
            case MESSAGE -> message(builder.newBuilderForField(field), depth + 1);
        };
    }

    private Object constant(EnumDescriptor type) {
        boolean isCode = type.getName().equals("StatusCode");
        return type.findValueByNumberCreatingIfUnknown(
                isCode ? one(CODES) : one(NUMBERS).intValue());
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
