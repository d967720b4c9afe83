package com.clarifai.databricks.s3;

import java.time.Instant;
import java.util.Iterator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** What is right in a folder of a bucket: objects whose keys begin alike, of which those with a further slash are folders. */
public final class S3Folder {

    private static final String SLASH = "/";

    /**
     * @param key of the object; of a folder what all its objects begin with, a slash at its end
     * @param size bytes; 0 for a folder
     * @param modifiedAt null for a folder
     */
    public record Entry(String key, boolean folder, long size, Instant modifiedAt) {

        /** The last name of the key. */
        public String name() {
            String key = folder ? this.key.substring(0, this.key.length() - 1) : this.key;
            return key.substring(key.lastIndexOf('/') + 1);
        }
    }

    private S3Folder() {}

    /**
     * Page by page, as they are asked for.
     *
     * @param folder whose key is empty or ends in a slash
     */
    public static Iterator<Entry> list(S3Client s3, S3Uri folder) {
        return s3
                .listObjectsV2Paginator(request ->
                        request.bucket(folder.bucket()).prefix(folder.key()).delimiter(SLASH))
                .stream()
                .flatMap(S3Folder::entries)
                // the object that stands for the folder itself, as some programs make it
                .filter(entry -> !entry.key().equals(folder.key()))
                .iterator();
    }

    private static Stream<Entry> entries(ListObjectsV2Response page) {
        return Stream.concat(
                page.commonPrefixes().stream().map(folder -> new Entry(folder.prefix(), true, 0, null)),
                page.contents().stream()
                        .map(object -> new Entry(object.key(), false, object.size(), object.lastModified())));
    }

    /** The buckets of the account; a right of its own, which who may read a bucket need not have. */
    public static Iterator<String> buckets(S3Client s3) {
        return s3.listBuckets().buckets().stream().map(bucket -> bucket.name()).iterator();
    }
}
