package com.clarifai.databricks.sandbox.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;

/** JSON bodies: property names in snake case, absent values left out. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    /** The same, where 64-bit integers are strings. */
    private static final JsonMapper LONGS_AS_STRINGS = MAPPER.rebuild()
            .addModule(new SimpleModule()
                    .addSerializer(Long.class, ToStringSerializer.instance)
                    .addSerializer(long.class, ToStringSerializer.instance))
            .build();

    /** Whether the answer to this request has them so. */
    static final AttachmentKey<Boolean> INT64_AS_STRING = AttachmentKey.create(Boolean.class);

    private Json() {}

    static void send(HttpServerExchange exchange, Object body) throws IOException {
        send(exchange, 200, body);
    }

    static void send(HttpServerExchange exchange, int status, Object body) throws IOException {
        boolean strings = Boolean.TRUE.equals(exchange.getAttachment(INT64_AS_STRING));
        byte[] bytes = (strings ? LONGS_AS_STRINGS : MAPPER).writeValueAsBytes(body);
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.setResponseContentLength(bytes.length);
        exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
    }

    static JsonNode read(HttpServerExchange exchange) throws IOException {
        try {
            JsonNode body = MAPPER.readTree(exchange.getInputStream());
            if (body.isObject()) {
                return body;
            }
        } catch (JsonProcessingException e) {
            throw new ApiError(400, "MALFORMED_REQUEST", "Could not parse request object: " + e.getOriginalMessage());
        }
        throw new ApiError(400, "MALFORMED_REQUEST", "Could not parse request object: expected an object.");
    }

    /** A string that the body must have. */
    static String required(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw ApiError.invalid("Missing required field: " + field);
        }
        return value.textValue();
    }
}
