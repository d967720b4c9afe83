package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.sql.SqlSwitches;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;

/**
 * Answers {@code POST /sandbox/sql?NAME=VALUE&...}:
 *
 * <ul>
 *   <li>{@code time-zone}: zone of the SQL sessions that are opened from now on, such as {@code Asia/Kolkata}; UTC at first
 *   <li>{@code session-statements}: after how many statements a session expires, which is told in other words each time; 0
 *       (at first) for never
 *   <li>{@code vacuums}: how often a table is vacuumed at once after each MERGE into it, which makes two commits; 0 at first
 * </ul>
 */
final class SqlControl implements HttpHandler {

    private final SqlSwitches switches;

    SqlControl(SqlSwitches switches) {
        this.switches = switches;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        Parameters parameters = Parameters.of(exchange);
        try {
            for (String name : exchange.getQueryParameters().keySet()) {
                change(name, parameters.require(name));
            }
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid(e.getMessage());
        }
    }

    private void change(String name, String value) {
        switch (name) {
            case "time-zone" -> switches.timeZone(value);
            case "session-statements" -> switches.sessionStatements(Integer.parseInt(value));
            case "vacuums" -> switches.vacuums(Integer.parseInt(value));
            default -> throw new IllegalArgumentException("Unknown switch of SQL: " + name);
        }
    }
}
