package com.clarifai.databricks.databricks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks the workspace how it answers where its documentation leaves that open. Each answer is one line to be read by a
 * person and pasted into a bug report: the workspace is not named, and no token.
 *
 * <p>Sessions and statements: <a href="https://docs.databricks.com/api/workspace/statementexecution">Statement Execution
 * API</a>.
 */
public final class WorkspaceFacts {

    private static final String SESSIONS = "/api/2.0/sql/sessions/";
    private static final String STATEMENTS = "/api/2.0/sql/statements/";
    private static final String INSTANT = "2026-11-28T10:00:00Z";
    private static final String ZONE = "Asia/Kolkata";
    private static final String NO_WAREHOUSE = "not asked: a cluster has no sessions of the Statement Execution API";

    private final WorkspaceClient client;

    public WorkspaceFacts(WorkspaceClient client) {
        this.client = client.withRetryBudget(Duration.ZERO);
    }

    /** What a statement meets whose session has ended. */
    public String endedSession(SqlCompute compute) {
        return compute.warehouse().map(this::endedSessionOf).orElse(NO_WAREHOUSE);
    }

    private String endedSessionOf(String warehouse) {
        String session = openSession(warehouse, Map.of());
        closeSession(warehouse, session);
        return "a statement in a session that has ended: " + answer(() -> execute(warehouse, session, "SELECT 1"));
    }

    /** How a result has an instant when the session has a zone of its own. */
    public String sessionTimes(SqlCompute compute) {
        return compute.warehouse().map(this::sessionTimesOf).orElse(NO_WAREHOUSE);
    }

    private String sessionTimesOf(String warehouse) {
        String session = openSession(warehouse, Map.of("timezone", ZONE));
        try {
            return "TIMESTAMP '" + INSTANT + "' in a session in " + ZONE + ": "
                    + answer(() -> execute(warehouse, session, "SELECT TIMESTAMP '" + INSTANT + "'"));
        } finally {
            closeSession(warehouse, session);
        }
    }

    /** What the creation of a volume meets that is there, which tells whether rights or names are looked at first. */
    public String existingVolume(String catalog, String schema, String volume) {
        return "creating a volume that is there: "
                + answer(() -> client.json(
                        WorkspaceRequest.post(WorkspaceCall.CREATE_VOLUME, "", "/api/2.1/unity-catalog/volumes", true)
                                .withJson(Map.of(
                                        "catalog_name", catalog,
                                        "schema_name", schema,
                                        "name", volume,
                                        "volume_type", "MANAGED"))));
    }

    private String openSession(String warehouse, Map<String, String> configuration) {
        Map<String, Object> session = client.json(WorkspaceRequest.post(WorkspaceCall.OPEN_SESSION, "", SESSIONS, false)
                .withJson(Map.of("warehouse_id", warehouse, "session_confs", configuration)));
        return Optional.ofNullable(ApiJson.text(session, "session_id"))
                .orElseThrow(() -> new DatabricksException(
                        DatabricksException.Kind.INTERNAL, "the answer to a new SQL session has no session_id"));
    }

    private void closeSession(String warehouse, String session) {
        client.send(WorkspaceRequest.delete(WorkspaceCall.CLOSE_SESSION, "", SESSIONS + PercentEncoding.encode(session))
                .withQuery("warehouse_id", warehouse));
    }

    private Map<String, Object> execute(String warehouse, String session, String statement) {
        return client.json(WorkspaceRequest.post(WorkspaceCall.EXECUTE_STATEMENT, "", STATEMENTS, false)
                .withJson(Map.of(
                        "statement",
                        statement,
                        "warehouse_id",
                        warehouse,
                        "session_id",
                        session,
                        "wait_timeout",
                        "30s",
                        "disposition",
                        "INLINE",
                        "format",
                        "JSON_ARRAY")));
    }

    @FunctionalInterface
    private interface Question {
        Map<String, Object> ask();
    }

    private String answer(Question question) {
        try {
            return accepted(question.ask());
        } catch (DatabricksException e) {
            return e.getMessage().replace(client.host().toString(), "the workspace");
        }
    }

    @SuppressWarnings("unchecked")
    private static String accepted(Map<String, Object> answer) {
        if (!(answer.get("status") instanceof Map<?, ?> status)) {
            return "accepted";
        }
        Map<String, Object> said = new LinkedHashMap<>((Map<String, Object>) status);
        if (answer.get("result") instanceof Map<?, ?> result && result.get("data_array") instanceof List<?> rows) {
            said.put("rows", rows);
        }
        return said.toString();
    }
}
