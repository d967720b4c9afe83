package com.clarifai.databricks.databricks;

import java.time.Instant;

/**
 * What Unity Catalog gives out so that files can be read where the cloud keeps them.
 *
 * @param cloud whose they are; of others than AWS only that is known here
 * @param url of the folder that they open, such as {@code s3://bucket/path}; null when the workspace does not say
 * @param accessPoint ARN to use instead of the bucket; null for none
 * @param expiresAt when they stop to work
 */
public record TemporaryCredentials(
        Cloud cloud,
        String url,
        String accessPoint,
        String accessKey,
        String secretKey,
        String sessionToken,
        Instant expiresAt) {

    /** Kinds of stores, by whose credentials they take. */
    public enum Cloud {
        AWS("Amazon S3"),
        AZURE("Azure Data Lake Storage"),
        GCP("Google Cloud Storage"),
        R2("Cloudflare R2"),
        UNKNOWN("a store of a kind that this version does not know");

        private final String words;

        Cloud(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** Without the credentials themselves. */
    @Override
    public String toString() {
        return "temporary credentials for " + url + " in " + cloud + " until " + expiresAt;
    }
}
