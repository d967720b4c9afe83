package com.clarifai.databricks.databricks;

import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The file in which the Databricks CLI keeps tokens, so that who has signed in with {@code databricks auth login} need not
 * do so again, and the other way round. Its <a
 * href="https://github.com/databricks/databricks-sdk-go/blob/main/credentials/u2m/cache/file.go">format</a> is {@code
 * {"version": 1, "tokens": {"https://host": {"access_token", "token_type", "refresh_token", "expiry"}}}}. What is in it
 * beside the tokens of a host stays as it is; its owner alone may read it.
 */
final class TokenCacheFile implements TokenCache {

    private static final int VERSION = 1;
    private static final String TOKENS = "tokens";
    private static final Object IN_THIS_PROCESS = new Object();

    private final Path file;

    TokenCacheFile(Path file) {
        this.file = file;
    }

    @Override
    public Optional<UserTokens> find(URI host) {
        try {
            return tokens(read(), host);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    @Override
    public UserTokens change(URI host, UnaryOperator<UserTokens> change) {
        try {
            PrivateFiles.createFolders(file.toAbsolutePath().getParent());
            Path lock = file.resolveSibling(file.getFileName() + ".lock");
            synchronized (IN_THIS_PROCESS) {
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    return changeHeld(host, change);
                }
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private UserTokens changeHeld(URI host, UnaryOperator<UserTokens> change) throws IOException {
        Map<String, Object> content = read();
        UserTokens now = tokens(content, host).orElse(null);
        UserTokens next = change.apply(now);
        if (next != now) {
            Map<String, Object> all = new LinkedHashMap<>(all(content));
            all.remove(host.toString());
            if (next != null) {
                all.put(host.toString(), json(next));
            }
            Map<String, Object> changed = new LinkedHashMap<>(content);
            changed.put("version", VERSION);
            changed.put(TOKENS, all);
            PrivateFiles.write(file, JsonText.of(changed).getBytes(StandardCharsets.UTF_8));
        }
        return next;
    }

    private Map<String, Object> read() throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        Map<String, Object> content;
        try {
            content = JsonText.object(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new IOException("it is not JSON");
        }
        long version = ApiJson.number(content, "version").orElse(VERSION);
        if (version != VERSION) {
            throw new IOException("it is of version " + version + ", and only version 1 is known");
        }
        return content;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> all(Map<String, Object> content) {
        return content.get(TOKENS) instanceof Map<?, ?> tokens ? (Map<String, Object>) tokens : Map.of();
    }

    private static Optional<UserTokens> tokens(Map<String, Object> content, URI host) {
        if (!(all(content).get(host.toString()) instanceof Map<?, ?> found)) {
            return Optional.empty();
        }
        Object token = found.get("access_token");
        Object refresh = found.get("refresh_token");
        return Optional.of(new UserTokens(
                token == null ? "" : token.toString(),
                refresh == null || refresh.toString().isEmpty() ? null : refresh.toString(),
                expiry(found.get("expiry"))));
    }

    /** One that cannot be told is over. */
    private static Instant expiry(Object text) {
        try {
            return text == null
                    ? Instant.EPOCH
                    : OffsetDateTime.parse(text.toString()).toInstant();
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static Map<String, Object> json(UserTokens tokens) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("access_token", tokens.accessToken());
        json.put("token_type", "Bearer");
        if (tokens.refreshToken() != null) {
            json.put("refresh_token", tokens.refreshToken());
        }
        json.put("expiry", tokens.expiry().atOffset(ZoneOffset.UTC).toString());
        return json;
    }

    private UncheckedIOException unusable(IOException e) {
        return new UncheckedIOException("the file of tokens, " + file + ", cannot be used: " + e.getMessage(), e);
    }
}
