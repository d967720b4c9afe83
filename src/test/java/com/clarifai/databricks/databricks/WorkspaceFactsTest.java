package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever the workspace answers, it is told and is no failure. */
class WorkspaceFactsTest {

    private static final String SESSIONS = "/api/2.0/sql/sessions/";
    private static final String STATEMENTS = "POST /api/2.0/sql/statements/";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();
    private final WorkspaceFacts facts = new WorkspaceFacts(client);

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @Test
    void what_an_ended_session_is_answered_with_is_told_without_the_host() {
        workspace
                .on("POST " + SESSIONS, FakeWorkspace.json("{\"session_id\": \"s1\"}"))
                .on("DELETE " + SESSIONS + "s1", FakeWorkspace.json("{}"))
                .on(STATEMENTS, FakeWorkspace.error(400, "INVALID_PARAMETER_VALUE", "session s1 is gone"));

        assertThat(facts.endedSession(warehouse()))
                .startsWith("a statement in a session that has ended: execute statement at the workspace: 400")
                .contains("INVALID_PARAMETER_VALUE", "session s1 is gone")
                .doesNotContain(client.host().toString());
    }

    @Test
    void a_statement_that_fails_after_it_was_accepted_tells_its_state() {
        workspace
                .on("POST " + SESSIONS, FakeWorkspace.json("{\"session_id\": \"s1\"}"))
                .on("DELETE " + SESSIONS + "s1", FakeWorkspace.json("{}"))
                .on(
                        STATEMENTS,
                        FakeWorkspace.json(
                                "{\"status\": {\"state\": \"FAILED\", \"error\": {\"message\": \"session expired\"}}}"));

        assertThat(facts.endedSession(warehouse())).endsWith("{state=FAILED, error={message=session expired}}");
    }

    @Test
    void the_text_of_a_time_is_told_and_the_session_is_closed() {
        workspace
                .on("POST " + SESSIONS, FakeWorkspace.json("{\"session_id\": \"s1\"}"))
                .on("DELETE " + SESSIONS + "s1", FakeWorkspace.json("{}"))
                .on(
                        STATEMENTS,
                        FakeWorkspace.json("{\"status\": {\"state\": \"SUCCEEDED\"},"
                                + " \"result\": {\"data_array\": [[\"2026-11-28T15:30:00.000+05:30\"]]}}"));

        assertThat(facts.sessionTimes(warehouse())).contains("Asia/Kolkata", "2026-11-28T15:30:00.000+05:30");
        assertThat(workspace.requests("DELETE")).hasSize(1);
    }

    @Test
    void a_cluster_has_no_such_sessions() {
        SqlCompute cluster = SqlCompute.of(client, null, null, null, "0101-120000-abcdefgh");

        assertThat(facts.endedSession(cluster)).startsWith("not asked");
        assertThat(facts.sessionTimes(cluster)).startsWith("not asked");
        assertThat(workspace.requests()).isEmpty();
    }

    @Test
    void a_volume_that_is_there_may_be_refused_for_either_reason() {
        workspace.on(
                "POST /api/2.1/unity-catalog/volumes",
                FakeWorkspace.error(409, "RESOURCE_ALREADY_EXISTS", "it is there"),
                FakeWorkspace.error(403, "PERMISSION_DENIED", "no CREATE VOLUME"));

        assertThat(facts.existingVolume("main", "default", "staging")).contains("409", "it is there");
        assertThat(facts.existingVolume("main", "default", "staging")).contains("403", "no CREATE VOLUME");
    }

    private SqlCompute warehouse() {
        return SqlCompute.of(client, null, "w1", null, null);
    }
}
