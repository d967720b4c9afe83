package com.clarifai.databricks.s3;

import com.clarifai.databricks.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The bytes of one object, however often the connection breaks on the way: the rest is asked for, with {@code Range} and
 * {@code If-Match}, so that parts of two versions are never joined.
 */
public final class ResumedObject extends BulkInputStream {

    private static final Logger LOG = LoggerFactory.getLogger(ResumedObject.class);

    /** In a row without a byte between them; and of one object at all. */
    private static final int MAX_FAILURES = 5;

    private static final int MAX_BREAKS = 200;
    private static final int NOT_FOUND = 404;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int SERVER_ERROR = 500;

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final String etag;
    private final long length;
    private final Duration pause;
    private InputStream in;
    private long position;
    private int failures;
    private int breaks;

    /**
     * @param in the whole object
     * @param etag of that version of it; null when the store does not say, and nothing can be resumed
     * @param length in bytes; negative when it is not known
     * @param pause before the first attempt, doubled for each further one in a row
     */
    public ResumedObject(
            S3Client s3, String bucket, String key, InputStream in, String etag, long length, Duration pause) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.in = in;
        this.etag = etag;
        this.length = length;
        this.pause = pause;
    }

    /** @throws IOException when the object was replaced or removed meanwhile, or the connection breaks again and again */
    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        while (true) {
            Exception problem;
            try {
                int read = in.read(target, offset, count);
                if (read >= 0 || position >= length) {
                    position += Math.max(read, 0);
                    failures = 0;
                    return read;
                }
                problem = new IOException("the connection ended after " + position + " of " + length + " bytes");
            } catch (IOException | SdkClientException e) {
                problem = e;
            }
            resume(problem);
        }
    }

    /** @param problem what the connection broke with; thrown when it is not to be tried any more */
    private void resume(Exception problem) throws IOException {
        abandon();
        Exception last = problem;
        breaks++;
        while (etag != null && failures < MAX_FAILURES && breaks <= MAX_BREAKS) {
            waitAwhile();
            failures++;
            LOG.info("{} is read on from byte {}: {}", name(), position, last.getMessage());
            try {
                in = rest();
                return;
            } catch (SdkException e) {
                last = ofPassing(e);
            }
        }
        throw last instanceof IOException io ? io : new IOException(last.getMessage(), last);
    }

    private InputStream rest() throws IOException {
        ResponseInputStream<GetObjectResponse> rest = s3.getObject(request ->
                request.bucket(bucket).key(key).range("bytes=" + position + "-").ifMatch(etag));
        GetObjectResponse answer = rest.response();
        if (answer.eTag() != null && !answer.eTag().equals(etag)) {
            rest.abort();
            throw replaced(null);
        }
        if (answer.contentRange() == null || !answer.contentRange().startsWith("bytes " + position + "-")) {
            rest.abort();
            throw new Unresumable(
                    "the connection broke after byte " + position + ", and the store does not return the rest", null);
        }
        return rest;
    }

    /** What may be otherwise another time is returned. */
    private SdkException ofPassing(SdkException e) throws IOException {
        if (!(e instanceof S3Exception answer) || answer.statusCode() >= SERVER_ERROR) {
            return e;
        }
        throw switch (answer.statusCode()) {
            case PRECONDITION_FAILED, RANGE_NOT_SATISFIABLE -> replaced(e);
            case NOT_FOUND -> new Unresumable("the object was removed while it was read", e);
            default ->
                new Unresumable(
                        "the connection broke after byte " + position + ", and S3 answered " + answer.statusCode()
                                + " for the rest",
                        e);
        };
    }

    private static Unresumable replaced(Exception cause) {
        return new Unresumable("the object was replaced by another while it was read", cause);
    }

    private void waitAwhile() throws InterruptedIOException {
        try {
            Thread.sleep(pause.toMillis() << failures);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + name());
        }
    }

    private String name() {
        return "s3://" + bucket + "/" + key;
    }

    /** Closing would read what is left of the answer first. */
    private void abandon() {
        if (in instanceof Abortable answer) {
            answer.abort();
            return;
        }
        try {
            in.close();
        } catch (IOException e) {
            LOG.debug("{}: {}", name(), e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        if (position < length) {
            abandon();
        } else {
            in.close();
        }
    }

    /** Trying again would not help. */
    private static final class Unresumable extends IOException {

        private static final long serialVersionUID = 1L;

        Unresumable(String message, Exception cause) {
            super(message, cause);
        }
    }
}
