package com.clarifai.databricks.s3;

import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.CloudStore;
import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.io.StoreException;
import com.clarifai.databricks.io.StoreException.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Objects of one bucket, read with credentials that expire and are renewed. */
public final class SessionStore implements CloudStore {

    private static final Logger LOG = LoggerFactory.getLogger(SessionStore.class);
    private static final int ATTEMPTS = 4;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    private static final String EXPIRED = "ExpiredToken";
    private static final String BUCKET_REGION = "x-amz-bucket-region";
    /** S3 signs for seven days at most, and session credentials do not live so long. */
    private static final Duration LONGEST_LINK = Duration.ofHours(12);

    private final String bucket;
    private final RenewedKeys keys;
    private final S3Settings settings;
    private final S3Client s3;
    private S3Presigner presigner;

    /**
     * @param bucket its name, or the ARN of an access point
     * @param source of the keys, asked when they are needed and when they have expired
     */
    public SessionStore(S3Settings settings, String bucket, Supplier<SessionKeys> source) {
        this(settings, bucket, source, Clock.systemUTC());
    }

    SessionStore(S3Settings settings, String bucket, Supplier<SessionKeys> source, Clock clock) {
        this.settings = settings;
        this.bucket = bucket;
        this.keys = new RenewedKeys(source, clock);
        this.s3 = S3Clients.build(settings, keys);
    }

    @Override
    public void reach() {
        region();
    }

    /** Where the bucket is. */
    private String region() {
        try {
            String region = s3.headBucket(head -> head.bucket(bucket)).bucketRegion();
            return region == null ? configured() : region;
        } catch (S3Exception e) {
            // who may read objects but not list them is told all the same where they are
            return Optional.ofNullable(e.awsErrorDetails())
                    .map(AwsErrorDetails::sdkHttpResponse)
                    .flatMap(answer -> answer.firstMatchingHeader(BUCKET_REGION))
                    .orElseGet(this::configured);
        } catch (SdkClientException e) {
            throw new StoreException(Kind.UNAVAILABLE, "s3://" + bucket + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private String configured() {
        return settings.region().isEmpty() ? Region.US_EAST_1.id() : settings.region();
    }

    @Override
    public PooledBytes read(String key, int maxBytes, BytePool pool) {
        for (int attempt = 1; ; attempt++) {
            SessionKeys used = keys.current();
            try {
                return readOnce(key, maxBytes, pool);
            } catch (S3Exception e) {
                if (attempt == 1 && EXPIRED.equals(code(e))) {
                    keys.refused(used);
                    continue;
                }
                throw refusal(key, e);
            } catch (IOException | SdkClientException e) {
                if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
                    throw new StoreException(Kind.UNAVAILABLE, name(key) + ": " + e.getMessage(), e);
                }
                LOG.info("{} is read again: {}", name(key), e.getMessage());
            }
        }
    }

    private PooledBytes readOnce(String key, int maxBytes, BytePool pool) throws IOException {
        ResponseInputStream<GetObjectResponse> object =
                s3.getObject(request -> request.bucket(bucket).key(key));
        boolean whole = false;
        try {
            Long length = object.response().contentLength();
            PooledBytes bytes = length != null && length > maxBytes ? null : readAtMost(object, maxBytes, pool);
            if (bytes == null) {
                throw new StoreException(
                        Kind.TOO_LARGE, name(key) + " has more than the " + maxBytes + " bytes allowed", null);
            }
            if (length != null && bytes.size() != length) {
                bytes.giveBack();
                throw new EOFException("got " + bytes.size() + " of " + length + " bytes");
            }
            whole = true;
            return bytes;
        } finally {
            if (whole) {
                object.close();
            } else {
                // closing would read what is left of it
                object.abort();
            }
        }
    }

    /** @return null where there are more */
    private static PooledBytes readAtMost(InputStream in, int maxBytes, BytePool pool) throws IOException {
        PooledBytes bytes = pool.read(in, maxBytes);
        if (in.read() < 0) {
            return bytes;
        }
        bytes.giveBack();
        return null;
    }

    private StoreException refusal(String key, S3Exception e) {
        String said = name(key) + ": " + e.statusCode() + " "
                + e.awsErrorDetails().errorCode() + " " + e.awsErrorDetails().errorMessage();
        if (e.statusCode() == NOT_FOUND) {
            return new StoreException(Kind.GONE, said, e);
        }
        return new StoreException(e.statusCode() >= SERVER_ERROR ? Kind.UNAVAILABLE : Kind.REFUSED, said, e);
    }

    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    }

    private String name(String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** Holds until the present keys expire. Nothing is asked of the store. */
    @Override
    public URI link(String key) {
        Duration left = keys.left();
        Duration lifetime = left.compareTo(LONGEST_LINK) > 0 ? LONGEST_LINK : left;
        return URI.create(presigner()
                .presignGetObject(sign -> sign.signatureDuration(lifetime)
                        .getObjectRequest(get -> get.bucket(bucket).key(key)))
                .url()
                .toString());
    }

    private synchronized S3Presigner presigner() {
        if (presigner == null) {
            presigner = S3Clients.presigner(settings, keys, region());
        }
        return presigner;
    }

    @Override
    public synchronized void close() {
        s3.close();
        if (presigner != null) {
            presigner.close();
        }
    }
}
