package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.sql.WarehouseIds;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The one SQL warehouse, which runs at first. Scripts that do not want to look its id up may call it {@code any} instead:
 * no list shows that name.
 */
final class WarehousesApi {

    static final String ID = "5ab0c0ffee1dea00";
    static final WarehouseIds IDS = new WarehouseIds(ID, "any");
    private static final String WAREHOUSES = "/api/2.0/sql/warehouses";

    private final Compute warehouse;

    /** @param startTime how long a start takes */
    WarehousesApi(Clock clock, Supplier<Duration> startTime) {
        warehouse = new Compute(ID, Compute.State.RUNNING, clock, startTime);
    }

    void register(Routes routes) {
        routes.add("GET", WAREHOUSES, "warehouses:list", this::list)
                .add("GET", WAREHOUSES + "/{id}", "warehouses:get", this::get)
                .add("POST", WAREHOUSES + "/{id}/start", "warehouses:start", this::start)
                .add("POST", WAREHOUSES + "/{id}/stop", "warehouses:stop", this::stop);
        ControlApi.add(routes, "POST", "/warehouses", new ComputeControl(this::require));
    }

    Compute warehouse() {
        return warehouse;
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Json.send(exchange, Map.of("warehouses", List.of(describe(exchange))));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        requested(exchange);
        Json.send(exchange, describe(exchange));
    }

    private void start(HttpServerExchange exchange) throws IOException {
        requested(exchange).start();
        Json.send(exchange, Map.of());
    }

    private void stop(HttpServerExchange exchange) throws IOException {
        requested(exchange).stop();
        Json.send(exchange, Map.of());
    }

    /** The warehouse that the path names. */
    Compute requested(HttpServerExchange exchange) {
        return require(Parameters.of(exchange).require("id"));
    }

    private Compute require(String id) {
        if (IDS.contains(id)) {
            return warehouse;
        }
        throw WarehouseIds.isWellFormed(id)
                ? new ApiError(404, "RESOURCE_DOES_NOT_EXIST", WarehouseIds.refusal(id))
                : ApiError.invalid(WarehouseIds.refusal(id));
    }

    private Map<String, Object> describe(HttpServerExchange exchange) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", ID);
        body.put("name", "Sandbox Warehouse");
        body.put("cluster_size", "2X-Small");
        body.put("warehouse_type", "PRO");
        body.put("enable_serverless_compute", false);
        body.put("state", warehouse.state().name());
        body.put("health", health());
        body.put(
                "odbc_params",
                Map.of(
                        "hostname",
                        exchange.getHostName(),
                        "path",
                        "/sql/1.0/warehouses/" + ID,
                        "protocol",
                        exchange.getRequestScheme(),
                        "port",
                        exchange.getHostPort()));
        return body;
    }

    private Map<String, Object> health() {
        return warehouse
                .failure()
                .<Map<String, Object>>map(failure -> Map.of(
                        "status",
                        "FAILED",
                        "summary",
                        "The warehouse failed to start.",
                        "failure_reason",
                        TerminationReason.of(failure)))
                .orElseGet(() -> Map.of("status", "HEALTHY"));
    }
}
