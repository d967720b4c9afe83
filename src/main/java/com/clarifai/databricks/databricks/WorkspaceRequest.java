package com.clarifai.databricks.databricks;

import com.clarifai.databricks.json.JsonText;
import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One call of the workspace's REST API.
 *
 * @param subject what the call is about, for messages: "main.default.inputs"
 * @param path percent-encoded, from {@code /api/} on
 * @param body opened anew for every attempt: a body that was read once would be sent empty the second time
 * @param idempotent whether the call may be repeated when its answer was lost
 */
public record WorkspaceRequest(
        WorkspaceCall call,
        String subject,
        String method,
        String path,
        Map<String, String> query,
        Map<String, String> headers,
        Supplier<BodyPublisher> body,
        boolean idempotent) {

    static final String AUTHORIZATION = "Authorization";

    public static WorkspaceRequest get(WorkspaceCall call, Object subject, String path) {
        return of(call, subject, "GET", path, true);
    }

    public static WorkspaceRequest head(WorkspaceCall call, Object subject, String path) {
        return of(call, subject, "HEAD", path, true);
    }

    public static WorkspaceRequest delete(WorkspaceCall call, Object subject, String path) {
        return of(call, subject, "DELETE", path, true);
    }

    public static WorkspaceRequest put(WorkspaceCall call, Object subject, String path, boolean idempotent) {
        return of(call, subject, "PUT", path, idempotent);
    }

    public static WorkspaceRequest post(WorkspaceCall call, Object subject, String path, boolean idempotent) {
        return of(call, subject, "POST", path, idempotent);
    }

    /** The call in words: "get table main.default.inputs". */
    String what() {
        return call.of(subject);
    }

    /** The part of the API that it belongs to, without the names in the path: {@code fs/files}. */
    String area() {
        String area = Stream.of(path.split("/")).skip(3).limit(2).collect(Collectors.joining("/"));
        return area.isEmpty() ? path : area;
    }

    private static WorkspaceRequest of(
            WorkspaceCall call, Object subject, String method, String path, boolean idempotent) {
        return new WorkspaceRequest(
                call, String.valueOf(subject), method, path, Map.of(), Map.of(), BodyPublishers::noBody, idempotent);
    }

    public WorkspaceRequest withQuery(String name, Object value) {
        return new WorkspaceRequest(
                call, subject, method, path, and(query, name, String.valueOf(value)), headers, body, idempotent);
    }

    public WorkspaceRequest withHeader(String name, String value) {
        return new WorkspaceRequest(call, subject, method, path, query, and(headers, name, value), body, idempotent);
    }

    public WorkspaceRequest withJson(Map<String, ?> json) {
        byte[] bytes = JsonText.of(json).getBytes(StandardCharsets.UTF_8);
        return withBody(() -> BodyPublishers.ofByteArray(bytes)).withHeader("Content-Type", "application/json");
    }

    public WorkspaceRequest withBytes(byte[] bytes) {
        return withBody(() -> BodyPublishers.ofByteArray(bytes)).withHeader("Content-Type", "application/octet-stream");
    }

    WorkspaceRequest withForm(Map<String, String> fields) {
        byte[] bytes = encoded(fields).getBytes(StandardCharsets.US_ASCII);
        return withBody(() -> BodyPublishers.ofByteArray(bytes))
                .withHeader("Content-Type", "application/x-www-form-urlencoded");
    }

    /** Instead of the client's own credentials. */
    WorkspaceRequest withBasicAuthorization(String user, String password) {
        byte[] bytes = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return withHeader(AUTHORIZATION, "Basic " + Base64.getEncoder().encodeToString(bytes));
    }

    public WorkspaceRequest withFile(Path file) {
        return withBody(() -> publish(file)).withHeader("Content-Type", "application/octet-stream");
    }

    /** Path and query as they go over the wire. */
    String target() {
        return query.isEmpty() ? path : path + "?" + encoded(query);
    }

    private static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> PercentEncoding.encode(e.getKey()) + "=" + PercentEncoding.encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private WorkspaceRequest withBody(Supplier<BodyPublisher> publisher) {
        return new WorkspaceRequest(call, subject, method, path, query, headers, publisher, idempotent);
    }

    private static BodyPublisher publish(Path file) {
        try {
            return BodyPublishers.ofFile(file);
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> and(Map<String, String> map, String name, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }
}
