package com.clarifai.databricks.sandbox.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.s3.Sessions.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** The files of volumes as S3 has them: for the credentials of a session, below its prefix, for a while. */
class SessionsTest {

    private static final String FOLDER = "main/default/photos/";

    @TempDir
    Path data;

    private Instant now = Instant.now();
    private final Sessions sessions = new Sessions(new Clock() {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    });
    private S3Server server;
    private Session session;

    @BeforeEach
    void start() throws IOException {
        put(FOLDER + "cats/100% ü +#.jpg", "cat");
        put("main/default/secret/x.jpg", "secret");
        server = S3Server.start(0, Optional.empty(), "key", "secret", Buckets.in(data), sessions, new Traffic());
        session = sessions.begin(FOLDER, Duration.ofMinutes(1));
    }

    private void put(String key, String content) throws IOException {
        Path file = data.resolve("Volumes").resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void opensWhatLiesBelowItsPrefix() {
        assertThat(read(ofSession(), Buckets.VOLUMES, FOLDER + "cats/100% ü +#.jpg"))
                .isEqualTo("cat");
        assertThat(refusal(ofSession(), Buckets.VOLUMES, FOLDER + "gone.jpg")).isEqualTo("404 NoSuchKey");
        assertThat(refusal(ofSession(), Buckets.VOLUMES, "main/default/secret/x.jpg"))
                .isEqualTo("403 AccessDenied");
        assertThat(refusal(ofSession(), Buckets.VOLUMES, FOLDER + "../secret/x.jpg"))
                .isIn("404 NoSuchKey", "403 AccessDenied");
        assertThat(refusal(ofSession(), Buckets.SAMPLES, "samples/documented.csv"))
                .isEqualTo("403 AccessDenied");
    }

    @Test
    void otherKeysDoNotOpenTheFilesOfVolumes() {
        assertThat(refusal(AwsBasicCredentials.create("key", "secret"), Buckets.VOLUMES, FOLDER + "cats/a.jpg"))
                .isEqualTo("403 AccessDenied");
        assertThat(refusal(
                        AwsSessionCredentials.create(session.accessKey(), session.secretKey(), "other"),
                        Buckets.VOLUMES,
                        FOLDER + "cats/a.jpg"))
                .isEqualTo("400 InvalidToken");
        assertThat(refusal(
                        AwsSessionCredentials.create(session.accessKey(), "other", session.token()),
                        Buckets.VOLUMES,
                        FOLDER + "cats/a.jpg"))
                .isEqualTo("403 SignatureDoesNotMatch");
    }

    @Test
    void endsWithItsTime() {
        now = now.plusSeconds(61);

        assertThat(refusal(ofSession(), Buckets.VOLUMES, FOLDER + "cats/100% ü +#.jpg"))
                .isEqualTo("400 ExpiredToken");
    }

    @Test
    void onlyReads() {
        try (S3Client client = client(ofSession())) {
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> client.putObject(
                            request -> request.bucket(Buckets.VOLUMES).key(FOLDER + "new.jpg"),
                            RequestBody.fromString("x")))
                    .matches(e -> e.statusCode() == 403);
            assertThatExceptionOfType(S3Exception.class)
                    .isThrownBy(() -> client.headBucket(request -> request.bucket(Buckets.VOLUMES)))
                    .satisfies(e -> assertThat(
                                    e.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region"))
                            .hasValue(S3Server.REGION));
        }
    }

    @Test
    void anAddressThatItSignedOpensTheFileWithoutMore() throws Exception {
        URI link;
        try (S3Presigner presigner = S3Presigner.builder()
                .region(Region.of(S3Server.REGION))
                .endpointOverride(server.url())
                .credentialsProvider(StaticCredentialsProvider.create(ofSession()))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            link = presigner
                    .presignGetObject(sign -> sign.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket(Buckets.VOLUMES).key(FOLDER + "cats/100% ü +#.jpg")))
                    .url()
                    .toURI();
        }

        assertThat(get(link).body()).isEqualTo("cat");
        assertThat(get(URI.create(link.toString().replaceFirst("X-Amz-Signature=.", "X-Amz-Signature=g")))
                        .statusCode())
                .isEqualTo(403);
        now = now.plusSeconds(61);
        assertThat(get(link).body()).contains("ExpiredToken");
    }

    private static HttpResponse<String> get(URI link) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString());
    }

    private AwsSessionCredentials ofSession() {
        return AwsSessionCredentials.create(session.accessKey(), session.secretKey(), session.token());
    }

    private String read(AwsCredentials credentials, String bucket, String key) {
        try (S3Client client = client(credentials)) {
            return client.getObjectAsBytes(request -> request.bucket(bucket).key(key))
                    .asUtf8String();
        }
    }

    private String refusal(AwsCredentials credentials, String bucket, String key) {
        try {
            return read(credentials, bucket, key);
        } catch (S3Exception e) {
            return e.statusCode() + " " + e.awsErrorDetails().errorCode();
        }
    }

    private S3Client client(AwsCredentials credentials) {
        return S3Client.builder()
                .endpointOverride(server.url())
                .forcePathStyle(true)
                .region(Region.of(S3Server.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build();
    }
}
