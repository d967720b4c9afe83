package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A user signs in to a workspace with a browser on this machine, as by {@code databricks auth login}: the authorization
 * code grant with PKCE (RFC 6749, 4.1, RFC 7636) of the CLI's client, which has no secret. The browser comes back to a
 * port of this machine; the <a
 * href="https://github.com/databricks/databricks-sdk-go/blob/main/credentials/u2m/persistent_auth.go">ports</a> are those
 * that every workspace knows this client by.
 */
public final class BrowserSignIn implements AutoCloseable {

    static final String CLIENT_ID = "databricks-cli";

    private static final int FIRST_PORT = 8020;
    private static final int LAST_PORT = 8040;
    private static final int VERIFIER_BYTES = 64;
    private static final int STATE_BYTES = 16;
    private static final String SCOPES = "all-apis offline_access";

    private final SecureRandom random = new SecureRandom();
    private final String verifier = random(VERIFIER_BYTES);
    private final String state = random(STATE_BYTES);
    private final CompletableFuture<Map<String, String>> back = new CompletableFuture<>();
    private final WorkspaceClient client;
    private final HttpServer server;
    private final String redirect;
    private final URI authorization;

    private BrowserSignIn(WorkspaceClient client, HttpServer server) {
        this.client = client;
        this.server = server;
        this.redirect = "http://localhost:" + server.getAddress().getPort();
        this.authorization = TokenEndpoint.ofUsers(client).find();
    }

    /**
     * Begins to wait for the browser.
     *
     * @param settings of the workspace; their credentials are not used
     * @throws DatabricksException when the host cannot be reached, or no port is free
     */
    public static BrowserSignIn begin(WorkspaceSettings settings) {
        WorkspaceClient client = new WorkspaceClient(settings);
        HttpServer server = listen();
        try {
            BrowserSignIn signIn = new BrowserSignIn(client.withoutToken(settings.host()), server);
            server.createContext("/", signIn::comeBack);
            server.start();
            return signIn;
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
    }

    private static HttpServer listen() {
        for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
            try {
                return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            } catch (IOException e) {
                // taken: the next one may be free
            }
        }
        throw new DatabricksException(
                Kind.INVALID,
                "no port from " + FIRST_PORT + " to " + LAST_PORT
                        + " of this machine is free, and the browser has to come back to one of them");
    }

    /** What the browser is to open. */
    public URI url() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_id", CLIENT_ID);
        query.put("response_type", "code");
        query.put("redirect_uri", redirect);
        query.put("scope", SCOPES);
        query.put("state", state);
        query.put("code_challenge", challenge());
        query.put("code_challenge_method", "S256");
        StringBuilder url = new StringBuilder(authorization.toString());
        char separator = '?';
        for (Map.Entry<String, String> parameter : query.entrySet()) {
            url.append(separator)
                    .append(parameter.getKey())
                    .append('=')
                    .append(PercentEncoding.encode(parameter.getValue()));
            separator = '&';
        }
        return URI.create(url.toString());
    }

    /** Whether the browser has come back, with whatever answer. */
    public boolean isAnswered() {
        return back.isDone();
    }

    /**
     * Waits for the browser, and has the workspace give out tokens.
     *
     * @throws DatabricksException when the user has refused, has not come back in time, or this is closed
     */
    public UserTokens await(Duration patience) {
        Map<String, String> answer;
        try {
            answer = back.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw failure("the browser has not come back within " + patience.toMinutes() + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("interrupted", e);
        } catch (CancellationException e) {
            throw failure("it was given up", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        if (answer.containsKey("error")) {
            throw failure(
                    answer.get("error") + ": " + answer.getOrDefault("error_description", "no reason is given"), null);
        }
        Map<String, String> form = new HashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", CLIENT_ID);
        form.put("code", answer.getOrDefault("code", ""));
        form.put("redirect_uri", redirect);
        form.put("code_verifier", verifier);
        return UserTokenSource.ask(
                client, new TokenEndpoint(client).find(), client.time().now(), form, null);
    }

    private static DatabricksException failure(String why, Throwable cause) {
        return new DatabricksException(
                Kind.UNAUTHENTICATED,
                WorkspaceCall.SIGN_IN,
                "sign in with the browser: " + why,
                cause,
                DatabricksException.Retry.NEVER);
    }

    /** Only who knows the state comes from this sign-in; others change nothing. */
    private void comeBack(HttpExchange exchange) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        boolean ours = state.equals(query.get("state"));
        try (exchange) {
            answer(exchange, ours, query.containsKey("code"));
        } finally {
            // not before the browser has its page: whoever waits ends the server
            if (ours) {
                back.complete(query);
            }
        }
    }

    private static void answer(HttpExchange exchange, boolean ours, boolean withCode) throws IOException {
        boolean signedIn = ours && withCode;
        String text = signedIn
                ? "You have signed in. You can close this window and go back to databricks-connect."
                : ours
                        ? "You have not signed in. You can close this window; databricks-connect says why."
                        : "This address is only for the way back from a sign-in.";
        byte[] page =
                ("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>databricks-connect</title>"
                                + "</head><body><main><h1>databricks-connect</h1><p>" + text
                                + "</p></main></body></html>")
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("Connection", "close");
        exchange.sendResponseHeaders(ours ? 200 : 404, page.length);
        exchange.getResponseBody().write(page);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> query = new HashMap<>();
        for (String pair : (text == null ? "" : text).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String random(int bytes) {
        byte[] random = new byte[bytes];
        this.random.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /** Gives up, unless the browser has come back: whoever waits for it does so no longer. */
    @Override
    public void close() {
        back.cancel(false);
        server.stop(0);
    }
}
