package com.clarifai.databricks.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

class S3ServerTest {

    private static final String ACCESS_KEY = "key";
    private static final String SECRET_KEY = "secret";

    @TempDir
    Path data;

    private final Traffic traffic = new Traffic();
    private final Sessions sessions = new Sessions();
    private S3Server server;
    private SampleBucket bucket;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        Buckets buckets = Buckets.in(data);
        server = S3Server.start(0, Optional.empty(), ACCESS_KEY, SECRET_KEY, buckets, sessions, traffic);
        bucket = new SampleBucket(buckets, URI.create("http://images"), sql -> {});
        client = client(credentials(ACCESS_KEY, SECRET_KEY));
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.close();
    }

    private static AwsCredentialsProvider credentials(String accessKey, String secretKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey));
    }

    /** Does not retry, so that a fault is seen as it comes. */
    private S3Client client(AwsCredentialsProvider credentials) {
        return S3Client.builder()
                .endpointOverride(server.url())
                .region(Region.of(S3Server.REGION))
                .forcePathStyle(true)
                .credentialsProvider(credentials)
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(options -> options.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private void put(String key, String content) throws IOException {
        bucket.put(key, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String get(String key) {
        return client.getObjectAsBytes(
                        request -> request.bucket(Buckets.SAMPLES).key(key))
                .asUtf8String();
    }

    @Test
    void listsAllPagesInTheOrderOfTheKeys() throws IOException {
        for (int i = 0; i < 25; i++) {
            put("img/%02d.txt".formatted(i), "x".repeat(i));
        }
        put("other/1.txt", "");

        List<S3Object> objects = client
                .listObjectsV2Paginator(request ->
                        request.bucket(Buckets.SAMPLES).prefix("img/").maxKeys(10))
                .contents()
                .stream()
                .toList();

        assertThat(objects)
                .extracting(S3Object::key)
                .containsExactlyElementsOf(IntStream.range(0, 25)
                        .mapToObj("img/%02d.txt"::formatted)
                        .toList());
        assertThat(objects).extracting(S3Object::size).startsWith(0L, 1L, 2L);
        assertThat(traffic.counts()).containsEntry("s3:LIST", 3L);
    }

    @Test
    void listsFoldersAsCommonPrefixes() throws IOException {
        put("a/1.txt", "");
        put("b/c/2.txt", "");
        put("3.txt", "");

        var answer =
                client.listObjectsV2(request -> request.bucket(Buckets.SAMPLES).delimiter("/"));

        assertThat(answer.commonPrefixes())
                .extracting(prefix -> prefix.prefix())
                .containsExactly("a/", "b/");
        assertThat(answer.contents()).extracting(S3Object::key).containsExactly("3.txt");
    }

    @Test
    void answersARangeWithThoseBytes() throws IOException {
        put("digits", "0123456789");

        var part = client.getObjectAsBytes(
                request -> request.bucket(Buckets.SAMPLES).key("digits").range("bytes=3-5"));

        assertThat(part.asUtf8String()).isEqualTo("345");
        assertThat(part.response().contentRange()).isEqualTo("bytes 3-5/10");
    }

    @Test
    void anObjectKeepsItsETagUntilItIsReplacedSoThatAReadCanBeResumed() throws IOException {
        put("object", "one");
        String tag = client.headObject(
                        request -> request.bucket(Buckets.SAMPLES).key("object"))
                .eTag();

        assertThat(tag).isNotEmpty();
        client.getObjectAsBytes(
                request -> request.bucket(Buckets.SAMPLES).key("object").ifMatch(tag));
        put("object", "two");
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> client.getObjectAsBytes(
                        request -> request.bucket(Buckets.SAMPLES).key("object").ifMatch(tag)))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(412));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words.csv",
                "a+b&c=d.csv",
                "caf\u00e9/\u732b.csv",
                "100%.csv",
                "percent%20encoded.csv",
                "~x'(y)!.csv"
            })
    void keysMayHaveAnyCharacters(String key) {
        client.putObject(
                request -> request.bucket(Buckets.SAMPLES).key(key), RequestBody.fromString("content of " + key));

        assertThat(get(key)).isEqualTo("content of " + key);
        assertThat(data.resolve("s3").resolve(Buckets.SAMPLES).resolve(key)).exists();
    }

    @Test
    void aMissingBucketIsNotAMissingKey() {
        client.headBucket(request -> request.bucket(Buckets.SAMPLES));
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> client.headBucket(request -> request.bucket("no-such-bucket")));
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> client.listObjectsV2(request -> request.bucket("no-such-bucket")));
        assertThatExceptionOfType(NoSuchBucketException.class)
                .isThrownBy(() -> client.getObjectAsBytes(
                        request -> request.bucket("no-such-bucket").key("key")))
                .withMessageContaining("The specified bucket does not exist");
        assertThatExceptionOfType(NoSuchKeyException.class)
                .isThrownBy(() -> get("no-such-key"))
                .withMessageContaining("The specified key does not exist");
    }

    @Test
    void refusesAWrongSecretAnUnknownKeyAndNoKey() throws IOException {
        put("object", "content");
        for (AwsCredentialsProvider wrong : List.of(
                credentials(ACCESS_KEY, "wrong"),
                credentials("unknown", SECRET_KEY),
                AnonymousCredentialsProvider.create())) {
            try (S3Client stranger = client(wrong)) {
                assertThatExceptionOfType(S3Exception.class)
                        .isThrownBy(() -> stranger.getObjectAsBytes(
                                request -> request.bucket(Buckets.SAMPLES).key("object")))
                        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
                assertThatExceptionOfType(S3Exception.class)
                        .isThrownBy(() -> stranger.listObjectsV2(request -> request.bucket(Buckets.SAMPLES)))
                        .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
            }
        }
    }

    @Test
    void thePrivateBucketIsNotForThisAccessKey() {
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> client.listObjectsV2(request -> request.bucket(Buckets.PRIVATE)))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403))
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> client.headBucket(request -> request.bucket(Buckets.PRIVATE)))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(403));
    }

    @Test
    void keepsObjectsOverARestart() throws Exception {
        client.putObject(request -> request.bucket(Buckets.SAMPLES).key("kept"), RequestBody.fromString("content"));
        stop();
        start();

        assertThat(get("kept")).isEqualTo("content");
    }

    @Test
    void aPlannedStatusComesAsAnErrorOfS3AndThenGoesAway() throws IOException {
        put("object", "content");
        traffic.plan(Fault.parse("s3:GET=503,times=1"));

        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> get("object"))
                .satisfies(e -> assertThat(e.statusCode()).isEqualTo(503))
                .satisfies(e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown"));
        assertThat(get("object")).isEqualTo("content");
    }

    @Test
    void aFaultOfListDoesNotTouchGetNorHead() throws IOException {
        put("object", "content");
        traffic.plan(Fault.parse("s3:LIST=500"));

        assertThat(get("object")).isEqualTo("content");
        client.headObject(request -> request.bucket(Buckets.SAMPLES).key("object"));
        assertThatExceptionOfType(S3Exception.class)
                .isThrownBy(() -> client.listObjectsV2(request -> request.bucket(Buckets.SAMPLES)));
    }

    @Test
    void aDelayedAnswerIsLateButRight() throws IOException {
        put("object", "content");
        traffic.plan(Fault.parse("s3:GET=delay:300"));
        Instant start = Instant.now();

        assertThat(get("object")).isEqualTo("content");

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aResetConnectionEndsWithoutAnAnswer() throws IOException {
        put("object", "content");
        traffic.plan(Fault.parse("s3:GET=reset,times=1"));

        assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> get("object"));
        assertThat(get("object")).isEqualTo("content");
    }

    @Test
    void aTruncatedObjectBreaksOffHalfWayAndARangeFetchesTheRest() throws IOException {
        int size = 5_000_000;
        put("large", "x".repeat(size));
        traffic.plan(Fault.parse("s3:GET=truncate,times=1"));

        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try (InputStream body =
                client.getObject(request -> request.bucket(Buckets.SAMPLES).key("large"))) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> body.transferTo(received));
        }

        assertThat(received.size()).isBetween(size / 2 - 100_000, size / 2);
        GetObjectResponse rest = client.getObjectAsBytes(
                        request -> request.bucket(Buckets.SAMPLES).key("large").range("bytes=" + received.size() + "-"))
                .response();
        assertThat(rest.contentLength()).isEqualTo(size - received.size());
    }

    private S3Presigner presigner() {
        return S3Presigner.builder()
                .endpointOverride(server.url())
                .region(Region.of(S3Server.REGION))
                .credentialsProvider(credentials(ACCESS_KEY, SECRET_KEY))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build();
    }

    /** As Java's own client does: with an offer to go on in HTTP/2. */
    private static HttpResponse<String> send(String method, URI url, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(url)
                                // that of curl
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.txt", "with space/ä+b%41.txt"})
    void aPresignedUrlReadsAndWritesWithoutKeys(String key) throws Exception {
        try (S3Presigner presigner = presigner()) {
            URI upload = presigner
                    .presignPutObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .putObjectRequest(
                                    request -> request.bucket(Buckets.SAMPLES).key(key)))
                    .url()
                    .toURI();
            URI download = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(
                                    request -> request.bucket(Buckets.SAMPLES).key(key)))
                    .url()
                    .toURI();

            assertThat(send("PUT", upload, "by url"))
                    .returns("", HttpResponse::body)
                    .returns(200, HttpResponse::statusCode);
            assertThat(get(key)).isEqualTo("by url");
            assertThat(send("GET", download, ""))
                    .returns("by url", HttpResponse::body)
                    .returns(200, HttpResponse::statusCode);
            assertThat(send("PUT", download, "other").statusCode()).isEqualTo(403);
            assertThat(send("GET", URI.create(download.toString().replace("txt?", "tx?")), "")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(get(key)).isEqualTo("by url");
        }
    }

    @Test
    void aPresignedUrlExpires() throws Exception {
        put("short", "x");
        try (S3Presigner presigner = presigner()) {
            URI url = presigner
                    .presignGetObject(presign -> presign.signatureDuration(Duration.ofSeconds(1))
                            .getObjectRequest(
                                    request -> request.bucket(Buckets.SAMPLES).key("short")))
                    .url()
                    .toURI();

            await().untilAsserted(
                            () -> assertThat(send("GET", url, "").statusCode()).isEqualTo(403));
            assertThat(send("GET", url, "").body()).contains("<Code>AccessDenied</Code>");
        }
    }

    @Test
    void aGeneratedFileHasAHeaderAndDistinctRows() throws IOException {
        bucket.generateCsv("generated/2500.csv", 2_500);

        List<String> lines = get("generated/2500.csv").lines().toList();

        assertThat(lines).hasSize(2_501).doesNotHaveDuplicates();
        assertThat(lines)
                .startsWith(
                        "inputid,input,concepts,metadata,geopoints",
                        "row-0,http://images/generated/0.jpg,\"cat, even-true\",\"{'row': 0, 'split': 'test'}\",\"-180,-90\"")
                .last()
                .asString()
                .startsWith("row-2499,http://images/generated/2499.jpg,");
    }

    @Test
    void anEmptyGeneratedFileHasOnlyItsHeader() throws IOException {
        bucket.generateCsv("generated/0.csv", 0);

        assertThat(get("generated/0.csv")).isEqualTo("inputid,input,concepts,metadata,geopoints\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../outside", "a/../../outside", "/etc/outside"})
    void aKeyCannotLeaveTheBucket(String key) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> put(key, "x"));
        assertThat(data.resolve("s3/outside")).doesNotExist();
        assertThat(Files.exists(Path.of("/etc/outside"))).isFalse();
    }
}
