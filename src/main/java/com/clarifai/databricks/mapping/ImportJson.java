package com.clarifai.databricks.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.regex.Pattern;

/** The values of import columns that hold JSON, or what Python prints for the same data. */
final class ImportJson {

    /** A protobuf struct three messages a level within the 100 that protobuf parsers take. */
    static final int MAX_DEPTH = 32;

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Saves the cost of having JSON fail on every row of a file that Python wrote. */
    private static final Pattern CERTAINLY_PYTHON = Pattern.compile("\\s*[\\[{(]\\s*'");

    private ImportJson() {}

    /** @throws RefusedValueException when the text is neither JSON nor a Python literal */
    static Object parse(String text) {
        if (!CERTAINLY_PYTHON.matcher(text).lookingAt()) {
            try {
                return JSON.readValue(text, Object.class);
            } catch (JsonProcessingException e) {
                // what is wrong shows below as well: the two differ in what they take, not in how they are built
            }
        }
        try {
            return PythonLiteral.parse(text, MAX_DEPTH);
        } catch (RefusedValueException e) {
            throw new RefusedValueException("neither JSON nor a Python literal (" + e.getMessage() + ")", text);
        }
    }
}
