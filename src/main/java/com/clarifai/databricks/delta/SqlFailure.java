package com.clarifai.databricks.delta;

import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Why a statement, or the connection for it, failed; told by the fields of the exception and of its causes. */
public enum SqlFailure {
    /** A right is missing: SQLSTATE 42501, whatever the error class. */
    NOT_ALLOWED,
    /** The token is not taken, or no longer. */
    UNAUTHENTICATED,
    /** The certificate of the host is not trusted. */
    UNTRUSTED,
    /** The pool got no connection in time. */
    NO_CONNECTION,
    /** There is no such warehouse, cluster or workspace. */
    UNKNOWN_COMPUTE,
    /** The result is larger than a warehouse gives out: 26,214,400 bytes. */
    TOO_LARGE,
    OTHER;

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    /** Databricks ends its messages with the state; the driver does not always take it from there. */
    private static final Pattern STATE = Pattern.compile("SQLSTATE: (\\w{5})");
    /** The driver keeps what the gateway of the workspace answers in its message only, be it 401 or 403. */
    private static final String GATEWAY_REFUSAL = "Invalid access token";

    /** What the same gateway says of a path that leads to no compute. */
    private static final Pattern NO_COMPUTE = Pattern.compile(
            "No cluster found matching|SQL warehouse \\S+ does not exist|is not a valid endpoint id|Invalid workspace id");

    private static final int MOST_CAUSES = 20;

    public static SqlFailure of(SQLException problem) {
        if (causes(problem).anyMatch(t -> t instanceof SSLException || t instanceof CertificateException)) {
            return UNTRUSTED;
        }
        if (causes(problem)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast)
                .anyMatch(t -> INSUFFICIENT_PRIVILEGE.equals(state(t)))) {
            return NOT_ALLOWED;
        }
        if (messages(problem).anyMatch(t -> t.contains(GATEWAY_REFUSAL))) {
            return UNAUTHENTICATED;
        }
        if (messages(problem).anyMatch(t -> NO_COMPUTE.matcher(t).find())) {
            return UNKNOWN_COMPUTE;
        }
        if (messages(problem).anyMatch(t -> t.contains("Inline byte limit exceeded"))) {
            return TOO_LARGE;
        }
        return problem instanceof SQLTransientConnectionException ? NO_CONNECTION : OTHER;
    }

    private static String state(SQLException problem) {
        Matcher told = STATE.matcher(Objects.toString(problem.getMessage(), ""));
        return told.find() ? told.group(1) : problem.getSQLState();
    }

    private static Stream<String> messages(Throwable problem) {
        return causes(problem).map(Throwable::getMessage).filter(Objects::nonNull);
    }

    private static Stream<Throwable> causes(Throwable problem) {
        return Stream.iterate(problem, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }
}
