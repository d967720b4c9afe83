package com.clarifai.databricks.delta;

import com.zaxxer.hikari.HikariCredentialsProvider;
import com.zaxxer.hikari.util.Credentials;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens SQL sessions with the token of the moment and hands the open ones each renewed token, also while a statement
 * runs: it may take longer than its token lives. The driver's own renewal is not used, as it knows no port but 443.
 */
final class SessionTokens implements HikariCredentialsProvider, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SessionTokens.class);
    /** Changes the token of an open connection of the Databricks driver. */
    private static final String TOKEN_PROPERTY = "Auth_AccessToken";

    private final Supplier<String> tokens;
    /** Connections of the driver, each with the token that it was given last. */
    private final Map<Connection, String> sessions = new WeakHashMap<>();
    /** What sessions are opened with as long as no token has been renewed. */
    private final String first;

    private ScheduledExecutorService timer;

    SessionTokens(Supplier<String> tokens) {
        this.tokens = tokens;
        this.first = tokens.get();
    }

    @Override
    public Credentials getCredentials() {
        return Credentials.of("token", tokens.get());
    }

    /** Sees to it that the session has a good token from now on. */
    void keep(Connection session) throws SQLException {
        String token = tokens.get();
        synchronized (this) {
            give(token, session);
            if (timer == null) {
                timer = Executors.newSingleThreadScheduledExecutor(task -> {
                    Thread thread = new Thread(task, "databricks-sql-token");
                    thread.setDaemon(true);
                    return thread;
                });
                timer.scheduleWithFixedDelay(this::renew, 1, 1, TimeUnit.SECONDS);
            }
        }
    }

    private void give(String token, Connection session) throws SQLException {
        if (!token.equals(sessions.getOrDefault(session, first))) {
            session.setClientInfo(TOKEN_PROPERTY, token);
        }
        sessions.put(session, token);
    }

    private void renew() {
        try {
            String token = tokens.get();
            synchronized (this) {
                for (Connection session : sessions.keySet().toArray(Connection[]::new)) {
                    if (session.isClosed()) {
                        sessions.remove(session);
                    } else {
                        give(token, session);
                    }
                }
            }
        } catch (SQLException | RuntimeException e) {
            // the statement itself will fail, and say why, if that goes on
            LOG.info("No new token for the SQL sessions: {}", e.getMessage());
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
    }
}
