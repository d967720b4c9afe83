package com.clarifai.databricks.sandbox.sql;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** How the SQL endpoint behaves where workspaces differ; may change while it runs. */
public final class SqlSwitches {

    /** How services and clients are known to tell that a session has ended; which of them is said when, nobody documents. */
    private static final List<String> ENDED_SESSION = List.of(
            "Session %s does not exist.",
            "The session has expired.",
            "Invalid SessionHandle: SessionHandle [%s]",
            "[INVALID_HANDLE.SESSION_NOT_FOUND] The handle %s is invalid. Session not found. SQLSTATE: HY000",
            "[INVALID_HANDLE.SESSION_CLOSED] The handle %s is invalid. Session was closed. SQLSTATE: HY000");

    private final AtomicInteger ended = new AtomicInteger();
    private volatile int sessionStatements;
    private volatile int vacuums;
    private volatile String timeZone = "UTC";

    /** How often a table is vacuumed at once after each {@code MERGE} into it. */
    int vacuums() {
        return vacuums;
    }

    public void vacuums(int count) {
        vacuums = count;
    }

    /** After how many statements a session expires; 0 for never. */
    int sessionStatements() {
        return sessionStatements;
    }

    /** From now on sessions expire after so many statements, which is told in other words each time. */
    public void sessionStatements(int count) {
        sessionStatements = count;
    }

    /** What a statement is answered whose session has ended, while sessions expire. */
    Optional<String> endedSession(String id) {
        int next = ended.getAndIncrement();
        return sessionStatements == 0
                ? Optional.empty()
                : Optional.of(ENDED_SESSION.get(next % ENDED_SESSION.size()).formatted(id));
    }

    /** {@code spark.sql.session.timeZone} of the sessions that are opened from now on, unless their client sets it. */
    String timeZone() {
        return timeZone;
    }

    /** @throws IllegalArgumentException when there is no such zone */
    public void timeZone(String zone) {
        try {
            timeZone = ZoneId.of(zone).getId();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
