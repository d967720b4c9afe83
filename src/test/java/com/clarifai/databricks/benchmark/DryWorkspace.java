package com.clarifai.databricks.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A workspace that costs almost nothing a file: a volume of numbered pictures, all with the same bytes, the images that
 * Clarifai hosts, and a CSV file that is made while it is read. What is staged is counted and thrown away, but for what {@link DrySql} needs of it.
 */
final class DryWorkspace implements AutoCloseable {

    static final String TOKEN = "dapi-benchmark";
    static final String WAREHOUSE = "0123456789abcdef";
    static final String FOLDER = "/Volumes/main/default/photos";
    static final String CSV = "/Volumes/main/default/files/rows.csv";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BUCKET = "/bucket";
    /** Of Clarifai's data host, which is here, too. */
    private static final String HOSTED = "/hosted";

    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    private static final Pattern DATASET = Pattern.compile("(?<!/keys)/(inputs|annotations)/");
    private static final int PAGE = 1000;
    private static final Instant MODIFIED = Instant.parse("2026-03-01T12:00:00Z");
    private static final String HEADER = "inputid,input,concepts\n";

    private final Load load;
    private final Traffic traffic;
    private final DrySql sql;
    private final byte[] picture;
    private final Map<String, Integer> staged = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    DryWorkspace(Load load, Traffic traffic) {
        this.load = load;
        this.traffic = traffic;
        this.sql = new DrySql(load, traffic);
        this.picture = picture(load.pictureBytes());
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** A GIF as far as its first and last bytes tell. */
    private static byte[] picture(int bytes) {
        byte[] picture = new byte[bytes];
        new Random(1).nextBytes(picture);
        byte[] head = "GIF89a\1\0\1\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(head, 0, picture, 0, head.length);
        picture[bytes - 1] = ';';
        return picture;
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Address of the folder in which Clarifai hosts images. */
    String images() {
        return url() + HOSTED;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.startsWith(FILES)) {
                traffic.saw("Files " + exchange.getRequestMethod());
                Thread.sleep(load.filesLatencyMillis());
                file(exchange, path.substring(FILES.length()), body);
            } else if (path.startsWith(DIRECTORIES)) {
                traffic.saw("Directories " + exchange.getRequestMethod());
                Thread.sleep(load.filesLatencyMillis());
                directory(exchange, path.substring(DIRECTORIES.length()));
            } else if (path.startsWith(HOSTED)) {
                traffic.saw("image");
                Thread.sleep(load.latencyMillis());
                exchange.getResponseHeaders().set("Content-Type", "image/gif");
                object(exchange);
            } else if (path.startsWith(BUCKET)) {
                traffic.saw("S3 " + exchange.getRequestMethod());
                object(exchange);
            } else if (path.startsWith("/api/2.0/sql/statements")
                    && exchange.getRequestMethod().equals("POST")) {
                send(exchange, 200, sql.answer(body));
            } else {
                send(exchange, 200, other(exchange.getRequestMethod(), path).getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            send(exchange, 500, ("{\"message\":\"" + e + "\"}").getBytes(StandardCharsets.UTF_8));
        }
    }

    private String other(String method, String path) throws IOException {
        if (path.equals("/benchmark/new-traffic")) {
            return JSON.writeValueAsString(traffic.fresh());
        }
        if (path.equals("/benchmark/new-events")) {
            return JSON.writeValueAsString(traffic.freshEvents());
        }
        traffic.saw("REST " + method + ' ' + path.replaceFirst("/api/[0-9.]+/", ""));
        if (path.endsWith("/sessions")) {
            return "{\"session_id\":\"s\"}";
        }
        if (path.startsWith("/api/2.1/unity-catalog/volumes/")) {
            return "{\"full_name\":\"main.default.photos\",\"volume_id\":\"v7\"}";
        }
        if (path.endsWith("/temporary-volume-credentials")) {
            return """
                    {"aws_temp_credentials":{"access_key_id":"AKIA","secret_access_key":"key","session_token":"token"},
                     "expiration_time":%d,"url":"s3:/%s/photos"}""".formatted(Instant.now().plus(Duration.ofHours(1)).toEpochMilli(), BUCKET);
        }
        return path.contains("/warehouses/")
                ? "{\"id\":\"" + WAREHOUSE + "\",\"name\":\"bench\",\"state\":\"RUNNING\"}"
                : "{}";
    }

    private void file(HttpExchange exchange, String path, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> {
                if (path.contains("/found/")) {
                    sql.found(path.substring(path.indexOf("/found/")), body);
                }
                Matcher dataset = DATASET.matcher(path);
                if (dataset.find()) {
                    sql.exported(dataset.group(1), body);
                }
                staged.put(path, body.length);
                exchange.sendResponseHeaders(204, -1);
            }
            case "HEAD" -> {
                head(exchange, size(path));
                exchange.sendResponseHeaders(200, -1);
            }
            case "GET" -> {
                head(exchange, size(path));
                exchange.sendResponseHeaders(200, size(path));
                write(exchange.getResponseBody(), path);
            }
            default -> exchange.sendResponseHeaders(204, -1);
        }
    }

    /** A picture where the cloud keeps it; what signs the request is not looked at. */
    private void object(HttpExchange exchange) throws IOException {
        head(exchange, picture.length);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        exchange.sendResponseHeaders(200, picture.length);
        exchange.getResponseBody().write(picture);
    }

    private static void head(HttpExchange exchange, long size) {
        exchange.getResponseHeaders()
                .set("Last-Modified", DateTimeFormatter.RFC_1123_DATE_TIME.format(MODIFIED.atOffset(ZoneOffset.UTC)));
        exchange.getResponseHeaders().set("Content-Length", String.valueOf(size));
    }

    private long size(String path) {
        return path.equals(CSV)
                ? HEADER.length() + (long) load.inputs() * line(0).length()
                : staged.getOrDefault(path, picture.length);
    }

    private void write(OutputStream out, String path) throws IOException {
        if (!path.equals(CSV)) {
            out.write(picture);
            return;
        }
        try (OutputStream lines = new BufferedOutputStream(out, 1 << 16)) {
            lines.write(HEADER.getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < load.inputs(); i++) {
                lines.write(line(i).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static String line(int number) {
        return String.format(Locale.ROOT, "row-%08d,https://images.invalid/%08d.jpg,cat%n", number, number);
    }

    private void directory(HttpExchange exchange, String path) throws IOException {
        if (!exchange.getRequestMethod().equals("GET")) {
            exchange.sendResponseHeaders(204, -1);
            return;
        }
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode contents = answer.putArray("contents");
        if (path.startsWith(FOLDER)) {
            String query = exchange.getRequestURI().getQuery();
            int from = query != null && query.contains("page_token=")
                    ? Integer.parseInt(query.replaceFirst(".*page_token=(\\d+).*", "$1"))
                    : 0;
            int to = Math.min(load.inputs(), from + PAGE);
            for (int i = from; i < to; i++) {
                String name = String.format(Locale.ROOT, "photo-%08d.gif", i);
                contents.addObject()
                        .put("path", FOLDER + "/" + name)
                        .put("name", name)
                        .put("is_directory", false)
                        .put("file_size", picture.length)
                        .put("last_modified", MODIFIED.toEpochMilli());
            }
            if (to < load.inputs()) {
                answer.put("next_page_token", String.valueOf(to));
            }
        }
        send(exchange, 200, JSON.writeValueAsBytes(answer));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
