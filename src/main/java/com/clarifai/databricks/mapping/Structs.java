package com.clarifai.databricks.mapping;

import com.clarifai.databricks.json.ExactJson;
import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * JSON objects as protobuf structs. Their numbers are doubles: a number that a double would change, such as an integer
 * beyond 2^53, becomes the text of its digits.
 */
final class Structs {

    /** Fewer fit into any double. */
    private static final Pattern MANY_DIGITS = Pattern.compile("[\\d.]{15}");

    private static final double EXACT_INTEGERS = 1L << 53;

    private Structs() {}

    /** @param object a map, or the text of a JSON object */
    static Struct parse(Object object) {
        if (object instanceof Map<?, ?> map) {
            return struct(map);
        }
        Map<String, Object> parsed = read(object.toString());
        return parsed == null ? Struct.getDefaultInstance() : struct(parsed);
    }

    private static Map<String, Object> read(String json) {
        try {
            return ExactJson.object(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The metadata is not a JSON object: " + e.getOriginalMessage(), e);
        }
    }

    /** Whether {@link #parse} makes a text of a number of that JSON object, which may be null. */
    static boolean hasInexactNumber(String json) {
        return json != null && MANY_DIGITS.matcher(json).find() && hasInexactNumber(read(json));
    }

    private static boolean hasInexactNumber(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map.values().stream().anyMatch(Structs::hasInexactNumber);
        }
        return value instanceof Collection<?> items
                ? items.stream().anyMatch(Structs::hasInexactNumber)
                : value instanceof Number number && !Decimals.isDouble(number);
    }

    /** @param json the text of a JSON array */
    static List<Object> parseArray(String json) {
        try {
            List<Object> parsed = ExactJson.array(json);
            return parsed == null ? List.of() : parsed;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a JSON array: " + e.getOriginalMessage(), e);
        }
    }

    /** JSON text, whole numbers without a fraction. */
    static String print(Struct struct) {
        return JsonText.of(plain(struct));
    }

    private static Struct struct(Map<?, ?> map) {
        Struct.Builder struct = Struct.newBuilder();
        map.forEach((name, value) -> struct.putFields(String.valueOf(name), value(value)));
        return struct.build();
    }

    private static Value value(Object value) {
        Value.Builder builder = Value.newBuilder();
        if (value == null) {
            return builder.setNullValue(NullValue.NULL_VALUE).build();
        }
        if (value instanceof Boolean flag) {
            return builder.setBoolValue(flag).build();
        }
        if (value instanceof Float number) {
            // its decimal form, as 0.1f is not the double 0.1
            return builder.setNumberValue(Double.parseDouble(number.toString())).build();
        }
        if (value instanceof Number number) {
            return Decimals.isDouble(number)
                    ? builder.setNumberValue(number.doubleValue()).build()
                    : builder.setStringValue(number.toString()).build();
        }
        if (value instanceof Map<?, ?> map) {
            return builder.setStructValue(struct(map)).build();
        }
        if (value instanceof Collection<?> items) {
            ListValue.Builder list = ListValue.newBuilder();
            items.forEach(item -> list.addValues(value(item)));
            return builder.setListValue(list).build();
        }
        return builder.setStringValue(value.toString()).build();
    }

    private static Map<String, Object> plain(Struct struct) {
        Map<String, Object> plain = new LinkedHashMap<>();
        struct.getFieldsMap().forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(Value value) {
        return switch (value.getKindCase()) {
            case BOOL_VALUE -> value.getBoolValue();
            case NUMBER_VALUE -> plain(value.getNumberValue());
            case STRING_VALUE -> value.getStringValue();
            case STRUCT_VALUE -> plain(value.getStructValue());
            case LIST_VALUE ->
                value.getListValue().getValuesList().stream()
                        .map(Structs::plain)
                        .toList();
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static Number plain(double number) {
        boolean whole = number == Math.rint(number) && Math.abs(number) <= EXACT_INTEGERS;
        if (whole) {
            return (long) number;
        }
        return number;
    }
}
