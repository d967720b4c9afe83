package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Warehouse.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.workspace.Metastore;
import com.clarifai.databricks.sandbox.workspace.WorkspaceServer;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ThriftTest extends StatementsContract {

    private static final String PATH = "sql/protocolv1/o/" + WorkspaceServer.ORG_ID + "/";

    private WorkspaceServer workspace;

    ThriftTest() {
        super(Warehouse.Protocol.THRIFT);
    }

    @BeforeEach
    void startWorkspace(Warehouse shared) throws IOException {
        workspace = WorkspaceServer.start(
                new Metastore(shared.root),
                shared.traffic,
                new WorkspaceServer.Options(
                        0,
                        Optional.empty(),
                        new WorkspaceServer.Credentials("token", "client", "secret", "tenant", Duration.ofHours(1)),
                        () -> Duration.ofMillis(500),
                        0,
                        "pat",
                        shared.endpoint.handler(),
                        shared.endpoint.thrift(),
                        shared.endpoint::closeSessions,
                        shared.endpoint.switches(),
                        shared.endpoint::describe,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        Map.of()));
    }

    @AfterEach
    void stopWorkspace() {
        workspace.close();
    }

    @Test
    void sessionThatIsGoneIsToldAsTheRealOneDoes() throws Exception {
        HttpResponse<Void> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(workspace.controlUrl() + "/sessions"))
                                .DELETE()
                                .build(),
                        BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);

        assertThatThrownBy(() -> query(connection, "SELECT 1")).hasMessageContaining("Invalid SessionHandle");

        connection = warehouse.connect(Warehouse.Protocol.THRIFT, "");
        assertThat(query(connection, "SELECT 1")).containsExactly("1");
    }

    @Test
    void terminatedClusterStartsForAConnection() throws Exception {
        force("state=TERMINATED");

        try (Connection cluster = connectTo(PATH + WorkspaceServer.CLUSTER_ID, "token")) {
            assertThat(query(cluster, "SELECT 2 + 2")).containsExactly("4");
        }
    }

    @Test
    void anOldRuntimeTakesNoParameters() throws Exception {
        try (Connection cluster = connectTo(PATH + "0101-000000-oldrun13", "token");
                PreparedStatement statement = cluster.prepareStatement("SELECT ? AS a")) {
            statement.setString(1, "x");
            assertThatThrownBy(statement::executeQuery).hasMessageContaining("UNBOUND_SQL_PARAMETER");
            assertThat(query(cluster, "SELECT 2 + 2")).containsExactly("4");
        }
    }

    @Test
    void warehouseSpeaksThriftToo() throws Exception {
        try (Connection other =
                connectTo("sql/1.0/warehouses/" + WorkspaceServer.WAREHOUSE_ID + ";UseThriftClient=1", "token")) {
            assertThat(query(other, "SELECT 2 + 2")).containsExactly("4");
        }
    }

    @Test
    void clusterThatMayNotOrCannotStartTellsWhy() throws Exception {
        force("state=TERMINATED&start=denied");
        assertThatThrownBy(() -> connectTo(PATH + WorkspaceServer.CLUSTER_ID, "token"))
                .hasStackTraceContaining("403")
                .hasStackTraceContaining("PERMISSION_DENIED");

        force("state=TERMINATED&start=AZURE_QUOTA_EXCEEDED_EXCEPTION");
        assertThatThrownBy(() -> connectTo(PATH + WorkspaceServer.CLUSTER_ID, "token"))
                .hasStackTraceContaining("AZURE_QUOTA_EXCEEDED_EXCEPTION");
    }

    @Test
    void wrongTokenAndUnknownComputeAreRefused() {
        assertThatThrownBy(() -> connectTo(PATH + WorkspaceServer.CLUSTER_ID, "wrong"))
                .hasStackTraceContaining("401")
                .hasStackTraceContaining("Invalid access token");
        assertThatThrownBy(() -> connectTo(PATH + "none", "token"))
                .hasStackTraceContaining("No cluster found matching: none");
        assertThatThrownBy(() -> connectTo("sql/1.0/warehouses/0123456789abcdef;UseThriftClient=1", "token"))
                .hasStackTraceContaining("404")
                .hasStackTraceContaining("SQL warehouse 0123456789abcdef does not exist.");
        assertThatThrownBy(() -> connectTo("sql/protocolv1/o/1/" + WorkspaceServer.CLUSTER_ID, "token"))
                .hasStackTraceContaining("Invalid workspace id: 1");
    }

    @Test
    void oauthTokenIsPassedThroughByTheDriver() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(workspace.url() + "/oidc/v1/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("grant_type=client_credentials&scope=all-apis"
                                        + "&client_id=client&client_secret=secret"))
                                .build(),
                        BodyHandlers.ofString());
        Properties properties = new Properties();
        properties.put(
                "Auth_AccessToken",
                new ObjectMapper().readTree(answer.body()).path("access_token").asText());

        try (Connection cluster = DriverManager.getConnection(
                url(PATH + WorkspaceServer.CLUSTER_ID) + ";AuthMech=11;Auth_Flow=0", properties)) {
            assertThat(query(cluster, "SELECT 2 + 2")).containsExactly("4");
        }
    }

    private Connection connectTo(String path, String token) throws SQLException {
        Properties properties = new Properties();
        properties.put("PWD", token);
        return DriverManager.getConnection(url(path) + ";AuthMech=3;UID=token", properties);
    }

    private String url(String path) {
        return "jdbc:databricks://127.0.0.1:" + workspace.url().getPort() + ";ssl=0;EnableTelemetry=0;httpPath=" + path;
    }

    private void force(String query) throws Exception {
        URI uri = URI.create(workspace.controlUrl() + "/clusters?id=" + WorkspaceServer.CLUSTER_ID + "&" + query);
        HttpResponse<Void> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).POST(BodyPublishers.noBody()).build(), BodyHandlers.discarding());
        assertThat(response.statusCode()).isEqualTo(200);
    }
}
