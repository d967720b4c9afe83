package com.clarifai.databricks.sandbox.sql;

import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.delta.DeltaThrowableHelper;

/**
 * A failed statement's error.
 *
 * @param code {@code BAD_REQUEST} for what the statement is to blame for, else {@code INTERNAL_ERROR}
 * @param message {@code [ERROR_CLASS] text SQLSTATE: xxxxx}
 */
record SqlError(String code, String message, String sqlState) {

    static SqlError of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            // Spark may wrap it into an error of its own that hides the reason
            if (cause instanceof WorkspaceException own) {
                return of(own, own);
            }
            if (cause instanceof InlineLimitException limit) {
                return new SqlError("BAD_REQUEST", limit.getMessage(), null);
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SparkThrowable known && known.getCondition() != null) {
                return of(known, cause);
            }
        }
        return new SqlError("INTERNAL_ERROR", "[INTERNAL_ERROR] " + failure + " SQLSTATE: XX000", "XX000");
    }

    private static SqlError of(SparkThrowable known, Throwable cause) {
        if ("CATALOG_NOT_FOUND".equals(known.getCondition())) {
            return of(WorkspaceException.noSuchCatalog(
                    known.getMessageParameters().get("catalogName").replace("`", "")));
        }
        // the full message of an AnalysisException goes on with Spark's query plan
        String text = cause instanceof AnalysisException analysis ? analysis.getSimpleMessage() : cause.getMessage();
        String prefix = "[" + known.getCondition() + "]";
        String state = known.getSqlState();
        String message = text.startsWith("[") ? text : prefix + " " + text;
        return new SqlError(
                known.isInternalError() ? "INTERNAL_ERROR" : "BAD_REQUEST",
                state == null || message.contains("SQLSTATE: ") ? message : message + " SQLSTATE: " + state,
                state);
    }

    /** What a statement that met this condition answers, with the SQLSTATE that Spark or Delta gives it. */
    static SqlError planned(String condition) {
        String state = DeltaThrowableHelper.getSqlState(condition);
        if (state == null) {
            throw new IllegalArgumentException("no error class of Spark or Delta: " + condition);
        }
        return new SqlError(
                "BAD_REQUEST", "[" + condition + "] Planned failure of the sandbox. SQLSTATE: " + state, state);
    }
}
