package com.clarifai.databricks.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.sandbox.Traffic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class RegionGuardTest {

    private static final StaticCredentialsProvider KEYS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

    @TempDir
    Path data;

    private S3Server server;

    @BeforeEach
    void start() throws IOException {
        Buckets buckets = Buckets.in(data);
        server = S3Server.start(0, Optional.empty(), "key", "secret", buckets, new Sessions(), new Traffic());
        new SampleBucket(buckets, URI.create("http://images"), sql -> {})
                .put("object", new ByteArrayInputStream("content".getBytes()));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private S3Client client(String region, boolean follow) {
        return S3Client.builder()
                .endpointOverride(server.url())
                .region(Region.of(region))
                .crossRegionAccessEnabled(follow)
                .forcePathStyle(true)
                .credentialsProvider(KEYS)
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    @Test
    void requestsForAnotherRegionAreToldTheRightOne() {
        try (S3Client elsewhere = client("eu-west-1", false)) {
            S3Exception get = catchThrowableOfType(
                    S3Exception.class,
                    () -> elsewhere.getObjectAsBytes(
                            request -> request.bucket(Buckets.SAMPLES).key("object")));
            S3Exception list = catchThrowableOfType(
                    S3Exception.class, () -> elsewhere.listObjectsV2(request -> request.bucket(Buckets.SAMPLES)));

            for (S3Exception refusal : new S3Exception[] {get, list}) {
                assertThat(refusal.statusCode()).isEqualTo(400);
                assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AuthorizationHeaderMalformed");
                assertThat(refusal.awsErrorDetails().errorMessage())
                        .endsWith("the region 'eu-west-1' is wrong; expecting '" + S3Server.REGION + "'");
            }
            assertThat(get.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
                    .contains(S3Server.REGION);
            assertThat(elsewhere.listBuckets().buckets()).hasSize(2);
        }
    }

    @Test
    void theHeadOfABucketIsARedirectThatNamesItsRegion() {
        try (S3Client elsewhere = client("eu-west-1", false);
                S3Client here = client(S3Server.REGION, false)) {
            S3Exception redirect = catchThrowableOfType(
                    S3Exception.class, () -> elsewhere.headBucket(request -> request.bucket(Buckets.SAMPLES)));

            assertThat(redirect.statusCode()).isEqualTo(301);
            assertThat(redirect.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
                    .contains(S3Server.REGION);
            assertThat(here.headBucket(request -> request.bucket(Buckets.SAMPLES))
                            .bucketRegion())
                    .isEqualTo(S3Server.REGION);
        }
    }

    @Test
    void aClientThatMayFollowFindsTheRegion() {
        try (S3Client following = client("ap-south-1", true)) {
            assertThat(following
                            .headObject(
                                    request -> request.bucket(Buckets.SAMPLES).key("object"))
                            .contentLength())
                    .isEqualTo(7);
            assertThat(following
                            .listObjectsV2(request -> request.bucket(Buckets.SAMPLES))
                            .contents())
                    .hasSize(1);
        }
    }

    @Test
    void aPresignedUrlForAnotherRegionIsRefused() throws Exception {
        HttpResponse<String> refused = presigned("eu-west-1");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("AuthorizationQueryParametersError", "<Region>" + S3Server.REGION + "</Region>");
    }

    private HttpResponse<String> presigned(String region) throws Exception {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(server.url())
                .region(Region.of(region))
                .credentialsProvider(KEYS)
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            URI url = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket(Buckets.SAMPLES).key("object")))
                    .url()
                    .toURI();
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
