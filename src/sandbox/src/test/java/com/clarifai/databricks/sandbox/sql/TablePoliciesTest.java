package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Row filters and column masks, and the functions that they are made of. */
@ExtendWith(SharedWarehouse.class)
class TablePoliciesTest {

    private Connection connection;

    @BeforeEach
    void makeTable(Warehouse warehouse) throws SQLException {
        connection = warehouse.connect();
        run(
                connection,
                "CREATE SCHEMA main.guarded",
                "USE main.guarded",
                "CREATE TABLE patients (id STRING, region STRING, age INT)",
                "INSERT INTO patients VALUES ('a', 'eu', 30), ('b', 'us', 40), ('c', 'eu', 50)",
                "CREATE TABLE allowed (area STRING)",
                "INSERT INTO allowed VALUES ('eu')",
                "CREATE FUNCTION in_europe(region STRING) RETURNS BOOLEAN RETURN region = 'eu' OR is_account_group_member('admins')",
                "CREATE FUNCTION may_see(r STRING) RETURN EXISTS (SELECT 1 FROM allowed WHERE area = r)",
                "CREATE OR REPLACE FUNCTION main.guarded.hidden(id STRING, mark STRING) RETURNS STRING"
                        + " COMMENT 'hides' RETURN concat(left(id, 0), mark)");
    }

    @AfterEach
    void dropTable() throws SQLException {
        run(connection, "DROP SCHEMA main.guarded CASCADE");
        connection.close();
    }

    @Test
    void readersSeeTheRowsThatTheFilterLetsThrough() throws SQLException {
        run(connection, "ALTER TABLE patients SET ROW FILTER main.guarded.in_europe ON (region)");
        run(connection, "CREATE VIEW old AS SELECT id FROM patients WHERE age > 45");

        assertThat(query(connection, "SELECT id, age FROM main.guarded.patients ORDER BY id"))
                .containsExactly("a|30", "c|50");
        assertThat(query(connection, "SELECT p.id FROM patients p JOIN patients q ON p.age < q.age"))
                .containsExactly("a");
        assertThat(query(connection, "SELECT * FROM old")).containsExactly("c");
        run(connection, "CREATE TABLE copy AS SELECT * FROM patients");
        assertThat(query(connection, "SELECT count(*) FROM copy")).containsExactly("2");

        run(connection, "ALTER TABLE patients SET ROW FILTER may_see ON (region)");
        assertThat(query(connection, "SELECT count(*) FROM patients")).containsExactly("2");
        run(connection, "DELETE FROM allowed");
        assertThat(query(connection, "SELECT count(*) FROM patients")).containsExactly("0");

        run(connection, "ALTER TABLE patients DROP ROW FILTER");
        assertThat(query(connection, "SELECT count(*) FROM patients")).containsExactly("3");
    }

    @Test
    void readersSeeWhatTheMaskMakesOfAColumn() throws SQLException {
        run(connection, "ALTER TABLE patients ALTER COLUMN id SET MASK hidden USING COLUMNS ('*')");
        assertThat(query(connection, "SELECT * FROM patients WHERE age = 40")).containsExactly("*|us|40");
        assertThat(query(connection, "SELECT count(*) FROM patients WHERE id = 'b'"))
                .containsExactly("0");

        run(connection, "ALTER TABLE patients ALTER COLUMN id SET MASK hidden USING COLUMNS (region)");
        assertThat(query(connection, "SELECT id FROM patients WHERE age = 40")).containsExactly("us");

        run(connection, "ALTER TABLE patients ALTER COLUMN id DROP MASK");
        assertThat(query(connection, "SELECT id FROM patients WHERE age = 40")).containsExactly("b");
    }

    @Test
    void theTableItselfIsWrittenAndDescribedAsBefore() throws SQLException {
        run(connection, "ALTER TABLE patients SET ROW FILTER in_europe ON (region)");

        run(
                connection,
                "INSERT INTO patients VALUES ('d', 'us', 60)",
                "MERGE INTO patients t USING (SELECT 'c' AS id, 51 AS age) s ON t.id = s.id"
                        + " WHEN MATCHED THEN UPDATE SET age = s.age",
                "ALTER TABLE patients ADD COLUMNS (more STRING)",
                "COMMENT ON TABLE patients IS 'guarded'");
        assertThat(query(connection, "SELECT id, age, more FROM patients ORDER BY id"))
                .containsExactly("a|30|null", "c|51|null");
        assertThat(query(connection, " ".repeat(60) + "-- the table\n/* itself */ DESCRIBE DETAIL patients"))
                .singleElement()
                .asString()
                .startsWith("delta|");
        assertThat(query(connection, "DESCRIBE HISTORY patients LIMIT 9")).hasSizeGreaterThan(3);
        assertThat(query(connection, "DESCRIBE TABLE patients")).contains("region|string|null");

        run(connection, "ALTER TABLE patients DROP ROW FILTER");
        assertThat(query(connection, "SELECT id FROM patients ORDER BY id")).containsExactly("a", "b", "c", "d");
    }

    @Test
    void functionsAreListedAndWhatDoesNotFitIsRefused() throws SQLException {
        assertThat(query(
                        connection,
                        "SELECT routine_name, full_data_type, comment FROM information_schema.routines"
                                + " WHERE routine_schema = 'guarded' ORDER BY 1"))
                .containsExactly("hidden|string|hides", "in_europe|boolean|null", "may_see|boolean|null");
        try (var functions = connection.getMetaData().getFunctions("main", "guarded", "in%")) {
            assertThat(functions.next()).isTrue();
            assertThat(functions.getString("FUNCTION_NAME")).isEqualTo("in_europe");
        }

        Map.of(
                        "ALTER TABLE patients SET ROW FILTER absent ON (region)", "ROUTINE_NOT_FOUND",
                        "ALTER TABLE patients SET ROW FILTER in_europe ON (absent)", "UNRESOLVED_COLUMN",
                        "ALTER TABLE patients SET ROW FILTER in_europe ON (region, id)", "WRONG_NUM_ARGS",
                        "ALTER TABLE absent SET ROW FILTER in_europe ON (region)", "TABLE_OR_VIEW_NOT_FOUND",
                        "CREATE FUNCTION in_europe(a INT) RETURNS INT RETURN a", "ROUTINE_ALREADY_EXISTS",
                        "DROP FUNCTION absent", "ROUTINE_NOT_FOUND")
                .forEach((sql, errorClass) ->
                        assertThatThrownBy(() -> run(connection, sql)).as(sql).hasMessageContaining("[" + errorClass));
        run(connection, "DROP FUNCTION in_europe", "DROP FUNCTION IF EXISTS in_europe");
    }
}
