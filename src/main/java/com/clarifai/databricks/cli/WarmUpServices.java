package com.clarifai.databricks.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Whom the classes of the clients are loaded with: on this machine alone, a workspace for which everything is there and every
 * statement ends well, with one row, and a Clarifai that knows no call.
 */
final class WarmUpServices implements AutoCloseable {

    private static final byte[] ANSWER = """
            {"session_id": "s", "statement_id": "s", "status": {"state": "SUCCEEDED"},
             "manifest": {"format": "JSON_ARRAY", "total_chunk_count": 1, "total_row_count": 1,
              "schema": {"column_count": 1, "columns": [
               {"name": "one", "type_name": "STRING", "type_text": "STRING", "position": 0}]},
              "chunks": [{"chunk_index": 0, "row_offset": 0, "row_count": 1}]},
             "result": {"chunk_index": 0, "row_offset": 0, "row_count": 1, "data_array": [["1"]]}}
            """.getBytes(StandardCharsets.UTF_8);

    private final HttpServer workspace;
    private final Server clarifai;

    WarmUpServices() {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            workspace = HttpServer.create(anyPort, 0);
            workspace.createContext("/", WarmUpServices::answer);
            workspace.start();
            clarifai = NettyServerBuilder.forAddress(anyPort).build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, head ? -1 : ANSWER.length);
            if (!head) {
                exchange.getResponseBody().write(ANSWER);
            }
        }
    }

    String workspaceUrl() {
        return "http://127.0.0.1:" + workspace.getAddress().getPort();
    }

    String clarifaiUrl() {
        return "http://127.0.0.1:" + clarifai.getPort();
    }

    @Override
    public void close() {
        workspace.stop(0);
        clarifai.shutdownNow();
    }
}
