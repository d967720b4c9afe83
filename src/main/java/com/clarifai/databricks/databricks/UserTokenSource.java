package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of a user who has signed in with a browser. One that is about to expire is replaced by means of its refresh token
 * (RFC 6749, 6), in the cache as well: the refresh token may work only once.
 */
final class UserTokenSource implements TokenSource {

    private static final long DEFAULT_LIFE_SECONDS = 3600;

    private final WorkspaceClient client;
    private final TokenCache cache;
    private final TokenEndpoint endpoint;
    private final Timekeeper time;
    private String refused;
    /** What this process was given last; of the tokens of others nobody knows how long they live as a whole. */
    private String own;
    /** When {@link #own} is to be replaced. */
    private Instant renewAt;

    /** @param client calls the workspace's host without a token */
    UserTokenSource(TokenCache cache, WorkspaceClient client, Timekeeper time) {
        this.cache = cache;
        this.client = client;
        this.endpoint = new TokenEndpoint(client);
        this.time = time;
    }

    @Override
    public synchronized String token() {
        Optional<UserTokens> kept = cache.find(client.host());
        if (kept.filter(this::isGood).isPresent()) {
            return kept.get().accessToken();
        }
        UserTokens tokens = cache.change(client.host(), this::renewed);
        if (tokens == null) {
            throw signInAgain("nobody has signed in to " + client.host(), null);
        }
        return tokens.accessToken();
    }

    @Override
    public synchronized void refused(String token) {
        refused = token;
    }

    private boolean isGood(UserTokens tokens) {
        Instant until =
                tokens.accessToken().equals(own) ? renewAt : tokens.expiry().minus(TokenSource.MOST_MARGIN);
        return !tokens.accessToken().equals(refused) && time.now().isBefore(until);
    }

    /** Somebody else may have done it meanwhile. */
    private UserTokens renewed(UserTokens tokens) {
        if (tokens == null || isGood(tokens)) {
            return tokens;
        }
        if (tokens.refreshToken() == null) {
            if (!tokens.accessToken().equals(refused) && time.now().isBefore(tokens.expiry())) {
                return tokens;
            }
            throw signInAgain("the sign-in to " + client.host() + " has expired", null);
        }
        try {
            return renew(tokens.refreshToken());
        } catch (DatabricksException e) {
            if (e.kind() == Kind.INVALID || e.kind() == Kind.UNAUTHENTICATED) {
                throw signInAgain("the sign-in to " + client.host() + " has ended", e);
            }
            throw e;
        }
    }

    private UserTokens renew(String refreshToken) {
        Instant asked = time.now();
        Map<String, String> form = Map.of(
                "grant_type", "refresh_token", "client_id", BrowserSignIn.CLIENT_ID, "refresh_token", refreshToken);
        UserTokens given = ask(client, endpoint.find(), asked, form, refreshToken);
        own = given.accessToken();
        renewAt = given.expiry().minus(TokenSource.margin(Duration.between(asked, given.expiry())));
        return given;
    }

    /** @param refreshToken that goes on when none is given */
    static UserTokens ask(
            WorkspaceClient client, URI endpoint, Instant now, Map<String, String> form, String refreshToken) {
        WorkspaceRequest request = WorkspaceRequest.post(
                        WorkspaceCall.GET_TOKEN, "", endpoint.getRawPath(), refreshToken != null)
                .withForm(form);
        Map<String, Object> answer = client.withoutToken(endpoint).json(request);
        String token = ApiJson.text(answer, "access_token");
        if (token == null) {
            throw client.unusable(request, "the answer has no access_token");
        }
        String next = ApiJson.text(answer, "refresh_token");
        return new UserTokens(
                token,
                next == null || next.isEmpty() ? refreshToken : next,
                now.plusSeconds(ApiJson.number(answer, "expires_in").orElse(DEFAULT_LIFE_SECONDS)));
    }

    private DatabricksException signInAgain(String why, Throwable cause) {
        return new DatabricksException(
                Kind.UNAUTHENTICATED, WorkspaceCall.SIGN_IN, why, cause, DatabricksException.Retry.NEVER);
    }
}
