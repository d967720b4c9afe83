package com.clarifai.databricks.job;

import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;

/** What an application and its job tell each other: records, each as JSON in a file of a volume. */
final class JobFile {

    private JobFile() {}

    /**
     * @param what "task"
     * @throws IllegalArgumentException when it is none
     */
    static <T> T parse(byte[] json, Class<T> type, String what) {
        try {
            return JsonText.value(new String(json, StandardCharsets.UTF_8), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no " + what + " of a job: " + e.getOriginalMessage(), e);
        }
    }

    static byte[] of(Object told) {
        return JsonText.of(told).getBytes(StandardCharsets.UTF_8);
    }
}
