package com.clarifai.databricks.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes the S3 client from the settings; what is left empty is found by the AWS SDK's own chain. */
public final class S3Clients {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(3);

    private S3Clients() {}

    public static S3Client create(
            String endpoint, String region, String accessKey, String secretKey, boolean pathStyle) {
        return LazyClient.of(() -> build(endpoint, region, accessKey, secretKey, pathStyle));
    }

    private static S3Client build(
            String endpoint, String region, String accessKey, String secretKey, boolean pathStyle) {
        // the region is only where the SDK asks first: it follows a bucket to the region that S3 names
        S3ClientBuilder client = S3Client.builder()
                .forcePathStyle(pathStyle)
                .crossRegionAccessEnabled(true)
                // of a call until its answer begins; what then arrives is waited for by the HTTP client, for each read
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(ATTEMPT_TIMEOUT).apiCallTimeout(CALL_TIMEOUT))
                .region(region.isBlank() ? Region.US_EAST_1 : Region.of(region));
        if (!endpoint.isBlank()) {
            client.endpointOverride(URI.create(endpoint));
        }
        if (!accessKey.isBlank()) {
            client.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
        }
        return client.build();
    }
}
