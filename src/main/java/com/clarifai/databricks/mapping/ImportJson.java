package com.clarifai.databricks.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The values of import columns that hold JSON, or what Python prints for the same data. Text that was encoded as JSON a
 * second time is read as what it holds.
 */
final class ImportJson {

    /** Frames, segments and regions hold data again, and metadata is free: 64 levels are more than any annotation has. */
    private static final int MAX_DEPTH = 64;

    /** Masks are in annotations. */
    private static final int MAX_TEXT = 100_000_000;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_TEXT)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** What the application itself has written, with doubles as numbers. */
    private static final ObjectReader OWN =
            JSON.readerForMapOf(Object.class).without(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** Saves the cost of having JSON fail on every row of a file that Python wrote. */
    private static final Pattern CERTAINLY_PYTHON = Pattern.compile("\\s*[\\[{(]\\s*'");

    private static final Pattern ENCODED = Pattern.compile("\\s*[\\[{(\"]");

    /** How often text may have been encoded as JSON. */
    private static final int MAX_ENCODINGS = 3;

    private ImportJson() {}

    /**
     * @return as {@link PythonLiteral#parse}; a JSON string that itself is JSON or a literal is read again
     * @throws RefusedValueException when the text is neither JSON nor a Python literal
     */
    static Object parse(String text) {
        Object value = parseOnce(text);
        for (int encodings = 1; value instanceof String inner && encodings < MAX_ENCODINGS; encodings++) {
            if (!ENCODED.matcher(inner).lookingAt()) {
                break;
            }
            value = parseOnce(inner);
        }
        return value;
    }

    /** @throws JsonProcessingException when it is no JSON object, or one that is nested too deeply */
    static Map<String, Object> own(String json) throws JsonProcessingException {
        return OWN.readValue(json);
    }

    private static Object parseOnce(String text) {
        if (!CERTAINLY_PYTHON.matcher(text).lookingAt()) {
            try {
                return JSON.readValue(text, Object.class);
            } catch (JsonProcessingException e) {
                // what is wrong shows below as well: the two differ in what they take, not in how they are built
            } catch (NumberFormatException e) {
                throw new RefusedValueException("a number in it has an exponent that no number can have", text);
            }
        }
        try {
            return PythonLiteral.parse(text, MAX_DEPTH);
        } catch (RefusedValueException e) {
            throw new RefusedValueException("neither JSON nor a Python literal (" + e.getMessage() + ")", text);
        }
    }
}
