package com.clarifai.databricks.sandbox.s3;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Temporary credentials of S3, as AWS STS gives them out: each opens the objects below one prefix for reading, for a while. */
public final class Sessions {

    /** @param prefix what the keys of its objects begin with, in {@link Buckets#VOLUMES} */
    public record Session(String accessKey, String secretKey, String token, String prefix, Instant expiresAt) {}

    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Clock clock;

    public Sessions() {
        this(Clock.systemUTC());
    }

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** New credentials. */
    public Session begin(String prefix, Duration lifetime) {
        Session session = new Session(
                "ASIA" + random(8).toUpperCase(),
                random(20),
                // with characters that a URL takes only encoded, as real ones have them
                random(60) + "/+=" + random(20),
                prefix,
                clock.instant().plus(lifetime));
        sessions.put(session.accessKey(), session);
        return session;
    }

    Optional<Session> find(String accessKey) {
        return Optional.ofNullable(sessions.get(accessKey));
    }

    boolean isOver(Session session) {
        return !clock.instant().isBefore(session.expiresAt());
    }

    private String random(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return HexFormat.of().formatHex(value);
    }
}
