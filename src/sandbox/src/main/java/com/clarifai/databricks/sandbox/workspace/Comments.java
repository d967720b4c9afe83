package com.clarifai.databricks.sandbox.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The comments of schemas and volumes by full name; they live as long as the process. */
final class Comments {

    private final Map<String, String> byFullName = new ConcurrentHashMap<>();

    /** Keeps the {@code comment} of a create request, if it has one. */
    void keep(String fullName, JsonNode request) {
        if (request.path("comment").isTextual()) {
            byFullName.put(fullName, request.path("comment").textValue());
        } else {
            byFullName.remove(fullName);
        }
    }

    String of(String fullName) {
        return byFullName.get(fullName);
    }
}
