package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static com.clarifai.databricks.sandbox.sql.Warehouse.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.sandbox.s3.Buckets;
import com.clarifai.databricks.sandbox.s3.SampleBucket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedWarehouse.class)
class S3TablesTest {

    private static final String BUCKET = "s3://" + Buckets.SAMPLES;
    private static final String CANAL =
            "image01|http://images/featured-models/color-colored-houses-boats-on-canal.jpg|image"
                    + "|{'filename': 'canal.jpg', 'split': 'train'}|102,70";
    private static final String TRAIN = "image02|http://images/metro-north.jpg|image|null|null";

    private Connection connection;
    private Path bucket;
    private SampleBucket samples;

    @BeforeEach
    void connect(Warehouse warehouse) throws Exception {
        connection = warehouse.connect();
        Buckets buckets = Buckets.in(warehouse.root);
        bucket = buckets.directory().resolve(Buckets.SAMPLES);
        samples = new SampleBucket(buckets, URI.create("http://images"), warehouse.endpoint::run);
        samples.writeCsv();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        TableDirectories.delete(bucket);
    }

    @Test
    void theDocumentedRowsAreThereAsDeltaAndAsParquet() throws SQLException {
        samples.writeTables();

        for (String scheme : List.of("s3", "s3a")) {
            String root = scheme + "://" + Buckets.SAMPLES + "/samples/";
            assertThat(query(connection, "SELECT * FROM delta.`" + root + "delta` ORDER BY inputid"))
                    .containsExactly(CANAL, TRAIN);
            assertThat(query(connection, "SELECT * FROM parquet.`" + root + "parquet` ORDER BY inputid"))
                    .containsExactly(CANAL, TRAIN);
        }
    }

    @Test
    void samplesWrittenAgainReplaceTheOldOnes() throws SQLException {
        samples.writeTables();
        samples.writeTables();

        assertThat(query(connection, "SELECT count(*) FROM delta.`" + BUCKET + "/samples/delta`"))
                .containsExactly("2");
        assertThat(query(connection, "SELECT count(*) FROM delta.`" + BUCKET + "/samples/delta` VERSION AS OF 0"))
                .containsExactly("2");
        assertThat(query(connection, "SELECT count(*) FROM parquet.`" + BUCKET + "/samples/parquet`"))
                .containsExactly("2");
    }

    @Test
    void filesAreReadAsCsvJsonAndText() throws Exception {
        Files.createDirectories(bucket.resolve("files"));
        Files.writeString(bucket.resolve("files/a.json"), "{\"id\": 1}\n{\"id\": 2}\n");
        Files.writeString(bucket.resolve("files/a.txt"), "one\ntwo\n");

        assertThat(query(connection, "SELECT _c0 FROM csv.`" + BUCKET + "/samples/documented.csv`"))
                .containsExactly("inputid", "image01", "image02");
        assertThat(query(connection, "SELECT id FROM json.`" + BUCKET + "/files/*.json`"))
                .containsExactly("1", "2");
        assertThat(query(connection, "SELECT value FROM text.`s3a://" + Buckets.SAMPLES + "/files/a.txt`"))
                .containsExactly("one", "two");
    }

    @Test
    void aFileIsKnownByItsUrl() throws SQLException {
        assertThat(query(
                        connection,
                        "SELECT DISTINCT _metadata.file_path FROM text.`" + BUCKET + "/samples/documented.csv`"))
                .containsExactly(BUCKET + "/samples/documented.csv");
    }

    @Test
    void aTableIsWrittenByItsUrlToo() throws SQLException {
        run(
                connection,
                "CREATE TABLE delta.`" + BUCKET + "/tables/numbers` (n INT)",
                "INSERT INTO delta.`" + BUCKET + "/tables/numbers` VALUES (1), (2)");

        assertThat(query(connection, "SELECT sum(n) FROM delta.`" + BUCKET + "/tables/numbers`"))
                .containsExactly("3");
        assertThat(bucket.resolve("tables/numbers/_delta_log")).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv", "json", "text"})
    void aMissingPathIsNotFound(String format) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> query(connection, "SELECT * FROM " + format + ".`" + BUCKET + "/none`"))
                .withMessageContaining("PATH_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource({
        "/none,DELTA_PATH_DOES_NOT_EXIST",
        "/samples,DELTA_TABLE_NOT_FOUND",
    })
    void aPathWithoutADeltaTableSaysSo(String path, String condition) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> query(connection, "SELECT * FROM delta.`" + BUCKET + path + "`"))
                .withMessageContaining(condition);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta", "parquet", "csv", "json", "text"})
    void aMissingBucketHasNoExternalLocation(String format) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> query(connection, "SELECT * FROM " + format + ".`s3://no-such-bucket/a`"))
                .withMessageContaining("[NO_PARENT_EXTERNAL_LOCATION_FOR_PATH]")
                .withMessageContaining("s3://no-such-bucket/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta", "parquet", "csv", "json", "text"})
    void thePrivateBucketMayNotBeRead(String format) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> query(connection, "SELECT * FROM " + format + ".`s3://" + Buckets.PRIVATE + "/a`"))
                .withMessageContaining("[UNAUTHORIZED_ACCESS]")
                .withMessageContaining("READ FILES");
    }
}
