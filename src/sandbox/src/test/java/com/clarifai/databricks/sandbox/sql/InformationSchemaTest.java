package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.Rights;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedWarehouse.class)
class InformationSchemaTest {

    private Warehouse warehouse;
    private Connection connection;

    @BeforeEach
    void makeObjects(Warehouse shared) throws SQLException {
        warehouse = shared;
        connection = shared.connect();
        run(
                connection,
                "CREATE SCHEMA IF NOT EXISTS main.known",
                "USE CATALOG main",
                "USE SCHEMA known",
                "CREATE TABLE inputs (id STRING NOT NULL COMMENT 'the key', price DECIMAL(5,2),"
                        + " tags ARRAY<STRUCT<name: STRING>>, CONSTRAINT the_key PRIMARY KEY (id)) COMMENT 'all inputs'",
                "CREATE VIEW large AS SELECT id FROM inputs");
    }

    @AfterEach
    void dropObjects() throws SQLException {
        run(connection, "DROP SCHEMA main.known CASCADE");
        connection.close();
    }

    @Test
    void useStatementsSayWhereNamesBelong() throws SQLException {
        assertThat(query(connection, "SELECT current_catalog(), current_schema()"))
                .containsExactly("main|known");
    }

    @Test
    void theUserOfAStatementIsThatOfTheWorkspace() throws SQLException {
        assertThat(query(connection, "SELECT current_user(), session_user()"))
                .containsExactly("sandbox@example.com|sandbox@example.com");
    }

    @Test
    void everythingInACatalogIsListed() throws SQLException {
        assertThat(query(connection, "SELECT catalog_name FROM main.information_schema.catalogs"))
                .contains("main");
        assertThat(
                        query(
                                connection,
                                "SELECT schema_name FROM information_schema.schemata WHERE schema_name IN ('known', 'information_schema')"))
                .containsExactly("information_schema", "known");
        assertThat(query(
                        connection,
                        "SELECT table_name, table_type, comment, data_source_format FROM main.information_schema.tables"
                                + " WHERE table_schema = 'known' ORDER BY table_name"))
                .containsExactly("inputs|MANAGED|all inputs|DELTA", "large|VIEW|null|UNKNOWN_DATA_SOURCE_FORMAT");
        assertThat(query(
                        connection,
                        "SELECT column_name, ordinal_position, is_nullable, full_data_type, data_type, numeric_precision,"
                                + " numeric_scale, comment FROM main.information_schema.columns"
                                + " WHERE table_schema = 'known' AND table_name = 'inputs' ORDER BY ordinal_position"))
                .containsExactly(
                        "id|1|NO|string|STRING|null|null|the key",
                        "price|2|YES|decimal(5,2)|DECIMAL|5|2|null",
                        "tags|3|YES|array<struct<name:string>>|ARRAY|null|null|null");
        assertThat(
                        query(
                                connection,
                                "SELECT table_name, view_definition FROM main.information_schema.views WHERE table_schema = 'known'"))
                .containsExactly("large|SELECT id FROM inputs");
        assertThat(query(
                        connection,
                        "SELECT c.constraint_name, c.constraint_type, k.column_name, k.ordinal_position"
                                + " FROM main.information_schema.table_constraints c"
                                + " JOIN main.information_schema.key_column_usage k USING (constraint_schema, constraint_name)"
                                + " WHERE c.table_schema = 'known'"))
                .containsExactly("the_key|PRIMARY KEY|id|1");
        assertThat(query(connection, "SHOW TABLES IN main.information_schema"))
                .contains("information_schema|columns|false", "information_schema|volumes|false");
    }

    @Test
    void volumesAreMadeListedAndDroppedBySql() throws Exception {
        run(
                connection,
                "CREATE VOLUME main.known.Photos COMMENT 'raw'",
                "CREATE VOLUME IF NOT EXISTS photos",
                "CREATE VOLUME `main`.`known`.`other`;");
        assertThat(warehouse.root.resolve("Volumes/main/known/photos")).isDirectory();

        assertThat(query(connection, "SHOW VOLUMES IN main.known")).containsExactly("known|other", "known|photos");
        assertThat(query(connection, "SHOW VOLUMES LIKE 'pho*'")).containsExactly("known|photos");
        assertThat(query(
                        connection,
                        "SELECT volume_name, volume_type, comment FROM main.information_schema.volumes"
                                + " WHERE volume_schema = 'known' ORDER BY 1"))
                .containsExactly("other|MANAGED|null", "photos|MANAGED|raw");
        assertThat(query(connection, "DESCRIBE VOLUME photos"))
                .singleElement()
                .asString()
                .startsWith("photos|main|known|");

        Files.writeString(warehouse.root.resolve("Volumes/main/known/photos/a.txt"), "seen");
        assertThat(query(connection, "SELECT * FROM text.`/Volumes/main/known/photos/a.txt`"))
                .containsExactly("seen");
        run(connection, "DROP VOLUME photos", "DROP VOLUME IF EXISTS main.known.photos");
        assertThat(query(connection, "SHOW VOLUMES IN main.known")).containsExactly("known|other");

        assertThatThrownBy(() -> run(connection, "DROP VOLUME photos")).hasMessageContaining("[VOLUME_NOT_FOUND]");
        assertThatThrownBy(() -> run(connection, "CREATE VOLUME other"))
                .hasMessageContaining("[VOLUME_ALREADY_EXISTS]");
    }

    @Test
    void aSchemaIsDroppedWithItsVolumes() throws SQLException {
        run(connection, "CREATE SCHEMA main.shelved", "CREATE VOLUME main.shelved.photos");

        assertThatThrownBy(() -> run(connection, "DROP SCHEMA main.shelved"))
                .hasMessageContaining("[SCHEMA_NOT_EMPTY]");
        run(connection, "DROP SCHEMA main.shelved CASCADE");

        assertThat(warehouse.root.resolve("Volumes/main/shelved")).doesNotExist();
    }

    @Test
    void privilegesAreGrantedShownAndRevoked() throws Exception {
        run(
                connection,
                "CREATE VOLUME known.photos",
                "GRANT SELECT, MODIFY ON TABLE inputs TO `data team`",
                "GRANT SELECT ON main.known.inputs TO anna@example.com",
                "GRANT USE SCHEMA, CREATE TABLE, SELECT ON SCHEMA main.known TO `data team`",
                "GRANT READ VOLUME ON VOLUME photos TO `data team`",
                "GRANT ALL PRIVILEGES ON CATALOG main TO `admins`",
                "REVOKE MODIFY ON TABLE inputs FROM `data team`",
                "REVOKE ALL PRIVILEGES ON CATALOG main FROM admins");

        assertThat(query(connection, "SHOW GRANTS ON TABLE main.known.inputs"))
                .containsExactly(
                        "anna@example.com|SELECT|TABLE|main.known.inputs", "data team|SELECT|TABLE|main.known.inputs");
        assertThat(query(connection, "SHOW GRANTS `data team` ON SCHEMA main.known"))
                .containsExactly(
                        "data team|CREATE TABLE|SCHEMA|main.known",
                        "data team|SELECT|SCHEMA|main.known",
                        "data team|USE SCHEMA|SCHEMA|main.known");
        assertThat(query(connection, "SHOW GRANTS ON VOLUME photos")).hasSize(1);
        assertThat(query(connection, "SHOW GRANTS ON CATALOG main")).isEmpty();
        assertThatThrownBy(() -> run(connection, "GRANT READ VOLUME ON TABLE inputs TO anna"))
                .hasMessageContaining("Privilege READ VOLUME is not applicable");
        assertThatThrownBy(() -> run(connection, "GRANT SELECT ON TABLE absent TO anna"))
                .hasMessageContaining("[TABLE_OR_VIEW_NOT_FOUND]");

        Rights.create(warehouse.root.resolve("Tables/main/known"), false);
        assertThatThrownBy(() -> run(connection, "GRANT MODIFY ON TABLE inputs TO anna"))
                .hasMessageContaining("[INSUFFICIENT_PERMISSIONS]");
        assertThatThrownBy(() -> run(connection, "CREATE VOLUME more"))
                .hasMessageContaining("[INSUFFICIENT_PERMISSIONS]")
                .hasMessageContaining("CREATE VOLUME");
        assertThat(query(connection, "SHOW GRANTS anna@example.com ON TABLE inputs"))
                .hasSize(1);
    }

    @Test
    void nobodyChangesIt() throws SQLException {
        for (String sql : List.of(
                "CREATE TABLE main.information_schema.mine (n INT)",
                "CREATE VIEW main.information_schema.mine AS SELECT 1 AS n",
                "DROP SCHEMA main.information_schema CASCADE",
                "DROP TABLE main.information_schema.tables",
                "INSERT INTO main.information_schema.tables (table_name) VALUES ('x')")) {
            assertThatThrownBy(() -> run(connection, sql)).as(sql).isInstanceOf(SQLException.class);
        }

        assertThat(query(connection, "SELECT count(*) FROM main.information_schema.tables WHERE table_name = 'mine'"))
                .containsExactly("0");
        assertThat(warehouse.root.resolve("Tables/main/information_schema")).doesNotExist();
    }
}
