package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedWarehouse.class)
class VolumesTest {

    private static final String STAGED_MERGE = """
            MERGE INTO `main`.`volumes`.`inputs` t USING (
              WITH staged AS (
                SELECT r.* FROM (
                  SELECT from_json(value, 'input_id STRING NOT NULL, size BIGINT, at TIMESTAMP,
                      concepts ARRAY<STRUCT<id: STRING, value: FLOAT>>', map('mode', 'FAILFAST')) AS r
                  FROM text.`/Volumes/main/volumes/staging/run-1/`)),
              ranked AS (
                SELECT *, row_number() OVER (PARTITION BY input_id ORDER BY at DESC NULLS LAST) AS rank FROM staged)
              SELECT * FROM ranked WHERE rank = 1) s
            ON t.input_id = s.input_id
            WHEN MATCHED THEN UPDATE SET size = s.size, at = s.at, concepts = s.concepts
            WHEN NOT MATCHED THEN INSERT (input_id, size, at, concepts)
              VALUES (s.input_id, s.size, s.at, s.concepts)
            """;

    private Connection connection;
    private Path volume;

    @BeforeEach
    void connect(Warehouse warehouse) throws Exception {
        connection = warehouse.connect();
        volume = Files.createDirectories(warehouse.root.resolve("Volumes/main/volumes/staging"));
        run(
                connection,
                "CREATE SCHEMA main.volumes",
                "CREATE TABLE main.volumes.inputs (input_id STRING NOT NULL, size BIGINT, at TIMESTAMP,"
                        + " concepts ARRAY<STRUCT<id: STRING, value: FLOAT>>)");
    }

    @AfterEach
    void disconnect() throws SQLException {
        run(connection, "DROP SCHEMA main.volumes CASCADE");
        connection.close();
    }

    private void gzip(String file, Stream<String> lines) throws IOException {
        Path path = volume.resolve(file);
        Files.createDirectories(path.getParent());
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            for (String line : (Iterable<String>) lines::iterator) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void stagedFilesAreMergedByKey() throws Exception {
        gzip(
                "run-1/part-00001.json.gz",
                Stream.of(
                        "{\"input_id\":\"a\",\"size\":9007199254740993,\"at\":\"2024-01-01T00:00:00Z\"}",
                        "{\"input_id\":\"b\",\"concepts\":[{\"id\":\"c\\u00e4t\",\"value\":0.5},{\"id\":null}]}"));
        gzip("run-1/part-00002.json.gz", Stream.of("{\"input_id\":\"a\",\"at\":\"2024-02-01T03:04:05.678Z\"}"));

        assertThat(run(connection, STAGED_MERGE)).isEqualTo(2);
        assertThat(run(connection, STAGED_MERGE)).as("a replay").isEqualTo(2);

        assertThat(query(
                        connection, "SELECT input_id, size, at, to_json(concepts) FROM main.volumes.inputs ORDER BY 1"))
                .containsExactly(
                        "a|null|2024-02-01 03:04:05.678|null", "b|null|null|[{\"id\":\"cät\",\"value\":0.5},{}]");
    }

    @Test
    void malformedStagedLineFailsTheWholeMerge() throws Exception {
        gzip("run-1/part-00001.json.gz", Stream.of("{\"input_id\":\"a\"}", "{\"input_id\":"));

        assertThatThrownBy(() -> run(connection, STAGED_MERGE)).hasMessageContaining("[MALFORMED_RECORD_IN_PARSING");
        assertThat(query(connection, "SELECT count(*) FROM main.volumes.inputs"))
                .containsExactly("0");
    }

    @Test
    void filesOfEveryFormatAreRead() throws Exception {
        Files.writeString(Files.createDirectories(volume.resolve("csv")).resolve("a.csv"), "1,x\n2,y\n");
        Files.writeString(Files.createDirectories(volume.resolve("json")).resolve("a.json"), "{\"k\":\"v\"}\n");
        run(
                connection,
                "CREATE TABLE main.volumes.t AS SELECT 1 AS n",
                "INSERT OVERWRITE DIRECTORY '/Volumes/main/volumes/staging/parquet' USING parquet SELECT 5 AS n",
                "CREATE TABLE delta.`/Volumes/main/volumes/staging/delta` (n INT) USING delta",
                "INSERT INTO delta.`/Volumes/main/volumes/staging/delta` VALUES (6)");

        assertThat(query(connection, "SELECT _c1 FROM csv.`/Volumes/main/volumes/staging/csv` ORDER BY 1"))
                .containsExactly("x", "y");
        assertThat(query(connection, "SELECT k, _metadata.file_path FROM json.`/Volumes/main/volumes/staging/json/*`"))
                .containsExactly("v|dbfs:/Volumes/main/volumes/staging/json/a.json");
        assertThat(query(connection, "SELECT n FROM parquet.`/Volumes/main/volumes/staging/parquet`"))
                .containsExactly("5");
        assertThat(query(connection, "SELECT n FROM delta.`/Volumes/main/volumes/staging/delta`"))
                .containsExactly("6");
        try (Stream<Path> files = Files.walk(volume)) {
            assertThat(files.map(Path::toString))
                    .noneMatch(name -> name.endsWith(".crc") && !name.contains("_delta_log"));
        }
    }
}
