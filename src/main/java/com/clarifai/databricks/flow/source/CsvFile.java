package com.clarifai.databricks.flow.source;

/**
 * A CSV file to import.
 *
 * @param uri its name in messages and in {@code source_uri}
 * @param bucket S3 bucket; null for a file elsewhere
 * @param key S3 key, or path in the volume or on this machine
 * @param size bytes when it was found
 * @param listed whether it is one of a folder or pattern, whose other files go on without it
 */
public record CsvFile(String uri, String bucket, String key, long size, boolean listed) {

    public boolean isOnS3() {
        return bucket != null;
    }

    /** Whether it is of this machine; what is neither is in a volume. */
    public boolean isLocal() {
        return uri.startsWith(LocalPath.PREFIX);
    }
}
