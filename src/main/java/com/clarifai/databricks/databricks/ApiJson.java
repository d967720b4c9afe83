package com.clarifai.databricks.databricks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What the workspace's answers have under the API's own field names. */
final class ApiJson {

    private static final int MAX_NUMBER_LENGTH = 100;

    private ApiJson() {}

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
     * The whole number under this name, a JSON number or the text of one: the services <a
     * href="https://github.com/databricks/databricks-sdk-java/pull/893">do not always write 64-bit integers alike</a>. Empty
     * when it is neither.
     */
    static OptionalLong number(Map<String, Object> json, String name) {
        Object value = json.get(name);
        String text = value == null ? "" : value.toString().strip();
        if (text.length() > MAX_NUMBER_LENGTH) {
            return OptionalLong.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (number.signum() == 0) {
                return OptionalLong.of(0);
            }
            // 1e999999999 would be written out digit by digit
            return Math.abs((long) number.precision() - number.scale()) > MAX_NUMBER_LENGTH
                    ? OptionalLong.empty()
                    : OptionalLong.of(number.setScale(0, RoundingMode.DOWN).longValueExact());
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
