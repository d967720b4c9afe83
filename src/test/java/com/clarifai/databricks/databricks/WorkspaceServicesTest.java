package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets, identity and compute. */
class WorkspaceServicesTest {

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @Test
    void decodesASecret() {
        workspace.on(
                "GET /api/2.0/secrets/get?scope=clarifai&key=my%20key",
                json("{\"key\":\"my key\",\"value\":\"csOpdGUtc2VjcmV0\"}"));

        assertThat(new Secrets(client).get("clarifai", "my key")).isEqualTo("réte-secret");
    }

    @Test
    void takesTheFirstKeyThatIsThere() {
        workspace
                .on("GET /api/2.0/secrets/get?scope=s&key=a", error(404, "RESOURCE_DOES_NOT_EXIST", "No such secret"))
                .on("GET /api/2.0/secrets/get?scope=s&key=b", json("{\"key\":\"b\",\"value\":\"c2ho\"}"));

        assertThat(new Secrets(client).get("s", List.of("a", "b", "c"))).isEqualTo("shh");
    }

    @Test
    void saysWhichKeyIsMissingWhichThereAreAndHowToMakeIt() {
        workspace
                .on("GET /api/2.0/secrets/get", error(404, "RESOURCE_DOES_NOT_EXIST", "No such secret"))
                .on("GET /api/2.0/secrets/list?scope=s", json("{\"secrets\":[{\"key\":\"x\"},{\"key\":\"y\"}]}"));

        assertThat(failure("s", "k"))
                .hasMessage("the secret scope 's' has no key 'k' (it has x, y); make it:"
                        + " databricks secrets put-secret s k");
        assertThat(failure("s", "k").kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void saysWhichScopeIsMissingAndHowToMakeIt() {
        workspace
                .on("GET /api/2.0/secrets/get", error(404, "RESOURCE_DOES_NOT_EXIST", "Scope s does not exist!"))
                .on("GET /api/2.0/secrets/list", error(404, "RESOURCE_DOES_NOT_EXIST", "Scope s does not exist!"));

        assertThat(failure("s", "k"))
                .hasMessage("there is no secret scope 's'; make it: databricks secrets create-scope s"
                        + " && databricks secrets put-secret s k");
    }

    @Test
    void saysWhoMayAllowASecretToBeRead() {
        workspace.on("GET /api/2.0/secrets/get", error(403, "PERMISSION_DENIED", "no READ permission"));

        assertThat(failure("s", "k"))
                .hasMessageContaining("databricks secrets put-acl s <user or application id> READ")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.PERMISSION_DENIED);
    }

    @Test
    void saysWhenSecretsAreNotGivenOut() {
        workspace.on("GET /api/2.0/secrets/get", error(400, "BAD_REQUEST", "only from notebooks"));

        assertThat(failure("s", "k"))
                .hasMessage("the workspace does not give the secret s/k to programs outside it")
                .extracting(DatabricksException::kind)
                .isEqualTo(Kind.INVALID);
    }

    @Test
    void doesNotRepeatASecretThatItCannotDecode() {
        workspace.on("GET /api/2.0/secrets/get", json("{\"value\":\"plain_secret\"}"));

        assertThat(failure("s", "k"))
                .hasMessageContaining("not base64")
                .hasMessageNotContaining("plain")
                .hasNoCause();
    }

    @Test
    void knowsWhomTheTokenStandsForAndWhere() {
        workspace.on(
                "GET /api/2.0/preview/scim/v2/Me",
                json("{\"userName\":\"ann@example.com\",\"displayName\":\"Ann\",\"active\":true}")
                        .with("X-Databricks-Org-Id", "42"),
                json("{\"userName\":\"bob@example.com\",\"active\":false}"));

        assertThat(CurrentUser.of(client)).isEqualTo(new CurrentUser("ann@example.com", "Ann", true, "42"));
        assertThat(CurrentUser.of(client)).isEqualTo(new CurrentUser("bob@example.com", null, false, null));
    }

    @Test
    void listsAndGetsCompute() {
        workspace
                .on("GET /api/2.0/sql/warehouses", json("{\"warehouses\":[{\"id\":\"w\"}]}"))
                .on("GET /api/2.0/sql/warehouses/w", json("{\"id\":\"w\",\"state\":\"RUNNING\"}"))
                .on(
                        "GET /api/2.1/clusters/list",
                        json("{\"clusters\":[{\"cluster_id\":\"a\"}],\"next_page_token\":\"t\"}"))
                .on("GET /api/2.1/clusters/list?page_token=t", json("{\"clusters\":[{\"cluster_id\":\"b\"}]}"))
                .on("GET /api/2.1/clusters/get?cluster_id=a", json("{\"state\":\"PENDING\"}"));

        assertThat(new Warehouses(client).list()).containsExactly(Map.of("id", "w"));
        assertThat(new Warehouses(client).get("w")).containsEntry("state", "RUNNING");
        assertThat(new Clusters(client).list())
                .toIterable()
                .extracting("cluster_id")
                .containsExactly("a", "b");
        assertThat(new Clusters(client).get("a")).containsEntry("state", "PENDING");
    }

    private DatabricksException failure(String scope, String key) {
        return catchThrowableOfType(DatabricksException.class, () -> new Secrets(client).get(scope, key));
    }
}
