package com.clarifai.databricks.sandbox.workspace;

import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import javax.crypto.SecretKey;

/**
 * What opens the workspace: a personal access token that never expires, and OAuth access tokens that do. The latter are
 * signed JWTs, since clients read the issuer and the expiry in them.
 */
final class AccessTokens {

    enum Verdict {
        VALID,
        EXPIRED,
        UNKNOWN
    }

    private final byte[] personalToken;
    private final Duration lifetime;
    private final Clock clock;
    private final SecretKey key = Jwts.SIG.HS256.key().build();
    private final JwtParser parser;

    /** @param lifetime of OAuth tokens */
    AccessTokens(String personalToken, Duration lifetime, Clock clock) {
        this.personalToken = bytes(personalToken);
        this.lifetime = lifetime;
        this.clock = clock;
        this.parser = Jwts.parser()
                .verifyWith(key)
                .clock(() -> Date.from(clock.instant()))
                .build();
    }

    Duration lifetime() {
        return lifetime;
    }

    /** @param issuer {@code <workspace>/oidc} */
    String issue(String issuer, String clientId) {
        Instant now = clock.instant();
        return Jwts.builder()
                .issuer(issuer)
                .subject(clientId)
                .claim("client_id", clientId)
                .claim("scope", OAuthApi.SCOPE)
                .id(UUID.randomUUID().toString())
                .issuedAt(Date.from(now))
                .expiration(Date.from(now.plus(lifetime)))
                .signWith(key)
                .compact();
    }

    Verdict judge(String token) {
        if (MessageDigest.isEqual(bytes(token), personalToken)) {
            return Verdict.VALID;
        }
        try {
            parser.parseSignedClaims(token);
            return Verdict.VALID;
        } catch (ExpiredJwtException e) {
            return Verdict.EXPIRED;
        } catch (JwtException | IllegalArgumentException e) {
            return Verdict.UNKNOWN;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
