package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL Execution API and the query history over HTTP, with results inline as {@code JSON_ARRAY}, which fail when they are larger than 25 MiB.
 *
 * <p>A fault {@code code:ERROR_CLASS} on {@code sql:statements} makes the statement fail with that error class of Spark
 * or Delta, as in {@code sql:statements=code:DELTA_CONCURRENT_APPEND,times=1}.
 */
final class StatementApi implements HttpHandler, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatementApi.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The longest wait for a statement in a session, which drivers have and the documented API has not. Until the answer
     * the driver does not know the statement's id, and its {@code Statement.cancel()} does nothing.
     */
    private static final Duration DRIVER_WAIT = Duration.ofSeconds(1);

    /** Sends nothing more and cuts the connection. */
    private static final class ConnectionCut extends RuntimeException {}

    /** Ends a request with an HTTP error. */
    private static final class Refused extends RuntimeException {
        private final int status;
        private final String code;

        Refused(int status, String code, String message) {
            super(message);
            this.status = status;
            this.code = code;
        }
    }

    @FunctionalInterface
    private interface Operation {
        ObjectNode answer(HttpServerExchange exchange) throws Exception;
    }

    private final Statements statements;
    private final WarehouseIds warehouse;
    private final Traffic traffic;
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final RoutingHandler routes = new RoutingHandler();

    StatementApi(Statements statements, WarehouseIds warehouse, Traffic traffic) {
        this.statements = statements;
        this.warehouse = warehouse;
        this.traffic = traffic;
        String sql = "/api/2.0/sql";
        for (String sessions : new String[] {sql + "/sessions", sql + "/warehouses/{warehouse}/sessions"}) {
            route("POST", sessions, "sql:sessions", this::openSession);
            route("DELETE", sessions + "/{session}", "sql:ended-sessions", this::closeSession);
        }
        String statement = sql + "/statements/{statement}";
        route("POST", sql + "/statements", "sql:statements", this::execute);
        route("GET", statement, null, exchange -> response(statement(exchange)));
        route("GET", statement + "/status", null, exchange -> status(statement(exchange)));
        route("GET", statement + "/result/chunks/{chunk}", "sql:chunks", this::chunk);
        route("POST", statement + "/cancel", null, this::cancel);
        route("DELETE", statement, null, this::close);
        route("GET", sql + "/history/queries", null, exchange -> history());
    }

    private void route(String method, String path, String call, Operation operation) {
        routes.add(method, path, exchange -> exchange.dispatch(executor, () -> serve(exchange, call, operation)));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        // the driver ends the collections' paths with a slash
        String path = exchange.getRequestPath();
        exchange.setRelativePath(path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
        routes.handleRequest(exchange);
    }

    private void serve(HttpServerExchange exchange, String call, Operation operation) {
        try {
            exchange.startBlocking();
            Optional<Fault> fault = call == null ? Optional.empty() : traffic.call(call);
            if (fault.isPresent()) {
                serve(exchange, operation, fault.get());
            } else {
                send(exchange, 200, operation.answer(exchange));
            }
        } catch (ConnectionCut e) {
            cut(exchange);
        } catch (Refused e) {
            send(exchange, e.status, error(e.code, e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            cut(exchange);
        } catch (Exception e) {
            SqlError error = SqlError.of(e);
            LOG.debug("{} {} failed", exchange.getRequestMethod(), exchange.getRequestPath(), e);
            send(exchange, "BAD_REQUEST".equals(error.code()) ? 400 : 500, error(error.code(), error.message()));
        }
    }

    private void serve(HttpServerExchange exchange, Operation operation, Fault fault) throws Exception {
        switch (fault.kind()) {
            case STATUS -> {
                if (fault.retryAfter() != null) {
                    exchange.getResponseHeaders().put(Headers.RETRY_AFTER, fault.retryAfter());
                }
                throw new Refused(fault.number(), "TEMPORARILY_UNAVAILABLE", "Planned failure of the sandbox.");
            }
            case DELAY -> {
                ObjectNode answer = operation.answer(exchange);
                exchange.getIoThread()
                        .executeAfter(
                                () -> executor.execute(() -> send(exchange, 200, answer)),
                                fault.delay().toMillis(),
                                java.util.concurrent.TimeUnit.MILLISECONDS);
            }
            case RESET -> throw new ConnectionCut();
            case LOST -> {
                operation.answer(exchange);
                throw new ConnectionCut();
            }
            case CODE -> {
                JsonNode request = JSON.readTree(exchange.getInputStream());
                send(
                        exchange,
                        200,
                        response(statements.fail(
                                request.path("session_id").asText(null),
                                session(request),
                                query(request),
                                SqlError.planned(fault.argument()))));
            }
            default -> throw new IllegalArgumentException("no fault for SQL: " + fault.kind());
        }
    }

    private ObjectNode openSession(HttpServerExchange exchange) throws Exception {
        JsonNode request = JSON.readTree(exchange.getInputStream());
        requireWarehouse(
                exchange.getQueryParameters().containsKey("warehouse")
                        ? parameter(exchange, "warehouse")
                        : request.path("warehouse_id").asText());
        Map<String, String> settings = new TreeMap<>();
        request.path("session_confs")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        String id = statements.openSession(
                request.path("catalog").asText(null), request.path("schema").asText(null), settings);
        return JSON.createObjectNode().put("session_id", id);
    }

    private void requireWarehouse(String id) {
        if (id.isEmpty()) {
            throw new Refused(
                    400,
                    "INVALID_PARAMETER_VALUE",
                    "Field 'warehouse_id' is required, expected non-default value (not \"\")!");
        }
        if (!warehouse.contains(id)) {
            boolean wellFormed = WarehouseIds.isWellFormed(id);
            throw new Refused(
                    wellFormed ? 404 : 400,
                    wellFormed ? "RESOURCE_DOES_NOT_EXIST" : "INVALID_PARAMETER_VALUE",
                    WarehouseIds.refusal(id));
        }
    }

    private ObjectNode closeSession(HttpServerExchange exchange) {
        String id = parameter(exchange, "session");
        if (!statements.closeSession(id)) {
            throw noSuchSession(id);
        }
        return JSON.createObjectNode();
    }

    private ObjectNode execute(HttpServerExchange exchange) throws Exception {
        JsonNode request = JSON.readTree(exchange.getInputStream());
        requireWarehouse(request.path("warehouse_id").asText());
        if (!request.path("format").asText("JSON_ARRAY").equals("JSON_ARRAY")
                || !request.path("disposition").asText("INLINE").equals("INLINE")) {
            throw new Refused(
                    400,
                    "INVALID_PARAMETER_VALUE",
                    "The sandbox has inline JSON_ARRAY results only: connect with EnableQueryResultDownload=0.");
        }
        Duration wait = waitTimeout(request);
        Statement statement =
                statements.submit(request.path("session_id").asText(null), session(request), query(request));
        boolean cancels = "CANCEL".equals(request.path("on_wait_timeout").asText());
        boolean shorter = statement.sessionId() != null && !cancels && wait.compareTo(DRIVER_WAIT) > 0;
        boolean ended = statement.await(shorter ? DRIVER_WAIT : wait);
        if (!ended && cancels) {
            statement.cancel();
        }
        return response(statement);
    }

    private static Query query(JsonNode request) {
        List<StatementParameters.Value> parameters = new ArrayList<>();
        for (JsonNode parameter : request.path("parameters")) {
            parameters.add(new StatementParameters.Value(
                    parameter.path("name").asText(null),
                    parameter.path("ordinal").asInt(),
                    parameter.path("type").asText(null),
                    parameter.path("value").asText(null)));
        }
        return new Query(
                request.path("statement").asText(),
                parameters,
                request.path("row_limit").asLong(Long.MAX_VALUE),
                JsonChunks::new);
    }

    private static Duration waitTimeout(JsonNode request) {
        String text = request.path("wait_timeout").asText("");
        return WaitTimeout.parse(text)
                .orElseThrow(() -> new Refused(
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "wait_timeout must be 0s, or between 5s and 50s; it is " + text + "."));
    }

    private SparkSession session(JsonNode request) {
        if (request.hasNonNull("session_id")) {
            String id = request.get("session_id").asText();
            return statements.session(id).orElseThrow(() -> noSuchSession(id));
        }
        return statements.transientSession(
                request.path("catalog").asText(null), request.path("schema").asText(null));
    }

    private Refused noSuchSession(String id) {
        String usual = "Invalid SessionHandle: session " + id + " does not exist";
        return new Refused(
                404, "RESOURCE_DOES_NOT_EXIST", statements.endedSession(id).orElse(usual));
    }

    private Statement statement(HttpServerExchange exchange) {
        String id = parameter(exchange, "statement");
        return statements
                .find(id)
                .orElseThrow(
                        () -> new Refused(404, "RESOURCE_DOES_NOT_EXIST", "The statement " + id + " was not found."));
    }

    /** Of the query history only what tells how each statement ended, in one page and without filters. */
    private ObjectNode history() {
        ObjectNode history = JSON.createObjectNode();
        ArrayNode queries = history.putArray("res");
        for (Statement statement : statements.history()) {
            ObjectNode query = queries.addObject()
                    .put("query_id", statement.id())
                    .put("query_text", statement.sql())
                    .put("query_start_time_ms", statement.submitted().toEpochMilli())
                    .put(
                            "status",
                            switch (statement.outcome()) {
                                case PENDING -> "QUEUED";
                                case SUCCEEDED -> "FINISHED";
                                default -> statement.outcome().name();
                            });
            if (statement.finished().isBefore(Instant.MAX)) {
                query.put("query_end_time_ms", statement.finished().toEpochMilli())
                        .put(
                                "duration",
                                statement.finished().toEpochMilli()
                                        - statement.submitted().toEpochMilli());
            }
        }
        return history.put("has_next_page", false);
    }

    private ObjectNode cancel(HttpServerExchange exchange) {
        statement(exchange).cancel();
        return JSON.createObjectNode();
    }

    private ObjectNode close(HttpServerExchange exchange) {
        statements.close(parameter(exchange, "statement"));
        return JSON.createObjectNode();
    }

    private ObjectNode chunk(HttpServerExchange exchange) throws IOException {
        Statement statement = statement(exchange);
        Result result = statement
                .result()
                .orElseThrow(
                        () -> new Refused(400, "BAD_REQUEST", "The statement has no result: " + statement.state()));
        String index = parameter(exchange, "chunk");
        if (!index.matches("\\d{1,9}")
                || Integer.parseInt(index) >= result.chunks().size()) {
            throw new Refused(404, "RESOURCE_DOES_NOT_EXIST", "The result has no chunk " + index + ".");
        }
        return chunk(statement, result, Integer.parseInt(index));
    }

    private ObjectNode response(Statement statement) throws IOException {
        ObjectNode response = JSON.createObjectNode().put("statement_id", statement.id());
        response.set("status", status(statement));
        Optional<Result> result = statement.result();
        if (result.isPresent()) {
            response.set("manifest", manifest(result.get()));
            response.set(
                    "result",
                    result.get().chunks().isEmpty()
                            ? JSON.createObjectNode().put("row_count", 0)
                            : chunk(statement, result.get(), 0));
        }
        return response;
    }

    private ObjectNode status(Statement statement) {
        ObjectNode status =
                JSON.createObjectNode().put("state", statement.state().name());
        statement.error().ifPresent(error -> {
            status.putObject("error").put("error_code", error.code()).put("message", error.message());
            status.put("sql_state", error.sqlState());
        });
        return status;
    }

    private static ObjectNode manifest(Result result) {
        ObjectNode manifest = JSON.createObjectNode()
                .put("format", "JSON_ARRAY")
                .put("total_row_count", result.rowCount())
                .put("total_chunk_count", result.chunks().size())
                .put("truncated", result.truncated());
        ArrayNode chunks = manifest.putArray("chunks");
        long bytes = 0;
        for (Result.Chunk chunk : result.chunks()) {
            describe(chunk, chunks.addObject());
            bytes += chunk.byteCount();
        }
        manifest.put("total_byte_count", bytes);
        StructField[] fields = result.schema().fields();
        ObjectNode schema = manifest.putObject("schema").put("column_count", fields.length);
        ArrayNode columns = schema.putArray("columns");
        for (StructField field : fields) {
            ObjectNode column = columns.addObject()
                    .put("name", field.name())
                    .put("position", columns.size() - 1)
                    .put("type_text", field.dataType().sql())
                    .put("type_name", ColumnTypes.typeName(field.dataType()));
            if (field.dataType() instanceof DecimalType decimal) {
                column.put("type_precision", decimal.precision()).put("type_scale", decimal.scale());
            }
        }
        return manifest;
    }

    private static ObjectNode chunk(Statement statement, Result result, int index) throws IOException {
        Result.Chunk chunk = result.chunks().get(index);
        ObjectNode data = JSON.createObjectNode();
        describe(chunk, data);
        if (index + 1 < result.chunks().size()) {
            data.put("next_chunk_index", index + 1);
            data.put(
                    "next_chunk_internal_link",
                    "/api/2.0/sql/statements/" + statement.id() + "/result/chunks/" + (index + 1));
        }
        String rows = new String(result.read(chunk), StandardCharsets.UTF_8);
        return data.putRawValue("data_array", new RawValue(rows));
    }

    private static void describe(Result.Chunk chunk, ObjectNode target) {
        target.put("chunk_index", chunk.index())
                .put("row_offset", chunk.rowOffset())
                .put("row_count", chunk.rowCount())
                .put("byte_count", chunk.byteCount());
    }

    private static ObjectNode error(String code, String message) {
        ObjectNode error = JSON.createObjectNode().put("error_code", code).put("message", message);
        error.putArray("details")
                .addObject()
                .put("@type", "type.googleapis.com/google.rpc.ErrorInfo")
                .put("reason", code)
                .put("domain", "sql.databricks.com")
                .putObject("metadata");
        return error;
    }

    private static String parameter(HttpServerExchange exchange, String name) {
        return exchange.getQueryParameters().get(name).getFirst();
    }

    private static void send(HttpServerExchange exchange, int status, ObjectNode body) {
        try {
            byte[] bytes = JSON.writeValueAsBytes(body);
            exchange.setStatusCode(status);
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
            exchange.getResponseSender().send(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            LOG.debug("Answer not sent", e);
            cut(exchange);
        }
    }

    private static void cut(HttpServerExchange exchange) {
        org.xnio.IoUtils.safeClose(exchange.getConnection());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
