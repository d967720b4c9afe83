package com.clarifai.databricks.databricks;

import java.time.Instant;

/**
 * What a user who has signed in with a browser is given. Never shows its secrets.
 *
 * @param refreshToken for the next ones; null when there are to be none
 * @param expiry of the access token
 */
public record UserTokens(String accessToken, String refreshToken, Instant expiry) {
    @Override
    public String toString() {
        return "UserTokens[expiry=" + expiry + "]";
    }
}
