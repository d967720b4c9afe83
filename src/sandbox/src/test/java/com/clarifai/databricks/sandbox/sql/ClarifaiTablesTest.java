package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.Rights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedWarehouse.class)
class ClarifaiTablesTest {

    private Warehouse warehouse;
    private Connection connection;

    @BeforeEach
    void connect(Warehouse shared) throws SQLException {
        warehouse = shared;
        connection = shared.connect();
        run(connection, "CREATE SCHEMA IF NOT EXISTS main.tables");
    }

    @AfterEach
    void disconnect() throws SQLException {
        run(connection, "DROP SCHEMA main.tables CASCADE");
        connection.close();
    }

    @Test
    void whoMayNotMakeTablesMayNotAskForThemIfNotExists() throws Exception {
        run(connection, "CREATE TABLE main.tables.there (n INT) USING DELTA");
        Rights.create(warehouse.root.resolve("Tables/main/tables"), false);

        for (String statement : List.of(
                "CREATE TABLE IF NOT EXISTS main.tables.there (n INT) USING DELTA",
                "-- with a comment before\nCREATE OR REPLACE TABLE main.tables.there USING DELTA AS SELECT 1 AS n",
                "CREATE TABLE `main`.`tables`.`new` AS SELECT 1 AS n")) {
            assertThatThrownBy(() -> run(connection, statement))
                    .hasMessageContaining("[INSUFFICIENT_PERMISSIONS]")
                    .hasMessageContaining("CREATE TABLE");
        }
        run(connection, "INSERT INTO main.tables.there VALUES (1)");
        assertThat(query(connection, "SELECT n FROM main.tables.there")).hasSize(1);
    }

    @Test
    void tableKeepsWhatItsDefinitionSays() throws SQLException {
        run(
                connection,
                "CREATE TABLE `main`.`tables`.`inputs` (input_id STRING NOT NULL COMMENT 'the key', n BIGINT,"
                        + " concepts ARRAY<STRUCT<id: STRING, value: FLOAT>>) COMMENT 'all inputs'"
                        + " TBLPROPERTIES ('owner.team'='vision')",
                "ALTER TABLE main.tables.inputs ADD COLUMNS (extra VARIANT COMMENT 'more')");

        TableDescription table =
                warehouse.endpoint.describe("MAIN", "tables", "Inputs").orElseThrow();

        assertThat(table.name()).isEqualTo("inputs");
        assertThat(table.type()).isEqualTo("MANAGED");
        assertThat(table.comment()).isEqualTo("all inputs");
        assertThat(table.properties()).containsEntry("owner.team", "vision");
        assertThat(Path.of(table.location().replaceFirst("^file:/+", "/")))
                .isEqualTo(warehouse.root.resolve("Tables/main/tables/inputs"));
        assertThat(table.columns())
                .containsExactly(
                        new TableDescription.Column("input_id", "string", "STRING", false, "the key", 0),
                        new TableDescription.Column("n", "bigint", "LONG", true, null, 1),
                        new TableDescription.Column(
                                "concepts", "array<struct<id:string,value:float>>", "ARRAY", true, null, 2),
                        new TableDescription.Column("extra", "variant", "VARIANT", true, "more", 3));
        assertThat(query(connection, "DESCRIBE TABLE main.tables.inputs")).contains("input_id|string|the key");
        assertThat(warehouse.endpoint.describe("main", "tables", "absent")).isEmpty();
    }

    @Test
    void tableIsReplacedBySelect() throws SQLException {
        assertThat(run(connection, "CREATE OR REPLACE TABLE main.tables.copy AS SELECT id FROM range(5)"))
                .isEqualTo(5);
        run(connection, "CREATE OR REPLACE TABLE main.tables.copy AS SELECT 'x' AS name, parse_json('[1]') AS v");

        assertThat(query(connection, "SELECT * FROM main.tables.copy")).containsExactly("x|[1]");
        assertThat(query(connection, "SELECT count(*) FROM main.tables.copy VERSION AS OF 0"))
                .containsExactly("5");
    }

    @Test
    void droppedTableCanBeMadeAnewWithAnotherShape() throws SQLException {
        run(connection, "CREATE TABLE main.tables.t AS SELECT 1 AS a", "DROP TABLE main.tables.t");
        assertThat(warehouse.root.resolve("Tables/main/tables/t")).doesNotExist();
        assertThat(query(connection, "SHOW TABLES IN main.tables")).isEmpty();

        run(connection, "CREATE TABLE main.tables.t AS SELECT 'x' AS b");

        assertThat(query(connection, "SELECT * FROM MAIN.Tables.T")).containsExactly("x");
        assertThat(query(connection, "SHOW TABLES IN main.tables")).containsExactly("tables|t|false");
    }

    @Test
    void catalogMadeOnDiskIsUsableAtOnce() throws Exception {
        Path catalog = Files.createDirectories(warehouse.root.resolve("Tables/lab/default"));
        try {
            assertThat(query(connection, "SHOW CATALOGS")).containsExactly("lab", "main");
            run(connection, "CREATE TABLE lab.default.t AS SELECT 7 AS n", "USE lab.default");
            assertThat(query(connection, "SELECT current_catalog(), n FROM t")).containsExactly("lab|7");
            try (Connection other = warehouse.connect(";ConnCatalog=lab;ConnSchema=default")) {
                assertThat(query(other, "SELECT n FROM t")).containsExactly("7");
            }
        } finally {
            TableDirectories.delete(catalog.getParent());
        }
    }

    @Test
    void sessionsDoNotShareSettings() throws SQLException {
        run(connection, "CREATE TABLE main.tables.t AS SELECT 1 AS n", "USE main.tables", "SET x.y=1");
        try (Connection other = warehouse.connect()) {
            assertThat(query(other, "SELECT current_catalog(), current_schema()"))
                    .containsExactly("main|default");
            assertThat(query(other, "SET x.y")).containsExactly("x.y|<undefined>");
            assertThat(query(connection, "SELECT n FROM t")).containsExactly("1");
        }
    }

    @Test
    void nullIsRefusedWhereTheColumnHasNone() throws SQLException {
        run(connection, "CREATE TABLE main.tables.t (id STRING NOT NULL)");

        assertThatThrownBy(() -> run(connection, "INSERT INTO main.tables.t VALUES (null)"))
                .hasMessageContaining("[DELTA_NOT_NULL_CONSTRAINT_VIOLATED]");
    }

    @Test
    void restartFindsEverythingAgain(SharedWarehouse.Holder holder) throws Exception {
        run(
                connection,
                "CREATE TABLE main.tables.kept (n INT) COMMENT 'stays'",
                "INSERT INTO main.tables.kept VALUES (1)",
                "CREATE VIEW main.tables.seen AS SELECT n * 10 AS tens FROM main.tables.kept");
        connection.close();

        warehouse = holder.restart();
        connection = warehouse.connect();

        run(connection, "INSERT INTO main.tables.kept VALUES (2)");
        assertThat(query(connection, "SELECT n FROM main.tables.kept ORDER BY n"))
                .isEqualTo(List.of("1", "2"));
        assertThat(query(connection, "SELECT * FROM main.tables.seen ORDER BY 1"))
                .containsExactly("10", "20");
        assertThat(warehouse
                        .endpoint
                        .describe("main", "tables", "kept")
                        .orElseThrow()
                        .comment())
                .isEqualTo("stays");
    }
}
