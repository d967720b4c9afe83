package com.clarifai.databricks.sandbox.workspace;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The codes and refresh tokens of users who sign in with a browser (RFC 6749, 4.1, with RFC 7636): a code opens the
 * workspace once, soon, and only to who has the verifier of its challenge; a refresh token works once and is replaced.
 *
 * <p>The one client is the Databricks CLI's, which every workspace knows: it has no secret, and comes back to a port of the
 * user's own machine.
 */
final class UserSignIns {

    static final String CLIENT_ID = "databricks-cli";
    static final String OFFLINE = "offline_access";

    private static final Pattern REDIRECT = Pattern.compile("http://localhost:80(2\\d|3\\d|40)");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
    private static final Set<String> SCOPES = Set.of(OAuthApi.SCOPE, OFFLINE);
    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    /** What a code was given out for. */
    private record Asked(String redirect, String challenge, String scope, Instant until) {}

    private final Clock clock;
    private final Map<String, Asked> codes = new ConcurrentHashMap<>();
    /** Scopes by refresh tokens. */
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();

    UserSignIns(Clock clock) {
        this.clock = clock;
    }

    /** Whether the user may be sent back there; if not, the error is for the user alone. */
    static boolean isRegistered(String clientId, String redirect) {
        return clientId.equals(CLIENT_ID) && REDIRECT.matcher(redirect).matches();
    }

    /** What is wrong with a request that may be told to the client: the error and its description. */
    static Optional<Map.Entry<String, String>> problem(
            String responseType, String scope, String state, String challenge, String method) {
        if (!responseType.equals("code")) {
            return Optional.of(Map.entry("unsupported_response_type", "response_type must be code"));
        }
        if (!Arrays.stream(scope.split(" ")).allMatch(SCOPES::contains) || !scope.contains(OAuthApi.SCOPE)) {
            return Optional.of(Map.entry("invalid_scope", "The requested scope is not valid: " + scope));
        }
        if (state.isEmpty()) {
            return Optional.of(Map.entry("invalid_request", "state is required"));
        }
        if (!method.equals("S256") || !CHALLENGE.matcher(challenge).matches()) {
            return Optional.of(Map.entry("invalid_request", "PKCE with the method S256 is required"));
        }
        return Optional.empty();
    }

    String code(String redirect, String challenge, String scope) {
        String code = UUID.randomUUID().toString();
        codes.put(code, new Asked(redirect, challenge, scope, clock.instant().plus(CODE_LIFE)));
        return code;
    }

    /** @return the scopes that the code was given for, unless it is not valid; it is used up either way */
    Optional<String> redeem(String code, String redirect, String verifier) {
        Asked asked = codes.remove(code);
        boolean valid = asked != null
                && clock.instant().isBefore(asked.until())
                && asked.redirect().equals(redirect)
                && VERIFIER.matcher(verifier).matches()
                && asked.challenge().equals(challengeOf(verifier));
        return valid ? Optional.of(asked.scope()) : Optional.empty();
    }

    /** @return the scopes of the refresh token, which is used up */
    Optional<String> renew(String refreshToken) {
        return Optional.ofNullable(refreshTokens.remove(refreshToken));
    }

    String refreshToken(String scope) {
        String token = "doau" + UUID.randomUUID().toString().replace("-", "");
        refreshTokens.put(token, scope);
        return token;
    }

    private static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
