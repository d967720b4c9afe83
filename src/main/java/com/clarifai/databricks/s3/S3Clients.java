package com.clarifai.databricks.s3;

import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.tls.CertificateAuthorities;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Makes the S3 client from the settings. */
final class S3Clients {

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(3);

    private S3Clients() {}

    static S3Client build(S3Settings settings) {
        return build(
                settings, settings.accessKey().isBlank() ? null : StaticCredentialsProvider.create(keys(settings)));
    }

    private static AwsCredentials keys(S3Settings settings) {
        return settings.sessionToken().isEmpty()
                ? AwsBasicCredentials.create(settings.accessKey(), settings.secretKey())
                : AwsSessionCredentials.create(settings.accessKey(), settings.secretKey(), settings.sessionToken());
    }

    /** @param credentials null for the SDK's own chain */
    static S3Client build(S3Settings settings, AwsCredentialsProvider credentials) {
        OutgoingProxy proxy = settings.proxy().proxy();
        // the region is only where the SDK asks first: it follows a bucket to the region that S3 names
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(http(settings.caFile(), proxy))
                .forcePathStyle(settings.pathStyle())
                .crossRegionAccessEnabled(true)
                // of a call until its answer begins; what then arrives is waited for by the HTTP client, for each read
                .overrideConfiguration(limits -> limits.apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                        .apiCallTimeout(CALL_TIMEOUT)
                        .addExecutionInterceptor(new S3ProxyFailures(proxy)))
                .region(settings.region().isEmpty() ? Region.US_EAST_1 : Region.of(settings.region()));
        if (!settings.endpoint().isEmpty()) {
            client.endpointOverride(URI.create(settings.endpoint()));
        }
        if (credentials != null) {
            client.credentialsProvider(credentials);
        }
        return client.build();
    }

    /** Signs addresses; asks nothing of S3, so that the region has to be the bucket's. */
    static S3Presigner presigner(S3Settings settings, AwsCredentialsProvider credentials, String region) {
        S3Presigner.Builder presigner = S3Presigner.builder()
                .credentialsProvider(credentials)
                .region(Region.of(region))
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(settings.pathStyle())
                        .build());
        if (!settings.endpoint().isEmpty()) {
            presigner.endpointOverride(URI.create(settings.endpoint()));
        }
        return presigner.build();
    }

    private static ApacheHttpClient.Builder http(String caFile, OutgoingProxy proxy) {
        ApacheHttpClient.Builder http = ApacheHttpClient.builder();
        if (!caFile.isEmpty()) {
            CertificateAuthorities authorities = CertificateAuthorities.read("s3.ca-file", Path.of(caFile));
            http.tlsTrustManagersProvider(() -> authorities.trust().getTrustManagers());
        }
        if (proxy.isSet()) {
            http.httpRoutePlanner(new S3Route(proxy)).credentialsProvider(S3Route.logins(proxy));
        }
        return http;
    }
}
