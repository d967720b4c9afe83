package com.clarifai.databricks.flow.source;

/**
 * A CSV file to import.
 *
 * @param uri its name in messages and in {@code source_uri}
 * @param bucket S3 bucket; null for a file in a volume
 * @param key S3 key, or path in the volume
 * @param size bytes when it was found
 * @param listed whether it is one of a folder or pattern, whose other files go on without it
 */
public record CsvFile(String uri, String bucket, String key, long size, boolean listed) {

    /** Whether it is on S3; else it is in a volume. */
    public boolean isOnS3() {
        return bucket != null;
    }
}
