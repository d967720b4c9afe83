package com.clarifai.databricks.sandbox.sql;

import com.clarifai.databricks.sandbox.Traffic;
import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
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

/** A SQL endpoint behind a server of its own, and the real driver's connections to it in both protocols. */
final class Warehouse implements AutoCloseable {

    /** What the driver speaks. */
    enum Protocol {
        /** To warehouses. */
        STATEMENT_API(";httpPath=/sql/1.0/warehouses/sandbox;UseThriftClient=0;EnableQueryResultDownload=0"),
        /** To clusters. */
        THRIFT(";httpPath=sql/protocolv1/o/1/sandbox");

        private final String options;

        Protocol(String options) {
            this.options = options;
        }
    }

    final Path root;
    final Traffic traffic = new Traffic();
    final SqlEndpoint endpoint;
    private final Undertow server;

    Warehouse(Path root) throws IOException {
        this.root = root;
        endpoint = SqlEndpoint.start(root, new WarehouseIds("sandbox", "any"), traffic);
        server = Undertow.builder()
                .addHttpListener(0, "localhost")
                .setHandler(new PathHandler(endpoint.handler())
                        .addPrefixPath("/sql/protocolv1", new BlockingHandler(endpoint.thrift())))
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
        return connect(Protocol.STATEMENT_API, options);
    }

    Connection connect(Protocol protocol, String options) throws SQLException {
        Properties properties = new Properties();
        properties.put("UID", "token");
        properties.put("PWD", "secret");
        return DriverManager.getConnection(
                "jdbc:databricks://localhost:" + port() + protocol.options + ";ssl=0;AuthMech=3;EnableTelemetry=0"
                        + options,
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
