package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.sql.Warehouse.Protocol;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tools that browse a database ask the driver for, in both of its protocols. */
@ExtendWith(SharedWarehouse.class)
@TestInstance(Lifecycle.PER_CLASS)
class JdbcMetadataTest {

    private Warehouse warehouse;

    @BeforeAll
    void makeSchema(Warehouse shared) throws SQLException {
        warehouse = shared;
        try (Connection connection = shared.connect()) {
            run(
                    connection,
                    "CREATE SCHEMA main.browse",
                    "CREATE TABLE main.browse.owner_of (id BIGINT NOT NULL, name STRING,"
                            + " CONSTRAINT owner_key PRIMARY KEY (id))",
                    "CREATE TABLE main.browse.inputs (input_id STRING NOT NULL COMMENT 'the key',"
                            + " app STRING NOT NULL, owner BIGINT, price DECIMAL(12,3), seen TIMESTAMP,"
                            + " tags ARRAY<STRUCT<name: STRING>>, PRIMARY KEY (input_id, app)) COMMENT 'all inputs'",
                    "CREATE VIEW main.browse.large AS SELECT input_id FROM main.browse.inputs",
                    "ALTER TABLE main.browse.inputs ADD CONSTRAINT its_owner FOREIGN KEY (owner)"
                            + " REFERENCES main.browse.owner_of (id)",
                    IntStream.range(0, 300)
                            .mapToObj(n -> "c" + n + " STRING")
                            .collect(Collectors.joining(", ", "CREATE TABLE main.browse.wide (", ")")));
        }
    }

    @AfterAll
    void dropSchema() throws SQLException {
        try (Connection connection = warehouse.connect()) {
            run(connection, "DROP SCHEMA main.browse CASCADE");
        }
    }

    private static List<String> rows(ResultSet result, String... columns) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (result) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (String column : columns) {
                    values.add(result.getString(column));
                }
                rows.add(String.join("|", values));
            }
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void catalogsAndSchemasAreListed(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, "")) {
            var metadata = connection.getMetaData();

            assertThat(rows(metadata.getCatalogs(), "TABLE_CAT")).containsExactly("main");
            assertThat(rows(metadata.getSchemas("main", null), "TABLE_SCHEM", "TABLE_CATALOG"))
                    .contains("browse|main", "default|main", "information_schema|main");
            assertThat(rows(metadata.getSchemas("main", "bro%"), "TABLE_SCHEM")).containsExactly("browse");
            assertThat(rows(metadata.getSchemas(null, "browse"), "TABLE_SCHEM", "TABLE_CATALOG"))
                    .containsExactly("browse|main");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesAndViewsAreListedByTheirTypes(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, "")) {
            var metadata = connection.getMetaData();
            String[] columns = {"TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "TABLE_TYPE", "REMARKS"};

            assertThat(rows(metadata.getTables("main", "browse", "%", null), columns))
                    .containsExactly(
                            "main|browse|inputs|TABLE|all inputs",
                            "main|browse|owner_of|TABLE|",
                            "main|browse|wide|TABLE|",
                            "main|browse|large|VIEW|");
            assertThat(rows(metadata.getTables("main", "br_wse", "%", new String[] {"VIEW"}), "TABLE_NAME"))
                    .containsExactly("large");
            assertThat(rows(metadata.getTables(null, "browse", "INPUTS", null), "TABLE_NAME"))
                    .containsExactly("inputs");
            assertThat(rows(metadata.getTables("main", "browse", "owner\\_of", null), "TABLE_NAME"))
                    .containsExactly("owner_of");
            assertThat(rows(metadata.getTables("main", "absent", "%", null), "TABLE_NAME"))
                    .isEmpty();
            assertThat(rows(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsAreDescribed(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, "")) {
            var metadata = connection.getMetaData();

            assertThat(rows(
                            metadata.getColumns("main", "browse", "inputs", null),
                            "TABLE_NAME",
                            "COLUMN_NAME",
                            "ORDINAL_POSITION",
                            "DATA_TYPE",
                            "TYPE_NAME",
                            "IS_NULLABLE",
                            "REMARKS"))
                    .containsExactly(
                            "inputs|input_id|1|12|STRING|NO|the key",
                            "inputs|app|2|12|STRING|NO|",
                            "inputs|owner|3|-5|BIGINT|YES|",
                            "inputs|price|4|3|DECIMAL|YES|",
                            "inputs|seen|5|93|TIMESTAMP|YES|",
                            "inputs|tags|6|12|ARRAY<struct<name:string>>|YES|");
            assertThat(rows(
                            metadata.getColumns("main", "browse", "%", "pri%"),
                            "COLUMN_NAME",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS"))
                    .containsExactly("price|12|3");
            assertThat(rows(metadata.getColumns("main", "browse", "large", null), "COLUMN_NAME"))
                    .containsExactly("input_id");
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysAreListed(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, "")) {
            var metadata = connection.getMetaData();

            assertThat(rows(
                            metadata.getPrimaryKeys("main", "browse", "inputs"),
                            "TABLE_CAT",
                            "TABLE_SCHEM",
                            "TABLE_NAME",
                            "COLUMN_NAME",
                            "KEY_SEQ",
                            "PK_NAME"))
                    .containsExactly("main|browse|inputs|input_id|1|inputs_pk", "main|browse|inputs|app|2|inputs_pk");
            assertThat(rows(
                            metadata.getImportedKeys("main", "browse", "inputs"),
                            "PKTABLE_NAME",
                            "PKCOLUMN_NAME",
                            "FKTABLE_NAME",
                            "FKCOLUMN_NAME",
                            "KEY_SEQ",
                            "FK_NAME"))
                    .containsExactly("owner_of|id|inputs|owner|1|its_owner");
            assertThat(rows(
                            metadata.getCrossReference("main", "browse", "owner_of", "main", "browse", "inputs"),
                            "FKCOLUMN_NAME"))
                    .containsExactly("owner");
            assertThat(rows(metadata.getPrimaryKeys("main", "browse", "large"), "PK_NAME"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void functionsAndTypesAreListed(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, "")) {
            var metadata = connection.getMetaData();

            assertThat(rows(metadata.getFunctions("main", "browse", "%"), "FUNCTION_NAME"))
                    .isEmpty();
            assertThat(rows(metadata.getProcedures("main", "browse", "%"), "PROCEDURE_NAME"))
                    .isEmpty();
            assertThat(rows(metadata.getTypeInfo(), "TYPE_NAME")).contains("BIGINT", "STRING");
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyColumnsComeWhole(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, ";RowsFetchedPerBlock=100")) {
            assertThat(rows(connection.getMetaData().getColumns("main", "browse", "wide", null), "COLUMN_NAME"))
                    .hasSize(300)
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsToldAsTheRealOneDoes(Protocol protocol) throws SQLException {
        try (Connection connection = warehouse.connect(protocol, "")) {
            for (String sql :
                    List.of("SHOW TABLES IN CATALOG absent", "SHOW KEYS IN CATALOG absent IN SCHEMA s IN TABLE t")) {
                assertThatThrownBy(() -> run(connection, sql)).hasMessageContaining("[NO_SUCH_CATALOG_EXCEPTION]");
            }
        }
    }
}
