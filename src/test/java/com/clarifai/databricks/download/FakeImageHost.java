package com.clarifai.databricks.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server whose paths answer as scripted; what is not scripted is 404. */
public final class FakeImageHost implements AutoCloseable {

    /** @param authorization null where none was sent */
    public record Request(String method, String path, String authorization) {}

    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;

        default Answer with(String header, String value) {
            return exchange -> {
                exchange.getResponseHeaders().set(header, value);
                to(exchange);
            };
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Iterator<Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Answer> last = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FakeImageHost() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** @param answers one for each GET or HEAD of the path; the last one also for all that follow */
    public FakeImageHost on(String path, Answer... answers) {
        scripts.put(path, List.of(answers).iterator());
        last.put(path, answers[0]);
        return this;
    }

    public String url(String path) {
        return "http://localhost:" + server.getAddress().getPort() + path;
    }

    public List<Request> requests() {
        return requests;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.add(new Request(
                exchange.getRequestMethod(), path, exchange.getRequestHeaders().getFirst("Authorization")));
        try (exchange) {
            next(path).to(exchange);
        }
    }

    private synchronized Answer next(String path) {
        Iterator<Answer> script = scripts.get(path);
        if (script != null && script.hasNext()) {
            last.put(path, script.next());
        }
        return last.getOrDefault(path, status(404));
    }

    public static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    public static Answer text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer bytes(byte[] bytes) {
        return exchange -> {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Length", String.valueOf(bytes.length));
                exchange.sendResponseHeaders(200, -1);
            } else {
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    /** Without an announced length. */
    public static Answer chunked(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** Announces all bytes, sends half of them, and cuts the connection. */
    public static Answer truncated(byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
            exchange.getResponseBody().flush();
        };
    }

    public static Answer redirect(String location) {
        return status(302).with("Location", location);
    }

    /** A JPEG as far as its first bytes tell. */
    public static byte[] jpeg(int size) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0});
        jpeg.writeBytes(new byte[size - jpeg.size()]);
        return jpeg.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
