package com.clarifai.databricks.service;

import com.clarifai.databricks.app.DatabricksSignIn;
import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.databricks.BrowserSignIn;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.TokenCache;
import com.clarifai.databricks.databricks.UserTokens;
import com.clarifai.databricks.databricks.WorkspaceAddress;
import com.clarifai.databricks.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The sign-in to Databricks that the page has begun last. Its tokens stay in memory unless they are to be kept. */
final class ServedSignIn {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final String memory = TokenCache.MEMORY + "page-" + System.identityHashCode(this);
    private BrowserSignIn begun;
    private CompletableFuture<UserTokens> tokens;

    /** The name of the cache that has its tokens. */
    String cache() {
        return memory;
    }

    Optional<UserTokens> tokens(URI host) {
        return TokenCache.of(memory).find(host);
    }

    synchronized Map<String, Object> begin(Settings settings) {
        close();
        BrowserSignIn next = DatabricksSignIn.begin(settings);
        begun = next;
        tokens = CompletableFuture.supplyAsync(() -> await(
                next, WorkspaceAddress.parse(settings.get("databricks.host")).host()));
        return Map.of("url", next.url().toString());
    }

    private UserTokens await(BrowserSignIn signIn, URI host) {
        try (signIn) {
            UserTokens given = signIn.await(PATIENCE);
            return TokenCache.of(memory).change(host, before -> given);
        }
    }

    synchronized Map<String, Object> state() {
        if (tokens == null) {
            throw new ApiException(404, "no sign-in has been begun");
        }
        try {
            return Map.of("state", tokens.getNow(null) == null ? "waiting" : "signed-in");
        } catch (CompletionException e) {
            String problem = e.getCause() instanceof DatabricksException
                    ? e.getCause().getMessage()
                    : PageProblems.describe(e.getCause());
            throw new ApiException(422, problem, Map.of("fields", Map.of("signIn", problem)));
        }
    }

    private void close() {
        if (begun != null) {
            begun.close();
            tokens.cancel(false);
        }
    }
}
