package com.clarifai.databricks.s3;

import java.time.Instant;

/** Credentials of Amazon S3 that expire. */
public record SessionKeys(String accessKey, String secretKey, String token, Instant expiresAt) {

    /** Without the keys. */
    @Override
    public String toString() {
        return "keys until " + expiresAt;
    }
}
