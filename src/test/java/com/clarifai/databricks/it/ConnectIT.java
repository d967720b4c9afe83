package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.SelfSigned;
import com.clarifai.databricks.it.ConnectProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to connect that need the whole application. */
@TestInstance(Lifecycle.PER_CLASS) // names of its own when it is run again
class ConnectIT {

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private static final int START_MILLIS = 10_000;
    /** Longer than the sandbox's OAuth tokens are valid. */
    private static final int LONG_START_MILLIS = 15_000;

    private static final int USUAL_START_MILLIS = 2_000;

    private Sandbox sandbox;
    private ClarifaiApp app;

    @BeforeAll
    void connect() {
        sandbox = Sandbox.shared();
        app = ClarifaiApp.create(sandbox, "connect-" + suffix);
    }

    @AfterEach
    void everythingRuns() {
        sandbox.clearFaults();
        sandbox.setting("start-delay", USUAL_START_MILLIS);
        sandbox.setting("unified-host", 0);
        sandbox.sql("session-statements", "0");
        sandbox.compute("clusters", sandbox.setting("sandbox.cluster-id"), "RUNNING", "ok");
        sandbox.compute("warehouses", sandbox.setting("databricks.warehouse-id"), "RUNNING", "ok");
    }

    private Result importCat(Map<String, String> settings, String table) {
        return ConnectRun.run(
                sandbox.settingsWith(settings),
                VolumeImport.arguments(sandbox.setting("sandbox.volume"), table, app, "--filter", "cat.jpg"));
    }

    private ConnectProcess startImport(Map<String, String> environment, Map<String, String> settings, String table) {
        return ConnectProcess.start(
                ConnectProcess.home(),
                environment,
                sandbox.settingsWith(settings),
                VolumeImport.arguments(sandbox.setting("sandbox.volume"), table, app, "--filter", "cat.jpg"));
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
        String table = "connect_cluster_" + suffix;
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
        assertThat(sandbox.calls("oidc:token")).as("tokens given out").isGreaterThan(1);
        assertThat(sandbox.query("SELECT status FROM main.default." + table))
                .containsExactly(Map.of("status", "PROCESSED"));
    }

    @Test
    @Tag("nightly")
    void aTokenThatExpiresInTheMiddleEndsTheRunWhichThenCanBeRepeated() {
        String table = "connect_expired_" + suffix;
        sandbox.compute("warehouses", sandbox.setting("databricks.warehouse-id"), "STOPPED", "ok");
        sandbox.fault("warehouses:get=401,after=1");

        Result expired = importCat(Map.of(), table);
        sandbox.clearFaults();
        Result repeated = importCat(Map.of(), table);

        assertThat(expired.exitCode()).isEqualTo(1);
        assertThat(expired.err())
                .contains("error: get warehouse", "has expired or been revoked", "databricks.token", "run it again");
        assertThat(repeated.exitCode()).as(repeated.err()).isZero();
    }

    /** Three runs, which wait for the same start, longer than their first tokens are valid. */
    @Test
    @Tag("nightly")
    void tokensOfAProfileOfTheEnvironmentAndOfAzureAreRenewedInTheMiddle(@TempDir Path directory) throws IOException {
        Path profiles = Files.writeString(
                directory.resolve("profiles"),
                "[robot]\nhost = %s\nclient_id = %s\nclient_secret = %s\n"
                        .formatted(
                                sandbox.setting("databricks.host"),
                                sandbox.setting("sandbox.client-id"),
                                sandbox.setting("sandbox.client-secret")));
        Map<String, String> byProfile = without(Map.of(
                "databricks.host", "",
                "databricks.config-file", profiles.toString(),
                "databricks.config-profile", "robot",
                "databricks.warehouse-name", "Sandbox Warehouse"));
        Map<String, String> environment = Map.of(
                "DATABRICKS_HOST", sandbox.setting("databricks.host"),
                "DATABRICKS_CLIENT_ID", sandbox.setting("sandbox.client-id"),
                "DATABRICKS_CLIENT_SECRET", sandbox.setting("sandbox.client-secret"),
                "DATABRICKS_WAREHOUSE_ID", sandbox.setting("databricks.warehouse-id"),
                "CLARIFAI_PAT", sandbox.setting("clarifai.pat"));
        Map<String, String> azure = Map.of(
                "ARM_TENANT_ID", sandbox.setting("sandbox.azure-tenant-id"),
                "ARM_CLIENT_ID", sandbox.setting("sandbox.client-id"),
                "ARM_CLIENT_SECRET", sandbox.setting("sandbox.client-secret"));
        Map<String, String> besidesAzure = without(Map.of(
                "databricks.azure-login-url",
                sandbox.setting("databricks.host"),
                "databricks.warehouse-name",
                "Sandbox Warehouse"));
        sandbox.setting("start-delay", LONG_START_MILLIS);
        sandbox.compute("warehouses", sandbox.setting("databricks.warehouse-id"), "STOPPED", "ok");
        sandbox.clearCalls();

        ConnectProcess profile = startImport(Map.of(), byProfile, "connect_profile_" + suffix);
        ConnectProcess variables =
                startImport(environment, without(Map.of("databricks.host", "")), "connect_environment_" + suffix);
        ConnectProcess entra = startImport(azure, besidesAzure, "connect_azure_" + suffix);
        List<Result> results = List.of(profile.waitFor(), variables.waitFor(), entra.waitFor());

        assertThat(results).allSatisfy(result -> {
            assertThat(result.exitCode()).as(result.err()).isZero();
            assertThat(result.err()).contains("Waiting for warehouse");
        });
        assertThat(sandbox.calls("oidc:token")).as("tokens given out").isGreaterThan(3);
        assertThat(sandbox.calls("entra:token"))
                .as("tokens given out for Azure")
                .isGreaterThan(1);
        for (String kind : List.of("profile", "environment", "azure")) {
            assertThat(sandbox.query("SELECT status FROM main.default.connect_" + kind + "_" + suffix))
                    .containsExactly(Map.of("status", "PROCESSED"));
        }
    }

    @Test
    void aUnifiedHostIsToldWhichWorkspaceIsMeantWithEveryCallAndStatement() {
        String table = "connect_unified_" + suffix;
        String pasted = sandbox.setting("databricks.host") + "/browse?o=" + sandbox.setting("sandbox.workspace-id");
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "databricks.host",
                pasted,
                "databricks.token",
                "",
                "databricks.client-id",
                sandbox.setting("sandbox.client-id"),
                "databricks.client-secret",
                sandbox.setting("sandbox.client-secret")));
        sandbox.setting("unified-host", 1);

        Path config = sandbox.settingsWith(settings);
        Result checked = ConnectRun.run(config, "check", "--app", app.id());
        Result imported = ConnectRun.run(
                config, VolumeImport.arguments(sandbox.setting("sandbox.volume"), table, app, "--filter", "cat.jpg"));
        settings.put("databricks.warehouse-id", "");
        settings.put("databricks.cluster-id", sandbox.setting("sandbox.cluster-id"));
        Result shown = ConnectRun.run(sandbox.settingsWith(settings), "preview", "main.default." + table);
        Result unnamed = ConnectRun.run(sandbox, "preview", "main.default." + table);

        assertThat(checked.exitCode()).as(checked.out() + checked.err()).isZero();
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(shown.exitCode()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("cat.jpg", "PROCESSED");
        assertThat(unnamed.exitCode()).isEqualTo(1);
        assertThat(unnamed.err()).contains("has several workspaces", "databricks.workspace-id");
    }

    @Test
    @Tag("nightly")
    void rightsThatAreMissingAreNamed() {
        sandbox.fault("uc:volumes/get=403");
        Result volume = importCat(Map.of(), "connect_denied_" + suffix);
        sandbox.clearFaults();
        // CONN_INSUFFICIENT_SCOPES
        sandbox.fault("clarifai:GetApp=code:11007");
        Result scope = importCat(Map.of(), "connect_denied_" + suffix);
        sandbox.clearFaults();

        assertThat(volume.exitCode()).isEqualTo(1);
        assertThat(volume.err()).contains("error: get volume main.default.", "ask the owner to grant it");
        assertThat(scope.exitCode()).isEqualTo(1);
        assertThat(scope.err()).contains("error: ", "clarifai.pat", "lacks a scope");
        assertThat(sandbox.tableExists("main.default.connect_denied_" + suffix)).isFalse();
    }

    @Test
    @Tag("nightly")
    void computeThatMayNotBeStartedOrHasNoQuotaIsToldApart() {
        String warehouse = sandbox.setting("databricks.warehouse-id");
        String table = "connect_none_" + suffix;

        sandbox.compute("warehouses", warehouse, "STOPPED", "denied");
        Result denied = importCat(Map.of(), table);
        sandbox.compute("warehouses", warehouse, "STOPPED", "AZURE_QUOTA_EXCEEDED_EXCEPTION");
        Result quota = importCat(Map.of(), table);

        assertThat(denied.exitCode()).isEqualTo(1);
        assertThat(denied.err()).contains("error: start warehouse " + warehouse, "CAN USE");
        assertThat(quota.exitCode()).isEqualTo(1);
        assertThat(quota.err())
                .contains("AZURE_QUOTA_EXCEEDED_EXCEPTION", "ask for a higher one", "databricks.warehouse-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"warehouse-id", "cluster-id"})
    void aRunGoesOnWhenItsSessionsExpireInWhateverWordsThatIsTold(String compute) {
        String table = "connect_sessions_" + compute.replace('-', '_') + "_" + suffix;
        Map<String, String> settings = new HashMap<>(Map.of("databricks.warehouse-id", ""));
        settings.put(
                "databricks." + compute,
                sandbox.setting((compute.equals("warehouse-id") ? "databricks." : "sandbox.") + compute));
        sandbox.sql("session-statements", "3");
        sandbox.clearCalls();

        Result result = ConnectRun.run(
                sandbox.settingsWith(settings),
                VolumeImport.arguments(sandbox.setting("sandbox.volume"), table, app, "--filter", "cat.jpg"));
        long sessions = sandbox.calls("sql:sessions");
        sandbox.sql("session-statements", "0");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(sessions).as("sessions opened").isGreaterThan(2);
        assertThat(sandbox.query("SELECT status FROM main.default." + table)).hasSize(1);
    }

    @Test
    void aClusterThatCannotRunTheStatementsIsRefusedByNameInTheCheckAndBeforeAFlow() {
        Function<String, Path> on = cluster ->
                sandbox.settingsWith(Map.of("databricks.warehouse-id", "", "databricks.cluster-id", cluster));
        String table = "connect_unsuitable_" + suffix;
        String[] arguments =
                VolumeImport.arguments(sandbox.setting("sandbox.volume"), table, app, "--filter", "cat.jpg");

        Result old = ConnectRun.run(on.apply("0101-000000-oldrun13"), "check");
        Result oldImport = ConnectRun.run(on.apply("0101-000000-oldrun13"), arguments);
        Result legacyImport = ConnectRun.run(on.apply("0101-000000-nocatal1"), arguments);
        Result custom = ConnectRun.run(on.apply("0101-000000-customim"), "check");

        assertThat(old.out().lines()).anyMatch(line -> line.matches("FAILED +compute .*13\\.3.*14\\.2 or later.*"));
        assertThat(oldImport.exitCode()).isEqualTo(1);
        assertThat(oldImport.err()).contains("runs Databricks Runtime 13.3", "14.2", "databricks.cluster-id");
        assertThat(legacyImport.exitCode()).isEqualTo(1);
        assertThat(legacyImport.err()).contains("LEGACY_TABLE_ACL", "Standard or Dedicated", "databricks.cluster-id");
        assertThat(sandbox.tableExists("main.default." + table)).isFalse();
        assertThat(custom.exitCode()).as(custom.out()).isZero();
        assertThat(custom.out().lines())
                .anyMatch(line -> line.matches("ok +compute .*custom:.*which may not be 14.2 or later"));
    }

    @Test
    void aManInTheMiddleIsRefused(@TempDir Path directory) throws Exception {
        try (FakeWorkspace middle = new FakeWorkspace(SelfSigned.in(directory).server())) {
            Result databricks = importCat(Map.of("databricks.host", middle.host()), "connect_mitm_" + suffix);
            Result clarifai =
                    ConnectRun.run(sandbox.settingsWith(Map.of("clarifai.base-url", middle.host())), "list", "apps");

            assertThat(databricks.exitCode()).isEqualTo(1);
            assertThat(databricks.err()).contains("TLS handshake failed", "databricks.ca-file");
            assertThat(clarifai.exitCode()).isEqualTo(1);
            assertThat(clarifai.err()).contains("clarifai.base-url", "clarifai.ca-file", "certification path");
            assertThat(middle.requests()).isEmpty();
        }
    }
}
