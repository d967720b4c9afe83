package com.clarifai.databricks.s3;

import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.databricks.FakeWorkspace;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** What is in a folder of a bucket, of which no more is asked for than is read. */
class S3FolderTest {

    private static String page(String rest, String... entries) {
        return "<?xml version=\"1.0\"?><ListBucketResult><Prefix>in/</Prefix>" + rest + String.join("", entries)
                + "</ListBucketResult>";
    }

    private static String object(String key) {
        return "<Contents><Key>" + key + "</Key><Size>1</Size></Contents>";
    }

    @Test
    void pagesAreAskedForAsTheyAreReadAndTheFolderItselfIsNotInIt() {
        S3Settings settings = new S3Settings();
        settings.setAccessKey("key");
        settings.setSecretKey("secret");
        settings.setPathStyle(true);
        String more = "<IsTruncated>true</IsTruncated><NextContinuationToken>next</NextContinuationToken>";
        try (FakeWorkspace store = new FakeWorkspace()) {
            settings.setEndpoint(store.host());
            store.on(
                    "GET /bucket",
                    status(200, page(more, object("in/"), object("in/a"))),
                    status(
                            200,
                            page(
                                    "<IsTruncated>false</IsTruncated>",
                                    object("in/c"),
                                    "<CommonPrefixes><Prefix>in/b/</Prefix></CommonPrefixes>")));
            try (S3Client s3 = settings.client()) {
                Iterator<S3Folder.Entry> entries = S3Folder.list(s3, S3Uri.parse("s3://bucket/in/"));

                assertThat(entries.next().name()).isEqualTo("a");
                assertThat(store.requests()).hasSize(1);
                assertThat(entries)
                        .toIterable()
                        .extracting(S3Folder.Entry::name, S3Folder.Entry::folder)
                        .containsExactly(tuple("b", true), tuple("c", false));
                assertThat(store.requests()).hasSize(2);
            }
        }
    }
}
