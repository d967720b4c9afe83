package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Traffic;
import io.undertow.Undertow;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A SQL endpoint behind a server of its own, and the real driver's connections to it. */
final class Warehouse implements AutoCloseable {

    final Path root;
    final Traffic traffic = new Traffic();
    final SqlEndpoint endpoint;
    private final Undertow server;

    Warehouse(Path root) throws IOException {
        this.root = root;
        endpoint = SqlEndpoint.start(root, "sandbox", traffic);
        server = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setHandler(endpoint.handler())
                .build();
        server.start();
    }

    int port() {
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    Connection connect() throws SQLException {
        return connect("");
    }

    /** @param options as in {@code ;ConnCatalog=main} */
    Connection connect(String options) throws SQLException {
        Properties properties = new Properties();
        properties.put("UID", "token");
        properties.put("PWD", "secret");
        return DriverManager.getConnection(
                "jdbc:databricks://localhost:" + port() + ";httpPath=/sql/1.0/warehouses/sandbox;ssl=0;AuthMech=3"
                        + ";UseThriftClient=0;EnableQueryResultDownload=0;EnableTelemetry=0" + options,
                properties);
    }

    /** The rows of a query, each with its values joined by {@code |}. */
    static List<String> query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            ResultSetMetaData columns = rows.getMetaData();
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns.getColumnCount(); i++) {
                    values.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join("|", values));
            }
            return lines;
        }
    }

    /** @return the update count of the last one */
    static int run(Connection connection, String... statements) throws SQLException {
        int count = 0;
        for (String sql : statements) {
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql);
                count = statement.getUpdateCount();
            }
        }
        return count;
    }

    @Override
    public void close() {
        server.stop();
        endpoint.close();
    }
}
