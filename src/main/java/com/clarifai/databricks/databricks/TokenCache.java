package com.clarifai.databricks.databricks;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Where the tokens of users who have signed in with a browser are kept, by the address of the host. */
public interface TokenCache {

    /** Begins the name of a cache that is in the memory of this process: {@code memory:page}. */
    String MEMORY = "memory:";

    Optional<UserTokens> find(URI host);

    /**
     * Replaces the tokens by what is made of them, while nobody else does: a refresh token may work only once.
     *
     * @param change is given null when there are none; null removes them
     * @return what is kept now
     */
    UserTokens change(URI host, UnaryOperator<UserTokens> change);

    /** @param name of a file, or of a cache in memory; empty: the file of the Databricks CLI */
    static TokenCache of(String name) {
        if (name != null && name.startsWith(MEMORY)) {
            return InMemory.CACHES.computeIfAbsent(name, created -> new InMemory());
        }
        return new TokenCacheFile(
                name == null || name.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".databricks", "token-cache.json")
                        : Path.of(name.strip()));
    }

    /** Gone with the process. */
    final class InMemory implements TokenCache {

        private static final Map<String, TokenCache> CACHES = new ConcurrentHashMap<>();

        private final Map<URI, UserTokens> tokens = new ConcurrentHashMap<>();

        @Override
        public Optional<UserTokens> find(URI host) {
            return Optional.ofNullable(tokens.get(host));
        }

        @Override
        public UserTokens change(URI host, UnaryOperator<UserTokens> change) {
            return tokens.compute(host, (key, now) -> change.apply(now));
        }
    }
}
