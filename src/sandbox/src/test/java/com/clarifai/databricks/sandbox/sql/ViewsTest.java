package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.Rights;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedWarehouse.class)
class ViewsTest {

    private Warehouse warehouse;
    private Connection connection;

    @BeforeEach
    void makeViews(Warehouse shared) throws SQLException {
        warehouse = shared;
        connection = shared.connect();
        run(
                connection,
                "CREATE SCHEMA IF NOT EXISTS main.views",
                "CREATE TABLE main.views.inputs (id STRING COMMENT 'the key', n BIGINT, tags ARRAY<STRUCT<name: STRING>>)",
                "INSERT INTO main.views.inputs VALUES ('a', 1, array(named_struct('name', 'x'))), ('b', 2, null)",
                "USE main.views",
                "CREATE VIEW large COMMENT 'more than one' AS SELECT id, n * 10 AS tens, tags FROM inputs WHERE n > 1",
                "CREATE VIEW renamed (key COMMENT 'renamed') AS SELECT id FROM main.views.large");
    }

    @AfterEach
    void dropViews() throws SQLException {
        run(connection, "DROP SCHEMA main.views CASCADE");
        connection.close();
    }

    @Test
    void aViewIsReadFromEverywhereAndFollowsItsTable() throws SQLException {
        try (Connection other = warehouse.connect(";ConnCatalog=main;ConnSchema=default")) {
            run(other, "INSERT INTO main.views.inputs VALUES ('c', 3, null)");

            assertThat(query(other, "SELECT id, tens FROM MAIN.Views.large ORDER BY id"))
                    .containsExactly("b|20", "c|30");
            assertThat(query(other, "SELECT * FROM main.views.renamed WHERE key = 'c'"))
                    .containsExactly("c");
        }
    }

    @Test
    void aViewIsReplacedRenamedAndDropped() throws SQLException {
        run(
                connection,
                "CREATE VIEW IF NOT EXISTS large AS SELECT 1 AS other",
                "CREATE OR REPLACE VIEW renamed AS SELECT count(*) AS n FROM large");
        assertThat(query(connection, "SELECT * FROM renamed")).containsExactly("1");

        run(connection, "ALTER VIEW renamed AS SELECT 7 AS n", "ALTER VIEW renamed RENAME TO main.views.seven");
        assertThat(query(connection, "SELECT * FROM seven")).containsExactly("7");

        run(connection, "DROP VIEW seven", "DROP VIEW IF EXISTS seven");
        assertThat(query(connection, "SHOW VIEWS IN main.views")).containsExactly("views|large|false");
        assertThat(query(connection, "SELECT * FROM inputs")).hasSize(2);
    }

    @Test
    void aViewTellsWhatItIs() throws SQLException {
        TableDescription view =
                warehouse.endpoint.describe("MAIN", "views", "Large").orElseThrow();

        assertThat(view.type()).isEqualTo("VIEW");
        assertThat(view.viewDefinition()).isEqualTo("SELECT id, n * 10 AS tens, tags FROM inputs WHERE n > 1");
        assertThat(view.comment()).isEqualTo("more than one");
        assertThat(view.location()).isNull();
        assertThat(view.columns())
                .containsExactly(
                        new TableDescription.Column("id", "string", "STRING", true, "the key", 0),
                        new TableDescription.Column("tens", "bigint", "LONG", true, null, 1),
                        new TableDescription.Column("tags", "array<struct<name:string>>", "ARRAY", true, null, 2));
        assertThat(query(connection, "DESCRIBE TABLE main.views.renamed")).containsExactly("key|string|renamed");
        assertThat(query(connection, "SHOW TABLES IN main.views"))
                .containsExactly("views|inputs|false", "views|large|false", "views|renamed|false");
        assertThat(query(connection, "SHOW VIEWS IN main.views LIKE 'l*'")).containsExactly("views|large|false");
        assertThat(query(connection, "SHOW CREATE TABLE main.views.large"))
                .singleElement()
                .asString()
                .contains("CREATE VIEW")
                .contains("n * 10 AS tens");
    }

    @Test
    void whatAViewCannotBeOrDoIsRefused() throws SQLException {
        Map.of(
                        "CREATE VIEW main.views.large AS SELECT 1 AS n", "TABLE_OR_VIEW_ALREADY_EXISTS",
                        "CREATE VIEW main.views.inputs AS SELECT 1 AS n", "TABLE_OR_VIEW_ALREADY_EXISTS",
                        "CREATE TABLE main.views.large (n INT)", "TABLE_OR_VIEW_ALREADY_EXISTS",
                        "CREATE TABLE main.views.large AS SELECT 1 AS n", "TABLE_OR_VIEW_ALREADY_EXISTS",
                        "CREATE VIEW main.views.wrong AS SELECT absent FROM large", "UNRESOLVED_COLUMN.WITH_SUGGESTION",
                        "CREATE VIEW main.absent.v AS SELECT 1 AS n", "SCHEMA_NOT_FOUND",
                        "DROP VIEW main.views.absent", "VIEW_NOT_FOUND",
                        "DROP VIEW main.views.inputs", "WRONG_COMMAND_FOR_OBJECT_TYPE",
                        "INSERT INTO main.views.large VALUES ('z', 1, null)", "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE",
                        "DESCRIBE DETAIL main.views.large", "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE")
                .forEach((sql, errorClass) -> assertThatThrownBy(() -> run(connection, sql))
                        .as(sql)
                        .hasMessageContaining("[" + errorClass + "]"));

        assertThat(query(connection, "SELECT id FROM main.views.large")).containsExactly("b");
        assertThat(query(connection, "SELECT count(*) FROM main.views.inputs")).containsExactly("2");
    }

    @Test
    void aViewWhoseTableIsGoneSaysSo() throws SQLException {
        run(connection, "DROP TABLE main.views.inputs");

        assertThatThrownBy(() -> query(connection, "SELECT * FROM main.views.large"))
                .hasMessageContaining("[TABLE_OR_VIEW_NOT_FOUND]");
    }

    @Test
    void whoMayNotMakeTablesMayNotMakeViews() throws Exception {
        Rights.create(warehouse.root.resolve("Tables/main/views"), false);

        assertThatThrownBy(() -> run(connection, "CREATE OR REPLACE VIEW main.views.large AS SELECT 1 AS n"))
                .hasMessageContaining("[INSUFFICIENT_PERMISSIONS]")
                .hasMessageContaining("CREATE TABLE");
    }
}
