package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The one SQL warehouse; it runs all the time. */
final class WarehousesApi {

    static final String ID = "5ab0c0ffee1dea00";
    private static final String WAREHOUSES = "/api/2.0/sql/warehouses";

    void register(Routes routes) {
        routes.add("GET", WAREHOUSES, "warehouses:list", this::list)
                .add("GET", WAREHOUSES + "/{id}", "warehouses:get", this::get)
                .add("POST", WAREHOUSES + "/{id}/start", "warehouses:start", this::start);
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Json.send(exchange, Map.of("warehouses", List.of(describe(exchange))));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        requireId(exchange);
        Json.send(exchange, describe(exchange));
    }

    private void start(HttpServerExchange exchange) throws IOException {
        requireId(exchange);
        Json.send(exchange, Map.of());
    }

    private static void requireId(HttpServerExchange exchange) {
        String id = Parameters.of(exchange).require("id");
        if (!id.equals(ID)) {
            throw new ApiError(404, "RESOURCE_DOES_NOT_EXIST", "SQL warehouse " + id + " does not exist.");
        }
    }

    private static Map<String, Object> describe(HttpServerExchange exchange) {
        return Map.of(
                "id",
                ID,
                "name",
                "Sandbox Warehouse",
                "cluster_size",
                "2X-Small",
                "warehouse_type",
                "PRO",
                "enable_serverless_compute",
                false,
                "state",
                "RUNNING",
                "odbc_params",
                Map.of(
                        "hostname",
                        exchange.getHostName(),
                        "path",
                        "/sql/1.0/warehouses/" + ID,
                        "protocol",
                        "http",
                        "port",
                        exchange.getHostPort()));
    }
}
