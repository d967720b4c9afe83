package com.clarifai.databricks.console;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.Crypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use the console: whoever has the token that is printed at the start, or else the users of a file. A session
 * ends 12 hours after its sign-in, and with the process.
 */
public final class ConsoleAccess {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAccess.class);

    /** The user of whom no more is known than that they have the token. */
    static final String TOKEN_USER = "token";

    private static final int SECRET_BYTES = 24;
    private static final int MAX_SESSIONS = 1_000;
    private static final Duration SESSION_LIFETIME = Duration.ofHours(12);
    /** Of nobody's password, so that an unknown user takes as long to refuse as a known one. */
    private static final String NOBODY = "$6$databricksconnect$";

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> users;
    private final String token;
    private final Cache<String, String> sessions;
    private final RateLimiter passwordTries = RateLimiter.of(
            "console-passwords",
            RateLimiterConfig.custom()
                    .limitForPeriod(20)
                    .limitRefreshPeriod(Duration.ofMinutes(1))
                    .timeoutDuration(Duration.ZERO)
                    .build());

    private ConsoleAccess(Map<String, String> users, Ticker clock) {
        this.users = users;
        this.sessions = CacheBuilder.newBuilder()
                .maximumSize(MAX_SESSIONS)
                .expireAfterWrite(SESSION_LIFETIME)
                .ticker(clock)
                .build();
        this.token = users.isEmpty() ? secret() : null;
    }

    /** With a token of its own. */
    public static ConsoleAccess byToken() {
        return byToken(Ticker.systemTicker());
    }

    static ConsoleAccess byToken(Ticker clock) {
        return new ConsoleAccess(Map.of(), clock);
    }

    /**
     * With the users of a file: lines of a name, a colon and a crypt(3) hash such as {@code openssl passwd -6} prints.
     *
     * @throws IllegalArgumentException saying what is wrong with the file
     */
    public static ConsoleAccess byUsers(Path file) {
        Map<String, String> users = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                int colon = line.indexOf(':');
                String hash = line.substring(colon + 1).strip();
                if (colon < 1 || !hash.matches("\\$[56]\\$.+\\$.+")) {
                    throw new IllegalArgumentException(
                            "a line of " + file + " is not a name, a colon and a hash made with 'openssl passwd -6'");
                }
                users.put(line.substring(0, colon).strip(), hash);
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the file " + file, e);
        }
        if (users.isEmpty()) {
            throw new IllegalArgumentException(file + " names no user");
        }
        return new ConsoleAccess(users, Ticker.systemTicker());
    }

    /** What opens the console; null where users sign in. */
    public String token() {
        return token;
    }

    boolean hasUsers() {
        return token == null;
    }

    boolean isToken(String given) {
        return token != null && given != null && same(token, given);
    }

    /** @return a new session, or nothing when the token is wrong */
    Optional<String> signIn(String given) {
        return opened(isToken(given), TOKEN_USER);
    }

    /**
     * @return a new session, or nothing when name or password is wrong
     * @throws ApiException 429 after many tries within a minute
     */
    Optional<String> signIn(String user, String password) {
        if (!passwordTries.acquirePermission()) {
            throw new ApiException(429, "too many attempts to sign in: wait a minute");
        }
        String hash = users.getOrDefault(user, NOBODY);
        return opened(
                same(hash, Crypt.crypt(password, hash)), users.containsKey(user) ? user : "a name that is unknown");
    }

    /** The user of a session, if there is one. */
    Optional<String> user(String session) {
        return session == null ? Optional.empty() : Optional.ofNullable(sessions.getIfPresent(session));
    }

    void signOut(String session) {
        sessions.invalidate(session);
    }

    private Optional<String> opened(boolean mayEnter, String user) {
        if (!mayEnter) {
            LOG.warn("Console: an attempt to sign in with {} was refused", user);
            return Optional.empty();
        }
        LOG.info("Console: signed in with {}", user);
        String session = secret();
        sessions.put(session, user);
        return Optional.of(session);
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes as long for a near miss as for a far one. */
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
