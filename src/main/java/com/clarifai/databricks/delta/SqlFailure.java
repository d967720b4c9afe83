package com.clarifai.databricks.delta;

import com.databricks.internal.sdk.core.DatabricksError;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a statement, or the connection for it, failed; told by the fields of the exception and of its causes. */
public enum SqlFailure {
    /** A right is missing: SQLSTATE 42501, whatever the error class. */
    NOT_ALLOWED,
    /** There is no such table or view: SQLSTATE 42P01, or the error class where the state is unknown. */
    NO_TABLE,
    /** The token is not taken, or no longer. */
    UNAUTHENTICATED,
    /** The certificate of the host is not trusted. */
    UNTRUSTED,
    /** Somebody has cancelled the statement: SQLSTATE HY008. */
    CANCELLED,
    /** The pool got no connection in time. */
    NO_CONNECTION,
    /** There is no such warehouse, cluster or workspace. */
    UNKNOWN_COMPUTE,
    /** The result is larger than a warehouse gives out: 26,214,400 bytes. */
    TOO_LARGE,
    /** The server knows the session no longer; the statement was not run. */
    LOST_SESSION,
    /** The statement lost a race with another writer and changed nothing. */
    CONFLICT,
    /** The server takes no more for now, or could not be reached to open a session; the statement was not run. */
    NOT_NOW,
    /** The connection broke, or the server failed, under way: the statement may have been run, or may still be running. */
    OUTCOME_UNKNOWN,
    OTHER;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String UNDEFINED_TABLE = "42P01";
    static final String OPERATION_CANCELED = "HY008";
    private static final String TABLE_NOT_FOUND = "[TABLE_OR_VIEW_NOT_FOUND]";

    /** Databricks ends its messages with the state; the driver does not always take it from there. */
    private static final Pattern STATE = Pattern.compile("SQLSTATE: (\\w{5})");
    /** What the gateway of the workspace answers, as 401 or 403; over Thrift the driver keeps it in its message only. */
    private static final String GATEWAY_REFUSAL = "Invalid access token";

    /** What the same gateway says about a path that leads to no compute. */
    private static final Pattern NO_COMPUTE = Pattern.compile(
            "No cluster found matching|SQL warehouse \\S+ does not exist|is not a valid endpoint id|Invalid workspace id");

    /** The warehouse API does not document its words, so all that are known of the services and clients are here. */
    private static final Pattern SESSION = Pattern.compile(
            "(?i)\\b(invalid|unknown|expired|closed|no such|(could not|cannot) find( the)?)[ _]?session"
                    + "|\\bsession\\w*\\b[^.]{0,80}?\\b(was closed|is closed|has been closed|has expired|expired|has ended"
                    + "|timed out|was terminated|not found|does not exist|no longer exists|is not valid|is invalid)\\b");

    private static final Pattern CONCURRENT =
            Pattern.compile("DELTA_CONCURRENT_|DELTA_METADATA_CHANGED|DELTA_PROTOCOL_CHANGED");

    /** Of a statement that ran when the cluster or the session went away; and statuses, as Thrift's transport tells them. */
    private static final Pattern BROKEN = Pattern.compile("Invalid OperationHandle|The statement \\S+ was not found"
            + "|(?i:HTTP (Response|error)( code)?:? (500|502|504))|Connection reset|failed to respond");

    private static final Pattern BUSY = Pattern.compile("(?i:HTTP (Response|error)( code)?:? (429|503))");

    /** The driver puts the statement, which may say anything, before what was wrong with it. */
    private static final Pattern STATEMENT = Pattern.compile("(?s).*(?:Error Message: |\\. Error : )");

    /** SQLSTATE, as the driver has it, of a session that could not be opened. */
    private static final String NO_SESSION_OPENED = "CONNECTION_ERROR";

    private static final int MOST_CAUSES = 20;

    public static SqlFailure of(SQLException problem) {
        if (causes(problem).anyMatch(t -> t instanceof SSLException || t instanceof CertificateException)) {
            return UNTRUSTED;
        }
        if (isInState(problem, OPERATION_CANCELED)) {
            return CANCELLED;
        }
        if (isInState(problem, INSUFFICIENT_PRIVILEGE)) {
            return NOT_ALLOWED;
        }
        if (isInState(problem, UNDEFINED_TABLE) || messages(problem).anyMatch(t -> t.contains(TABLE_NOT_FOUND))) {
            return NO_TABLE;
        }
        if (isAnswered(problem, 401) || messages(problem).anyMatch(t -> t.contains(GATEWAY_REFUSAL))) {
            return UNAUTHENTICATED;
        }
        if (messages(problem).anyMatch(t -> NO_COMPUTE.matcher(t).find())) {
            return UNKNOWN_COMPUTE;
        }
        if (messages(problem).anyMatch(t -> t.contains("Inline byte limit exceeded"))) {
            return TOO_LARGE;
        }
        // the pool has tried for long
        return problem instanceof SQLTransientConnectionException ? NO_CONNECTION : passing(problem);
    }

    /** What may be over when the statement is repeated. */
    private static SqlFailure passing(SQLException problem) {
        if (messages(problem).anyMatch(t -> CONCURRENT.matcher(t).find())) {
            return CONFLICT;
        }
        if (messages(problem).anyMatch(t -> SESSION.matcher(t).find())) {
            return LOST_SESSION;
        }
        if (isAnswered(problem, 429, 503)
                || messages(problem).anyMatch(t -> BUSY.matcher(t).find())) {
            return NOT_NOW;
        }
        boolean broken = causes(problem).anyMatch(IOException.class::isInstance)
                || isAnswered(problem, 500, 502, 504)
                || messages(problem).anyMatch(t -> BROKEN.matcher(t).find());
        return !broken ? OTHER : NO_SESSION_OPENED.equals(problem.getSQLState()) ? NOT_NOW : OUTCOME_UNKNOWN;
    }

    /** Whether the driver has got one of these HTTP statuses. */
    private static boolean isAnswered(SQLException problem, Integer... statuses) {
        return causes(problem)
                .anyMatch(t ->
                        t instanceof DatabricksError answer && List.of(statuses).contains(answer.getStatusCode()));
    }

    /**
     * Whether it is worth while to run the statement again.
     *
     * @param idempotent whether it does no harm when it has been run already
     */
    public boolean isRepeatable(boolean idempotent) {
        return this == LOST_SESSION || this == CONFLICT || this == NOT_NOW || idempotent && this == OUTCOME_UNKNOWN;
    }

    private static boolean isInState(SQLException problem, String state) {
        return causes(problem)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .anyMatch(t -> state.equals(state(t)));
    }

    private static String state(SQLException problem) {
        Matcher told = STATE.matcher(Objects.toString(problem.getMessage(), ""));
        return told.find() ? told.group(1) : problem.getSQLState();
    }

    private static Stream<String> messages(Throwable problem) {
        return causes(problem)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .map(t -> STATEMENT.matcher(t).replaceFirst(""));
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }
}
