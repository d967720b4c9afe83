package com.clarifai.databricks.sandbox.s3;

import com.clarifai.databricks.sandbox.images.ImageHost;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * The content of {@link Buckets#SAMPLES}.
 *
 * <ul>
 *   <li>{@code samples/documented.csv}: the example rows of Clarifai's documentation of its Databricks-Connect module,
 *       section "File Format", with the same pictures' paths on the sandbox's own image host
 *   <li>{@code samples/delta/} and {@code samples/parquet/}: the same rows as a Delta table and as plain Parquet
 * </ul>
 */
public final class SampleBucket {

    private static final String URL = "s3://" + Buckets.SAMPLES + "/";
    private static final String CSV = "samples/documented.csv";

    private final BlobStore store;
    private final URI images;
    private final Consumer<List<String>> sql;

    /**
     * @param images where the image host is
     * @param sql runs statements in one session
     */
    public SampleBucket(Buckets buckets, URI images, Consumer<List<String>> sql) {
        this.store = new FilesystemNio2BlobStore(buckets.directory().toString());
        this.images = images;
        this.sql = sql;
    }

    /** Anew at each start, as the image host may have another port. */
    public void writeCsv() throws IOException {
        String rows = GeneratedCsv.HEADER
                + "image01," + images + ImageHost.DOCUMENTED_CANAL
                + ",image,\"{'filename': 'canal.jpg', 'split': 'train'}\",\"102,70\"\n"
                + "image02," + images + ImageHost.DOCUMENTED_TRAIN + ",image,,\n";
        put(CSV, new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes Spark a few seconds. */
    public void writeTables() {
        sql.accept(List.of(
                "CREATE TEMPORARY VIEW documented USING csv OPTIONS (path '" + URL + CSV
                        + "', header 'true', escape '\"')",
                "CREATE OR REPLACE TABLE delta.`" + URL + "samples/delta` AS SELECT * FROM documented",
                "INSERT OVERWRITE DIRECTORY '" + URL + "samples/parquet' USING parquet SELECT * FROM documented"));
    }

    /** Generates an import file with that many rows. */
    public void generateCsv(String key, int rows) throws IOException {
        put(key, new GeneratedCsv(images, rows).content());
    }

    /**
     * Makes or replaces an object; readers see the old one or the new one.
     *
     * @throws IllegalArgumentException if the key leaves the bucket
     */
    public void put(String key, InputStream content) throws IOException {
        try (content) {
            store.putBlob(
                    PutObjectRequest.builder().bucket(Buckets.SAMPLES).key(key).build(), content);
        }
    }
}
