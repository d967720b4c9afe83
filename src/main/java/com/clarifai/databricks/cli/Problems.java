package com.clarifai.databricks.cli;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.flow.Failure;
import java.sql.SQLException;

/** Turns what went wrong into one line that names the setting and says what to do. */
final class Problems {

    private Problems() {}

    static String describe(Throwable problem) {
        Throwable cause = Failure.cause(problem);
        if (cause instanceof DatabricksException e) {
            return e.getMessage() + hint(e);
        }
        if (cause instanceof ClarifaiException e) {
            return e.getMessage() + hint(e);
        }
        if (cause instanceof SQLException e) {
            return "Databricks SQL: " + Failure.describe(e) + hint(e);
        }
        return Failure.describe(cause);
    }

    private static String hint(DatabricksException e) {
        return switch (e.kind()) {
            case UNREACHABLE -> "; check databricks.host (--host, DATABRICKS_HOST)";
            case UNAUTHENTICATED ->
                "; check databricks.token (--token, DATABRICKS_TOKEN): it may be wrong, expired or of"
                        + " another workspace";
            case NOT_FOUND ->
                e.getMessage().startsWith("get warehouse")
                        ? "; check databricks.warehouse-id (--warehouse-id, DATABRICKS_WAREHOUSE_ID)"
                        : "; check --catalog, --schema, --volume, --path and --table: 'databricks-connect list' shows"
                                + " what there is";
            case PERMISSION_DENIED -> "; ask the owner to grant it to the owner of databricks.token";
            case THROTTLED -> "; wait a while and run it again: what is done is not repeated";
            case ALREADY_EXISTS, INVALID, INTERNAL -> "";
        };
    }

    private static String hint(ClarifaiException e) {
        return switch (e.getKind()) {
            case UNREACHABLE ->
                "; check clarifai.base-url (CLARIFAI_BASE_URL) and, for a private certificate authority,"
                        + " clarifai.ca-file";
            case UNAUTHENTICATED -> "; check clarifai.pat (--pat, CLARIFAI_PAT): it may be wrong or expired";
            case NOT_FOUND ->
                "; check --app, --dataset and clarifai.user-id (--user-id): 'databricks-connect list apps'"
                        + " shows the apps";
            case PERMISSION_DENIED ->
                "; the personal access token (clarifai.pat) lacks a scope, or the app belongs to" + " somebody else";
            case THROTTLED ->
                "; wait a while, or lower clarifai.requests-per-second, and run it again: what is done is not"
                        + " repeated";
            case ALREADY_EXISTS, INVALID, INTERNAL -> "";
        };
    }

    private static String hint(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("INSUFFICIENT_PERMISSIONS") || message.contains("PERMISSION_DENIED")) {
            return "; ask the owner to grant it to the owner of databricks.token";
        }
        if (message.contains("Connection is not available")) {
            return "; check databricks.warehouse-id (--warehouse-id, DATABRICKS_WAREHOUSE_ID)";
        }
        return "";
    }
}
