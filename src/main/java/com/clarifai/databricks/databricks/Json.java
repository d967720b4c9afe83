package com.clarifai.databricks.databricks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** JSON objects as maps, with the API's own field names. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private Json() {}

    static Map<String, Object> read(byte[] json) throws JsonProcessingException {
        try {
            return MAPPER.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] write(Map<String, ?> json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    /** The array of objects under this name; the API leaves empty arrays out. */
    @SuppressWarnings("unchecked")
    static List<Map<String, Object>> objects(Map<String, Object> json, String name) {
        return json.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(item -> (Map<String, Object>) item)
                        .toList()
                : List.of();
    }

    /** The text under this name, null when there is none. */
    static String text(Map<String, Object> json, String name) {
        Object value = json.get(name);
        return value == null ? null : value.toString();
    }

    /**
     * The whole number under this name, be it a JSON number or a string: the services <a
     * href="https://github.com/databricks/databricks-sdk-java/pull/893">do not always write 64-bit integers alike</a>. Empty
     * when it is neither.
     */
    static OptionalLong number(Map<String, Object> json, String name) {
        try {
            Object value = json.get(name);
            return value == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(new BigDecimal(value.toString().strip())
                            .setScale(0, RoundingMode.DOWN)
                            .longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The API ends a list by leaving the token out, or by an empty one. */
    static String nextPageToken(Map<String, Object> page) {
        String token = text(page, "next_page_token");
        return token == null || token.isEmpty() ? null : token;
    }
}
