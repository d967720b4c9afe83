package com.clarifai.databricks.databricks;

import com.clarifai.databricks.http.HttpDate;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** An answer whose head has arrived; whoever reads the body meets the failures of the connection. */
public final class WorkspaceResponse {

    /** Makes something of an answer; its {@link IOException}s are failures of the connection. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(WorkspaceResponse response) throws IOException;
    }

    private final HttpResponse<?> head;
    private final InputStream body;

    WorkspaceResponse(HttpResponse<?> head, InputStream body) {
        this.head = head;
        this.body = body;
    }

    public int status() {
        return head.statusCode();
    }

    public Optional<String> header(String name) {
        return head.headers().firstValue(name);
    }

    public OptionalLong contentLength() {
        return head.headers().firstValueAsLong("Content-Length");
    }

    public Optional<Instant> lastModified() {
        return header("Last-Modified").flatMap(HttpDate::parse);
    }

    public InputStream body() {
        return body;
    }
}
