package com.clarifai.databricks.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.LinkedHashMap;
import java.util.List;

/** JSON whose numbers are people's data: every digit is kept. Nothing may follow the value. */
public final class ExactJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final ObjectReader OBJECT = MAPPER.readerFor(new TypeReference<LinkedHashMap<String, Object>>() {});
    private static final ObjectReader OBJECT_WITH_NAN = OBJECT.with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
    private static final ObjectReader ARRAY = MAPPER.readerFor(new TypeReference<List<Object>>() {});

    private ExactJson() {}

    /**
     * The members in their order.
     *
     * @return null for the JSON value null
     * @throws JsonProcessingException when it is no JSON object
     */
    public static LinkedHashMap<String, Object> object(String json) throws JsonProcessingException {
        return OBJECT.readValue(json);
    }

    /** The same where numbers may be NaN or infinite, for which JSON has no words but SQL's VARIANT has. */
    public static LinkedHashMap<String, Object> objectWithNaN(String json) throws JsonProcessingException {
        return OBJECT_WITH_NAN.readValue(json);
    }

    /**
     * @return null for the JSON value null
     * @throws JsonProcessingException when it is no JSON array
     */
    public static List<Object> array(String json) throws JsonProcessingException {
        return ARRAY.readValue(json);
    }
}
