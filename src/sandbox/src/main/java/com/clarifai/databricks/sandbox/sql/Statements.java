package com.clarifai.databricks.sandbox.sql;

import java.time.Duration;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.sql.classic.SparkSession;

/** The sessions of a cluster or warehouse and the statements that run in them. */
final class Statements implements AutoCloseable {

    /** A warehouse cluster runs ten statements at a time, the next ones wait. */
    private static final int CONCURRENT_STATEMENTS = 10;

    /** The API forgets results an hour after their statement ended. */
    private static final Duration RETENTION = Duration.ofHours(1);

    private static final int REMEMBERED = 1_000;

    private static final String TIME_ZONE = "spark.sql.session.timeZone";

    private final Workspace workspace;
    private final SqlSwitches switches;
    private final Maintenance maintenance;
    private final ExecutorService executor = Executors.newFixedThreadPool(CONCURRENT_STATEMENTS);
    private final Map<String, SparkSession> sessions = new ConcurrentHashMap<>();
    /** How many statements each session has had. */
    private final Map<String, Integer> submitted = new ConcurrentHashMap<>();

    private final Map<String, Statement> statements = new ConcurrentHashMap<>();
    /** The latest ones, whether their clients have closed them or not. */
    private final Deque<Statement> history = new ConcurrentLinkedDeque<>();

    Statements(Workspace workspace, SqlSwitches switches) {
        this.workspace = workspace;
        this.switches = switches;
        maintenance = new Maintenance(switches);
    }

    /** @return the session's id */
    String openSession(String catalog, String schema, Map<String, String> settings) {
        SparkSession session = transientSession(catalog, schema);
        settings.forEach((name, value) -> {
            switch (name.toUpperCase(Locale.ROOT)) {
                case "TIMEZONE" -> session.conf().set(TIME_ZONE, value);
                case "ANSI_MODE" -> session.conf().set("spark.sql.ansi.enabled", value);
                default -> {
                    // the others of Databricks steer its caches and time limits
                }
            }
        });
        String id = UUID.randomUUID().toString();
        sessions.put(id, session);
        return id;
    }

    /** @return false if there is no such session */
    boolean closeSession(String id) {
        if (sessions.remove(id) == null) {
            return false;
        }
        submitted.remove(id);
        statements.values().stream()
                .filter(statement -> id.equals(statement.sessionId()))
                .forEach(statement -> close(statement.id()));
        return true;
    }

    void closeSessions() {
        sessions.keySet().forEach(this::closeSession);
    }

    List<String> catalogs() {
        return workspace.catalogs();
    }

    /** The session, for a statement; one that has had as many as it may has expired. */
    Optional<SparkSession> session(String id) {
        int most = switches.sessionStatements();
        if (most > 0 && sessions.containsKey(id) && submitted.merge(id, 1, Integer::sum) > most) {
            closeSession(id);
        }
        return Optional.ofNullable(sessions.get(id));
    }

    /** What is told of a session that is not there, where it is not told as usual. */
    Optional<String> endedSession(String id) {
        return switches.endedSession(id);
    }

    /** A session for a single statement. */
    SparkSession transientSession(String catalog, String schema) {
        SparkSession session = workspace.openSession(catalog, schema);
        session.conf().set(TIME_ZONE, switches.timeZone());
        return session;
    }

    Statement submit(String sessionId, SparkSession session, Query query) {
        Instant expired = Instant.now().minus(RETENTION);
        statements.values().stream()
                .filter(statement -> statement.finished().isBefore(expired))
                .forEach(statement -> close(statement.id()));
        workspace.registerCatalogs(session);
        Statement statement =
                new Statement(UUID.randomUUID().toString(), sessionId, workspace, session, query, maintenance);
        statements.put(statement.id(), statement);
        history.addFirst(statement);
        if (history.size() > REMEMBERED) {
            history.pollLast();
        }
        executor.execute(statement);
        return statement;
    }

    /** Makes a statement fail that never ran. */
    Statement fail(String sessionId, SparkSession session, Query query, SqlError error) {
        Statement statement =
                new Statement(UUID.randomUUID().toString(), sessionId, workspace, session, query, maintenance);
        statement.fail(error);
        statements.put(statement.id(), statement);
        return statement;
    }

    /** The latest ones that were submitted, the last one first. */
    Iterable<Statement> history() {
        return history;
    }

    Optional<Statement> find(String id) {
        return Optional.ofNullable(statements.get(id));
    }

    /** Cancels the statement if it still runs, and drops its result. */
    void close(String id) {
        Statement statement = statements.remove(id);
        if (statement != null) {
            statement.close();
        }
    }

    @Override
    public void close() {
        statements.keySet().forEach(this::close);
        executor.shutdownNow();
    }
}
