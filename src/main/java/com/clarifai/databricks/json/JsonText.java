package com.clarifai.databricks.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;

/**
 * JSON that programs write for programs. Times are ISO 8601 in UTC; fractions that are read become doubles, see
 * {@link ExactJson} for those that must not.
 */
public final class JsonText {

    private static final ObjectMapper MAPPER = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private JsonText() {}

    /** @throws IllegalArgumentException when it holds what JSON has no form for */
    public static String of(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    /** For values that are written one after the other; to be closed, which leaves the writer open. */
    public static JsonGenerator generator(Writer out) throws IOException {
        return MAPPER.createGenerator(out);
    }

    /** @throws JsonProcessingException when it is no JSON object */
    public static Map<String, Object> object(byte[] json) throws JsonProcessingException {
        try {
            return MAPPER.readValue(json, OBJECT);
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws JsonProcessingException when it is no JSON object */
    public static Map<String, Object> object(String json) throws JsonProcessingException {
        return MAPPER.readValue(json, OBJECT);
    }

    /**
     * An object of a record, whose components are named as the fields.
     *
     * @throws JsonProcessingException when it is no such object
     */
    public static <T> T value(String json, Class<T> type) throws JsonProcessingException {
        return MAPPER.readValue(json, type);
    }

    /** @throws JsonProcessingException when it is no JSON */
    public static JsonNode tree(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    /** Maps, lists and scalars as JSON. */
    public static JsonNode treeOf(Object value) {
        return MAPPER.valueToTree(value);
    }
}
