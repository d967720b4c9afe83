package com.clarifai.databricks.service;

import com.clarifai.databricks.app.JobHints;
import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.console.PageWords;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.WorkspaceCall;
import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.flow.run.Failure;
import com.clarifai.databricks.settings.InvalidSettingException;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** What went wrong in the words of the page: fields and buttons, where the command line names options and settings. */
public final class PageProblems {

    /** An option, a variable of the environment, or a setting. */
    private static final Pattern COMMAND_LINE = Pattern.compile(
            "(^|[ (])--[a-z]|\\b[A-Z]{2,}_[A-Z_]+\\b|\\b(databricks|clarifai|console|connection|s3|proxy)\\.[a-z]+(-[a-z]+)*\\b");

    private PageProblems() {}

    /** What is wrong with a setting: as it is said where that names no other setting, else by the name of its field. */
    static String missing(InvalidSettingException problem) {
        String told = problem.getMessage().replaceFirst("^[a-z0-9-]+\\.[a-z-]+: ", "");
        if (!COMMAND_LINE.matcher(told).find()) {
            return told;
        }
        return problem.settings().stream()
                .filter(setting -> PageWords.field(setting) != null)
                .findFirst()
                .map(setting -> PageWords.field(setting) + " is not set, or cannot be used")
                .orElse("A setting of the service cannot be used: its log names it");
    }

    public static String describe(Throwable problem) {
        return PageWords.of(told(problem));
    }

    private static String told(Throwable problem) {
        Throwable cause = Failure.cause(problem);
        if (cause instanceof InvalidSettingException e) {
            return missing(e);
        }
        if (cause instanceof DatabricksException e) {
            return e.getMessage() + hint(e);
        }
        if (cause instanceof ClarifaiException e) {
            return e.getMessage() + hint(e);
        }
        if (cause instanceof SQLException e) {
            boolean missing = SqlFailure.of(e) == SqlFailure.NO_TABLE;
            return "Databricks SQL: " + Failure.describe(e) + (missing ? "; choose the table from its list" : "");
        }
        return Failure.ofS3(problem)
                .map(told -> told + "; check the endpoint and the region of S3")
                .orElseGet(() -> Failure.describe(cause));
    }

    private static String hint(DatabricksException e) {
        return JobHints.of(e).orElseGet(() -> hintAtKind(e));
    }

    private static String hintAtKind(DatabricksException e) {
        WorkspaceCall call = e.call().orElse(null);
        return switch (e.kind()) {
            case UNREACHABLE -> "; check Databricks Host under Connection";
            case UNAUTHENTICATED ->
                call == WorkspaceCall.SIGN_IN
                        ? "; sign in under Connection"
                        : "; check under Connection what Databricks is signed in to with: it may be wrong, expired or of"
                                + " another workspace";
            case PERMISSION_DENIED -> "; ask the owner to grant it to who is signed in to Databricks";
            case NOT_FOUND -> "; choose it from the list of its field";
            case THROTTLED -> "; wait a while and run it again: what is done is not repeated";
            case QUOTA_EXCEEDED, NO_CAPACITY, NOT_STARTED ->
                "; choose another warehouse or cluster under Connection, or look at this one in Databricks";
            case ALREADY_EXISTS, INVALID, INTERNAL, TIMED_OUT -> "";
        };
    }

    private static String hint(ClarifaiException e) {
        return switch (e.kind()) {
            case UNREACHABLE, SILENT -> "; a firewall may be in between, or Clarifai is busy: try again";
            case UNAUTHENTICATED -> "; check the personal access token of Clarifai under Connection";
            case PERMISSION_DENIED -> "; the personal access token lacks a scope, or the app is somebody else's";
            case NOT_FOUND -> "; choose app and dataset from their lists";
            case THROTTLED -> "; wait a while and run it again: what is done is not repeated";
            case ALREADY_EXISTS, INVALID, INTERNAL -> "";
        };
    }
}
