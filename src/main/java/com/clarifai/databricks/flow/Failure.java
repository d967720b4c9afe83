package com.clarifai.databricks.flow;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.databricks.DatabricksException;
import java.sql.SQLException;

/** What stands behind the exception that a run ended with. */
public final class Failure {

    private Failure() {}

    /** The outermost exception of ours that says what happened, else the root cause. */
    public static Throwable cause(Throwable problem) {
        Throwable root = problem;
        for (Throwable t = problem; t != null; t = t.getCause()) {
            if (t instanceof DatabricksException
                    || t instanceof ClarifaiException
                    || t instanceof SQLException
                    || t instanceof IllegalArgumentException
                            && !t.getClass().getName().startsWith("org.apache.camel")
                    || t instanceof RunInterruptedException) {
                return t;
            }
            root = t;
        }
        return root;
    }

    /** The first line of that exception's message. */
    public static String describe(Throwable problem) {
        Throwable cause = cause(problem);
        return firstLine(cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage());
    }

    public static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
