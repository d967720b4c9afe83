package com.clarifai.databricks.flow;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.model.IncompleteSourceException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** What stands behind the exception that a run ended with. */
public final class Failure {

    /** The JDBC driver puts one of these between the statement and the server's message. */
    private static final Pattern AFTER_STATEMENT = Pattern.compile("(?s).*(?:Error Message: |\\. Error : )");

    private Failure() {}

    /** The outermost exception of ours that says what happened, else the root cause. */
    public static Throwable cause(Throwable problem) {
        Throwable root = problem;
        for (Throwable t = problem; t != null; t = t.getCause()) {
            if (t instanceof DatabricksException
                    || t instanceof ClarifaiException
                    || t instanceof SQLException
                    || t instanceof IncompleteSourceException
                    || t instanceof IllegalArgumentException
                            && !t.getClass().getName().startsWith("org.apache.camel")
                    || t instanceof RunInterruptedException) {
                return t;
            }
            root = t;
        }
        return root;
    }

    /** What that exception says, in one line; of a failed statement not the statement, only what was wrong with it. */
    public static String describe(Throwable problem) {
        Throwable cause = cause(problem);
        if (cause.getMessage() == null) {
            return cause.getClass().getName();
        }
        String message = cause.getMessage();
        String told =
                cause instanceof SQLException ? AFTER_STATEMENT.matcher(message).replaceFirst("") : message;
        return told.lines().findFirst().orElse("");
    }
}
