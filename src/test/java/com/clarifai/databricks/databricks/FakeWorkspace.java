package com.clarifai.databricks.databricks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** A workspace that answers as scripted and remembers what it was asked. */
public final class FakeWorkspace implements AutoCloseable {

    public static final String TOKEN = "dapi-fake-token";

    /** @param target path and query as they came over the wire */
    public record Request(String method, String target, Map<String, List<String>> headers, byte[] body) {

        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }
    }

    @FunctionalInterface
    public interface Answer {
        void to(HttpExchange exchange) throws IOException;

        /** @param body of the request, which has been read already */
        default void to(HttpExchange exchange, byte[] body) throws IOException {
            to(exchange);
        }

        default Answer with(String header, String value) {
            return exchange -> {
                exchange.getResponseHeaders().set(header, value);
                to(exchange);
            };
        }
    }

    /** Makes an answer of a request. */
    @FunctionalInterface
    public interface Answering {
        Answer to(String path, byte[] body) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Iterator<Answer>> scripts = new ConcurrentHashMap<>();
    private final Map<String, Answer> prefixes = new ConcurrentSkipListMap<>(Comparator.reverseOrder());
    private final Map<String, Answer> last = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Request> questions = new CopyOnWriteArrayList<>();
    private final FakeTime time = new FakeTime();

    public FakeWorkspace() {
        this(null);
    }

    /** @param tls the server's certificate, null for plain text */
    public FakeWorkspace(SSLContext tls) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try {
            if (tls == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = https;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * @param call method and path or, where pages differ by it, path and query
     * @param answers one for each such call; the last one also for all that follow
     */
    public FakeWorkspace on(String call, Answer... answers) {
        scripts.put(call, List.of(answers).iterator());
        return this;
    }

    /** Answers all calls that begin like this and that no other answer is scripted for. */
    public FakeWorkspace onPrefix(String call, Answer answer) {
        prefixes.put(call, answer);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String target = exchange.getRequestURI().toString();
        (target.contains("/.well-known/") ? questions : requests)
                .add(new Request(exchange.getRequestMethod(), target, Map.copyOf(exchange.getRequestHeaders()), body));
        try (exchange) {
            next(exchange.getRequestMethod() + " " + target, exchange.getRequestMethod() + " " + target.split("\\?")[0])
                    .to(exchange, body);
        }
    }

    private synchronized Answer next(String target, String path) {
        String call = scripts.containsKey(target) ? target : path;
        Iterator<Answer> script = scripts.get(call);
        if (script == null) {
            Optional<Answer> prefix = prefixes.entrySet().stream()
                    .filter(entry -> path.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (prefix.isPresent()) {
                return prefix.get();
            }
            return status(418, "nothing is scripted for " + target);
        }
        if (script.hasNext()) {
            last.put(call, script.next());
        }
        return last.get(call);
    }

    /** All but those for what a host tells everybody of itself. */
    public List<Request> requests() {
        return requests;
    }

    /** Those for what a host tells everybody of itself. */
    List<Request> questions() {
        return questions;
    }

    public List<Request> requests(String method) {
        return requests.stream()
                .filter(request -> request.method().equals(method))
                .toList();
    }

    public String host() {
        return (server instanceof HttpsServer ? "https" : "http") + "://localhost:"
                + server.getAddress().getPort();
    }

    public WorkspaceSettings settings() {
        return WorkspaceSettings.of(host(), TOKEN).withFilesLimits(32, 0);
    }

    /** A client that does not really wait between its attempts. */
    public WorkspaceClient client() {
        return client(settings());
    }

    public WorkspaceClient client(WorkspaceSettings settings) {
        return new WorkspaceClient(settings, time);
    }

    public List<Duration> waits() {
        return time.waits();
    }

    FakeTime time() {
        return time;
    }

    /** What a function answers. */
    public static Answer answering(Answering function) {
        return new Answer() {
            @Override
            public void to(HttpExchange exchange) throws IOException {
                to(exchange, new byte[0]);
            }

            @Override
            public void to(HttpExchange exchange, byte[] body) throws IOException {
                function.to(exchange.getRequestURI().getPath(), body).to(exchange);
            }
        };
    }

    public static Answer json(String json) {
        return json(200, json);
    }

    public static Answer json(int status, String json) {
        return status(status, json).with("Content-Type", "application/json");
    }

    public static Answer error(int status, String errorCode, String message) {
        return error(status, errorCode, errorCode, message);
    }

    /** @param reason what the services say in the details, where {@code error_code} is only the kind of error */
    public static Answer error(int status, String errorCode, String reason, String message) {
        return json(status, """
                {"error_code":"%s","message":"%s","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo",
                 "reason":"%s","domain":"fake.databricks.com","metadata":{}}]}""".formatted(errorCode, message, reason));
    }

    public static Answer status(int status, String body) {
        return bytes(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    public static Answer bytes(byte[] bytes) {
        return bytes(200, bytes);
    }

    public static Answer bytes(int status, byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    /** The head of a file of this size. */
    public static Answer head(long size) {
        return status(200).with("Content-Length", String.valueOf(size));
    }

    /** Announces all bytes, sends some, and cuts the connection. */
    public static Answer cutAfter(int sent, byte[] bytes) {
        return cutAfter(200, sent, bytes);
    }

    public static Answer cutAfter(int status, int sent, byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes, 0, sent);
            exchange.getResponseBody().flush();
        };
    }

    /** Takes the request and cuts the connection without a word. */
    public static Answer lost() {
        return HttpExchange::close;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
