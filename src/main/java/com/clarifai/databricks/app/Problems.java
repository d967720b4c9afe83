package com.clarifai.databricks.app;

import static com.clarifai.databricks.model.ParameterName.named;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.VolumeCredentials;
import com.clarifai.databricks.databricks.WorkspaceCall;
import com.clarifai.databricks.delta.SqlFailure;
import com.clarifai.databricks.flow.run.Failure;
import com.clarifai.databricks.io.StoreException;
import com.clarifai.databricks.proxy.ProxyException;
import java.sql.SQLException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Turns what went wrong into one line that names the setting and says what to do. */
public final class Problems {

    private static final String CA_FILE = "databricks.ca-file (--ca-file, DATABRICKS_CA_FILE)";
    private static final String CLUSTER = " databricks.cluster-id (--cluster-id, DATABRICKS_CLUSTER_ID)";
    private static final String WAREHOUSE = "databricks.warehouse-id (--warehouse-id, DATABRICKS_WAREHOUSE_ID)";
    private static final String LEFT_TO_FILES_API =
            "; or leave the pictures to the Files API: " + named("transfer") + " auto or files-api";
    private static final String OTHER_COMPUTE =
            " another warehouse (databricks.warehouse-id) or cluster (databricks.cluster-id)";

    private Problems() {}

    public static String describe(Throwable problem) {
        for (Throwable t = problem; t != null; t = t.getCause()) {
            if (t instanceof BrokenRouteException) {
                return t.getMessage();
            }
            if (t instanceof MarkedYamlEngineException e && e.getProblemMark().isPresent()) {
                return describe(e, e.getProblemMark().get());
            }
        }
        Throwable cause = Failure.cause(problem);
        Optional<ProxyException> proxys = ProxyException.behind(problem);
        if (proxys.isPresent()) {
            return Failure.describe(cause) + ProxyProblems.hint(proxys.get());
        }
        if (cause instanceof DatabricksException e) {
            return e.getMessage() + hint(e);
        }
        if (cause instanceof ClarifaiException e) {
            return e.getMessage() + hint(e);
        }
        if (cause instanceof SQLException e) {
            return "Databricks SQL: " + Failure.describe(e) + hint(e);
        }
        if (isUntrustedS3(problem)) {
            return "S3: " + Failure.describe(cause) + "; check s3.endpoint (S3_ENDPOINT) and, for a private certificate"
                    + " authority, s3.ca-file (S3_CA_FILE)";
        }
        for (Throwable t = problem; t != null; t = t.getCause()) {
            if (t instanceof StoreException) {
                return t.getMessage() + LEFT_TO_FILES_API;
            }
        }
        return Failure.ofS3(problem)
                .map(told -> told + "; check s3.endpoint (S3_ENDPOINT) and s3.region (S3_REGION)")
                .orElseGet(() -> Failure.describe(cause));
    }

    private static boolean isUntrustedS3(Throwable problem) {
        boolean s3 = false;
        for (Throwable t = problem; t != null; t = t.getCause()) {
            s3 |= t instanceof SdkClientException;
            if (s3 && t instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    /** The loader of routes names the marks after the file. */
    private static String describe(MarkedYamlEngineException problem, Mark mark) {
        return "%s, line %d, column %d: %s"
                .formatted(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1, yaml(problem));
    }

    /** Camel's own problems with a file are of the same kind as those with its form. */
    static String yaml(MarkedYamlEngineException problem) {
        boolean form = problem.getClass().getPackageName().startsWith("org.snakeyaml.");
        return problem.getProblem() + (form ? "; the file is not valid YAML" : "");
    }

    private static String hint(DatabricksException e) {
        WorkspaceCall call = e.call().orElse(null);
        boolean reached = e.kind() != Kind.UNREACHABLE && e.kind() != Kind.UNAUTHENTICATED;
        if (reached && (call == WorkspaceCall.GET_SECRET || call == WorkspaceCall.LIST_SECRETS)) {
            return "; or set clarifai.pat (--pat, CLARIFAI_PAT)";
        }
        if (call == WorkspaceCall.GET_CREDENTIALS && VolumeCredentials.isRefusal(e)) {
            return "; reading where the cloud keeps the files needs external data access, which an administrator of the"
                    + " metastore allows, and EXTERNAL USE SCHEMA, which the owner of the catalog grants (or, for an external"
                    + " volume, EXTERNAL USE LOCATION)" + LEFT_TO_FILES_API;
        }
        return JobHints.of(e).orElseGet(() -> hintAtKind(e, call));
    }

    private static String hintAtKind(DatabricksException e, WorkspaceCall call) {
        return switch (e.kind()) {
            case UNREACHABLE ->
                "; check databricks.host (--host, DATABRICKS_HOST)"
                        + (e.getCause() instanceof SSLException
                                ? " and, for a private certificate authority, " + CA_FILE
                                : "");
            case UNAUTHENTICATED -> hintAtCredentials(e, call);
            case NOT_FOUND ->
                call == WorkspaceCall.GET_WAREHOUSE
                        ? "; check " + WAREHOUSE + " or databricks.warehouse-name (--warehouse-name)"
                        : "; check " + named("catalog") + ", " + named("schema") + ", " + named("volume") + ", "
                                + named("path") + " or the table: 'databricks-connect list' and the lists of the page"
                                + " show what there is";
            case PERMISSION_DENIED -> "; " + grant(call);
            case THROTTLED -> "; wait a while and run it again: what is done is not repeated";
            case QUOTA_EXCEEDED ->
                "; the account or workspace has used up its quota: ask for a higher one, stop other compute, or choose"
                        + OTHER_COMPUTE;
            case NO_CAPACITY ->
                "; the cloud has none of these machines left for now: try later, or choose" + OTHER_COMPUTE;
            case NOT_STARTED -> "; look at it in Databricks under Compute or SQL Warehouses, or choose" + OTHER_COMPUTE;
            case INVALID ->
                call == WorkspaceCall.GET_CLUSTER
                        ? "; check" + CLUSTER + " or, for --on cluster, cluster.id (CLUSTER_ID)"
                        : call == WorkspaceCall.GET_WAREHOUSE ? "; check " + WAREHOUSE : "";
            case ALREADY_EXISTS, INTERNAL, TIMED_OUT -> "";
        };
    }

    private static String hintAtCredentials(DatabricksException e, WorkspaceCall call) {
        if (e.isLapsed()) {
            return "; give a new one in databricks.token (--token, DATABRICKS_TOKEN), or a service principal, whose"
                    + " tokens are"
                    + " renewed, and run it again: what is done is not repeated";
        }
        return call == WorkspaceCall.GET_TOKEN
                ? "; check databricks.client-id and databricks.client-secret (DATABRICKS_CLIENT_ID,"
                        + " DATABRICKS_CLIENT_SECRET): the secret may be wrong, expired or of another workspace"
                : "; check databricks.token (--token, DATABRICKS_TOKEN): it may be wrong, expired or of another"
                        + " workspace; a service principal must be a user of this workspace";
    }

    /** @param call null when it was not a call that failed */
    private static String grant(WorkspaceCall call) {
        String to = " to the user or service principal whose credentials are used";
        if (call == WorkspaceCall.START_CLUSTER) {
            return "somebody must start it, or grant CAN RESTART on it" + to;
        }
        if (call == WorkspaceCall.GET_CLUSTER) {
            return "somebody must grant CAN ATTACH TO on it, or CAN RESTART to start it as well," + to;
        }
        if (call == WorkspaceCall.START_WAREHOUSE || call == WorkspaceCall.GET_WAREHOUSE) {
            return "somebody must grant CAN USE on it" + to;
        }
        return "ask the owner to grant it" + to;
    }

    private static String hint(ClarifaiException e) {
        return switch (e.kind()) {
            case UNREACHABLE ->
                "; check clarifai.base-url (CLARIFAI_BASE_URL) and, for a private certificate authority,"
                        + " clarifai.ca-file";
            case SILENT ->
                "; a firewall may drop its connections, or it is busy: run it again, what is done is not repeated";
            case UNAUTHENTICATED -> "; check clarifai.pat (--pat, CLARIFAI_PAT): it may be wrong or expired";
            case NOT_FOUND ->
                "; check " + named("app") + ", " + named("dataset") + " and clarifai.user-id (--user-id):"
                        + " 'databricks-connect list apps' and the lists of the page show what there is";
            case PERMISSION_DENIED ->
                "; the personal access token (clarifai.pat) lacks a scope, or the app belongs to" + " somebody else";
            case THROTTLED ->
                "; wait a while, or lower clarifai.requests-per-second, and run it again: what is done is not"
                        + " repeated";
            case ALREADY_EXISTS, INVALID, INTERNAL -> "";
        };
    }

    private static String hint(SQLException e) {
        return switch (SqlFailure.of(e)) {
            case NOT_ALLOWED ->
                "; ask the owner to grant it to the user or service principal whose credentials are used";
            case UNAUTHENTICATED ->
                "; check databricks.token (--token, DATABRICKS_TOKEN): it may have expired or been revoked since";
            case UNTRUSTED -> "; check databricks.host and, for a private certificate authority, " + CA_FILE;
            case NO_CONNECTION -> "; check " + WAREHOUSE + " or" + CLUSTER;
            case UNKNOWN_COMPUTE -> "; check " + WAREHOUSE + "," + CLUSTER + " or databricks.http-path";
            case TOO_LARGE ->
                "; one row alone may be too large for a warehouse: use a cluster (databricks.cluster-id), which"
                        + " returns rows of any size, or, if sql.page-bytes was raised, lower it";
            case NOT_NOW, OUTCOME_UNKNOWN -> "; run it again: what is done is not repeated";
            case NO_TABLE -> "; 'databricks-connect list tables' shows what there is";
            case LOST_SESSION, CONFLICT, CANCELLED, OTHER -> "";
        };
    }
}
