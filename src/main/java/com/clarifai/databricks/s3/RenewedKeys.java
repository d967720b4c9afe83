package com.clarifai.databricks.s3;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * Keys that are exchanged for new ones when half of their life has passed, so that what is signed with them holds for the
 * other half.
 */
final class RenewedKeys implements AwsCredentialsProvider {

    private final Supplier<SessionKeys> source;
    private final Clock clock;
    private SessionKeys keys;
    private Instant renewAt;

    RenewedKeys(Supplier<SessionKeys> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        SessionKeys current = current();
        return AwsSessionCredentials.create(current.accessKey(), current.secretKey(), current.token());
    }

    /** How long the present keys still hold. */
    Duration left() {
        return Duration.between(clock.instant(), current().expiresAt());
    }

    synchronized SessionKeys current() {
        Instant now = clock.instant();
        if (keys == null || !now.isBefore(renewAt)) {
            keys = source.get();
            renewAt = now.plus(Duration.between(now, keys.expiresAt()).dividedBy(2));
        }
        return keys;
    }

    /** The store takes these keys no more; whoever comes second finds them renewed. */
    synchronized void refused(SessionKeys refused) {
        if (refused.equals(keys)) {
            keys = null;
        }
    }
}
