package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.SelfSigned;
import com.clarifai.databricks.it.ConnectProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways to connect that need the whole application. */
class ConnectIT {

    private static final String SUFFIX = UUID.randomUUID().toString().substring(0, 8);
    private static final int START_MILLIS = 10_000;
    private static final int USUAL_START_MILLIS = 2_000;

    private static Sandbox sandbox;
    private static ClarifaiApp app;

    @BeforeAll
    static void connect() {
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "connect-" + SUFFIX);
    }

    @AfterEach
    void everythingRuns() {
        sandbox.setting("start-delay", USUAL_START_MILLIS);
        sandbox.compute("clusters", sandbox.setting("sandbox.cluster-id"), "RUNNING", "ok");
        sandbox.compute("warehouses", sandbox.setting("databricks.warehouse-id"), "RUNNING", "ok");
    }

    private static Result importCat(Map<String, String> settings, String table) {
        return ConnectProcess.start(
                        sandbox.settingsWith(settings),
                        "import",
                        "volume",
                        "--catalog",
                        "main",
                        "--schema",
                        "default",
                        "--volume",
                        sandbox.setting("sandbox.volume"),
                        "--filter",
                        "cat.jpg",
                        "--table",
                        table,
                        "--app",
                        app.id(),
                        "--dataset",
                        "pictures")
                .waitFor();
    }

    /** Settings without the token, the warehouse and the personal access token that the sandbox offers. */
    private static Map<String, String> without(Map<String, String> others) {
        Map<String, String> settings = new LinkedHashMap<>(others);
        settings.put("databricks.token", "");
        settings.put("databricks.warehouse-id", "");
        settings.put("clarifai.pat", "");
        return settings;
    }

    @Test
    void aServicePrincipalStartsAClusterAndOutlivesItsTokensWithThePatFromASecret() {
        String table = "connect_cluster_" + SUFFIX;
        sandbox.setting("start-delay", START_MILLIS);
        sandbox.compute("clusters", sandbox.setting("sandbox.cluster-id"), "TERMINATED", "ok");
        sandbox.clearCalls();

        Result result = importCat(
                without(Map.of(
                        "databricks.client-id", sandbox.setting("sandbox.client-id"),
                        "databricks.client-secret", sandbox.setting("sandbox.client-secret"),
                        "databricks.cluster-id", sandbox.setting("sandbox.cluster-id"))),
                table);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).contains("Waiting for cluster " + sandbox.setting("sandbox.cluster-id"), "PENDING");
        assertThat(result.err())
                .doesNotContain(sandbox.setting("sandbox.client-secret"), sandbox.setting("clarifai.pat"));
        assertThat(sandbox.calls("clusters:start")).isEqualTo(1);
        assertThat(sandbox.calls("oidc:token")).as("tokens given out").isGreaterThan(2);
        assertThat(sandbox.query("SELECT status FROM main.default." + table))
                .containsExactly(Map.of("status", "PROCESSED"));
    }

    @Test
    void aProfileAndTheNameOfAWarehouseAreEnough(@TempDir Path directory) throws IOException {
        Path profiles = Files.writeString(
                directory.resolve("profiles"),
                "[robot]\nhost = %s\ntoken = %s\n"
                        .formatted(sandbox.setting("databricks.host"), sandbox.setting("databricks.token")));
        String table = "connect_profile_" + SUFFIX;

        Result result = importCat(
                without(Map.of(
                        "databricks.host", "",
                        "databricks.config-file", profiles.toString(),
                        "databricks.config-profile", "robot",
                        "databricks.warehouse-name", "Sandbox Warehouse")),
                table);

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(sandbox.tableExists("main.default." + table)).isTrue();
    }

    @Test
    void computeThatMayNotBeStartedOrHasNoQuotaIsToldApart() {
        String warehouse = sandbox.setting("databricks.warehouse-id");
        String table = "connect_none_" + SUFFIX;

        sandbox.compute("warehouses", warehouse, "STOPPED", "denied");
        Result denied = importCat(Map.of(), table);
        sandbox.compute("warehouses", warehouse, "STOPPED", "AZURE_QUOTA_EXCEEDED_EXCEPTION");
        Result quota = importCat(Map.of(), table);

        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.err()).contains("error: start warehouse " + warehouse, "CAN USE");
        assertThat(quota.exitCode()).isEqualTo(1);
        assertThat(quota.err())
                .contains("AZURE_QUOTA_EXCEEDED_EXCEPTION", "have the quota raised", "databricks.warehouse-id");
    }

    @Test
    void aManInTheMiddleIsRefused(@TempDir Path directory) throws Exception {
        try (FakeWorkspace middle = new FakeWorkspace(SelfSigned.in(directory).server())) {
            Result databricks = importCat(Map.of("databricks.host", middle.host()), "connect_mitm_" + SUFFIX);
            Result clarifai = ConnectProcess.start(
                            sandbox.settingsWith(Map.of("clarifai.base-url", middle.host())), "list", "apps")
                    .waitFor();

            assertThat(databricks.exitCode()).isEqualTo(1);
            assertThat(databricks.err()).contains("TLS handshake failed", "databricks.ca-file");
            assertThat(clarifai.exitCode()).isEqualTo(1);
            assertThat(clarifai.err()).contains("clarifai.base-url", "clarifai.ca-file", "certification path");
            assertThat(middle.requests()).isEmpty();
        }
    }
}
