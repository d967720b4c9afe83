package com.clarifai.databricks.flow;

/**
 * A CSV file to import.
 *
 * @param uri its name in messages and in {@code source_uri}
 * @param bucket S3 bucket; null for a file in a volume
 * @param key S3 key, or path in the volume
 */
public record CsvFile(String uri, String bucket, String key) {}
