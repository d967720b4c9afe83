package com.clarifai.databricks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionSettingsTest {

    private static final String HOST = "databricks.host";
    private static final String WORKSPACE_ID = "databricks.workspace-id";
    private static final String HTTP_PATH = "databricks.http-path";
    private static final String TOKEN = "databricks.token";
    private static final String AUTH_TYPE = "databricks.auth-type";
    private static final String CLIENT_ID = "databricks.client-id";
    private static final String CLIENT_SECRET = "databricks.client-secret";
    private static final String TENANT = "databricks.azure-tenant-id";
    private static final String PROFILE = "databricks.config-profile";
    private static final String WAREHOUSE_ID = "databricks.warehouse-id";
    private static final String CLUSTER_ID = "databricks.cluster-id";

    private static final Map<String, String> NONE = Map.of();

    @TempDir
    private Path directory;

    private Path profiles;

    @BeforeEach
    void profiles() throws IOException {
        profiles = Files.writeString(directory.resolve("profiles"), """
                [DEFAULT]
                host = https://default.example.com
                token = default-token
                cluster_id = default-cluster

                [robot]
                host = https://robot.example.com/
                client_id = robot-id
                client_secret = robot-secret
                warehouse_id = robot-warehouse

                [azure]
                host = https://adb-1.2.azuredatabricks.net
                azure_client_id = azure-id
                azure_client_secret = azure-secret
                azure_tenant_id = azure-tenant

                [unified]
                host = https://unified.example.com
                workspace_id = 42
                token = unified-token

                [account]
                host = https://unified.example.com
                workspace_id = none

                [browser]
                host = https://browser.example.com
                auth_type = azure-cli
                """);
    }

    /** @param application lowest, with the file of profiles */
    private Map<String, String> settle(
            Map<String, String> options, Map<String, String> environment, Map<String, String> application) {
        Map<String, String> lowest = new HashMap<>(application);
        lowest.put("databricks.config-file", profiles.toString());
        return ConnectionSettings.settle(List.of(options, environment, lowest), NONE);
    }

    @Test
    void theProfileDefaultCountsWhereNothingElseIsSet() {
        assertThat(settle(NONE, NONE, NONE))
                .containsEntry(HOST, "https://default.example.com")
                .containsEntry(TOKEN, "default-token")
                .containsEntry(AUTH_TYPE, "pat")
                .containsEntry(CLUSTER_ID, "default-cluster");
    }

    @Test
    void aProfileStandsBelowThePlaceThatNamesIt() {
        Map<String, String> environment = Map.of(HOST, "https://robot.example.com", TOKEN, "environment-token");

        assertThat(settle(Map.of(PROFILE, "robot"), environment, NONE))
                .containsEntry(AUTH_TYPE, "oauth-m2m")
                .containsEntry(CLIENT_SECRET, "robot-secret")
                .containsEntry(TOKEN, "");
        assertThat(settle(NONE, environment, Map.of(PROFILE, "robot")))
                .containsEntry(AUTH_TYPE, "pat")
                .containsEntry(TOKEN, "environment-token")
                .containsEntry(CLIENT_SECRET, "")
                .containsEntry(WAREHOUSE_ID, "robot-warehouse");
    }

    @Test
    void theProfileDefaultIsLeftOutWhenAnotherWorkspaceIsMeant() {
        assertThat(settle(NONE, Map.of(HOST, "other.example.com"), NONE))
                .containsEntry(HOST, "other.example.com")
                .containsEntry(TOKEN, "")
                .containsEntry(CLUSTER_ID, "");
        assertThat(settle(NONE, Map.of(HOST, "default.example.com"), NONE)).containsEntry(TOKEN, "default-token");
    }

    @Test
    void aNamedProfileOfAnotherWorkspaceIsRefused() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(Map.of(PROFILE, "robot", HOST, "https://other.example.com"), NONE, NONE))
                .withMessageContainingAll("other.example.com", "'robot'", "--host", "--profile");
    }

    @Test
    void theWorkspaceOfAUnifiedHostIsToldByAPastedUrlByTheSettingOrByAProfile() {
        String unified = "https://unified.example.com";

        for (Map<String, String> place : List.of(
                Map.of(HOST, unified + "/browse?o=42#x"),
                Map.of(HOST, unified, WORKSPACE_ID, "42"),
                Map.of(HOST, unified, HTTP_PATH, "/sql/1.0/warehouses/w?o=42"),
                Map.of(PROFILE, "unified"))) {
            for (int level = 0; level < 3; level++) {
                List<Map<String, String>> places = new ArrayList<>(List.of(NONE, NONE, NONE));
                places.set(level, place);
                assertThat(settle(places.get(0), places.get(1), places.get(2)))
                        .containsEntry(HOST, unified)
                        .containsEntry(WORKSPACE_ID, "42");
            }
        }
        assertThat(settle(Map.of(PROFILE, "account"), NONE, NONE)).containsEntry(WORKSPACE_ID, "");
    }

    @Test
    void anIdThatStandsBesideAnotherHostIsOfThatHost() {
        Map<String, String> unified = Map.of(HOST, "https://unified.example.com/?o=42");

        assertThat(settle(Map.of(HOST, "https://classic.example.com"), unified, NONE))
                .containsEntry(WORKSPACE_ID, "");
        assertThat(settle(Map.of(HOST, "unified.example.com"), unified, NONE)).containsEntry(WORKSPACE_ID, "42");
        assertThat(settle(Map.of(WORKSPACE_ID, "43"), unified, NONE)).containsEntry(WORKSPACE_ID, "43");
    }

    @Test
    void contradictoryWorkspacesAreRefusedByName() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(Map.of(HOST, "https://h/?o=42", WORKSPACE_ID, "43"), NONE, NONE))
                .withMessageContainingAll("databricks.host belongs to workspace 42", "databricks.workspace-id is 43");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(
                        () -> settle(Map.of(PROFILE, "unified", HOST, "https://unified.example.com/?o=43"), NONE, NONE))
                .withMessageContainingAll("?o=43", "'unified'", "?o=42", "--profile", "--workspace-id");
    }

    @Test
    void theTokenOfAProfileGoesToNoOtherWorkspaceOfItsHost() throws IOException {
        Files.writeString(profiles, """
                [DEFAULT]
                host = https://unified.example.com
                workspace_id = 42
                token = default-token
                """);

        assertThat(settle(Map.of(HOST, "https://unified.example.com/?o=43"), NONE, NONE))
                .containsEntry(WORKSPACE_ID, "43")
                .containsEntry(TOKEN, "");
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(Map.of(WORKSPACE_ID, "43"), NONE, NONE))
                .withMessageContainingAll("databricks.workspace-id is 43", "'DEFAULT'", "?o=42");
    }

    @Test
    void aProfileThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(NONE, Map.of(PROFILE, "nobody"), NONE))
                .withMessageContainingAll("'nobody'", "DEFAULT, robot, azure", "DATABRICKS_CONFIG_PROFILE");
    }

    @Test
    void aFileOfProfilesThatIsNotThereIsNamed() {
        profiles = directory.resolve("nowhere");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(NONE, NONE, NONE))
                .withMessageContainingAll("nowhere", "DATABRICKS_CONFIG_FILE");
    }

    @Test
    void aProfileOfAKindThatIsNotSupportedIsRefusedOnlyWhenItsCredentialsAreMeant() {
        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(Map.of(PROFILE, "browser"), NONE, NONE))
                .withMessageContainingAll("azure-cli", "pat, oauth-m2m, azure-client-secret");
        assertThat(settle(Map.of(PROFILE, "browser", TOKEN, "mine"), NONE, NONE))
                .containsEntry(HOST, "https://browser.example.com")
                .containsEntry(TOKEN, "mine");
    }

    @Test
    void aProfileForAzureHasItsOwnNames() {
        assertThat(settle(Map.of(PROFILE, "azure"), NONE, NONE))
                .containsEntry(AUTH_TYPE, "azure-client-secret")
                .containsEntry(CLIENT_ID, "azure-id")
                .containsEntry(CLIENT_SECRET, "azure-secret")
                .containsEntry(TENANT, "azure-tenant");
    }

    @Test
    void whoeverSetsCredentialsFirstSaysOfWhichKindTheyAre() {
        Map<String, String> client = Map.of(CLIENT_ID, "id");

        assertThat(settle(client, Map.of(TOKEN, "t", CLIENT_SECRET, "s"), NONE))
                .containsEntry(AUTH_TYPE, "oauth-m2m")
                .containsEntry(CLIENT_SECRET, "s")
                .containsEntry(TOKEN, "");
        assertThat(settle(Map.of(TOKEN, "t"), client, NONE))
                .containsEntry(AUTH_TYPE, "pat")
                .containsEntry(CLIENT_ID, "");
    }

    @Test
    void twoKindsInOnePlaceNeedAChoice() {
        Map<String, String> both = Map.of(TOKEN, "t", CLIENT_ID, "id", CLIENT_SECRET, "s");

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> settle(NONE, both, NONE))
                .withMessageContainingAll("databricks.token", "databricks.client-id", "DATABRICKS_AUTH_TYPE");
        assertThat(settle(Map.of(AUTH_TYPE, "pat"), both, NONE))
                .containsEntry(TOKEN, "t")
                .containsEntry(CLIENT_ID, "");
        assertThat(settle(Map.of(AUTH_TYPE, "oauth-m2m"), both, NONE))
                .containsEntry(TOKEN, "")
                .containsEntry(CLIENT_ID, "id");
    }

    @Test
    void whoeverChoosesComputeFirstChoosesIt() {
        Map<String, String> environment = Map.of(WAREHOUSE_ID, "w", CLUSTER_ID, "c");

        assertThat(settle(Map.of("databricks.warehouse-name", "W"), environment, NONE))
                .containsEntry("databricks.warehouse-name", "W")
                .containsEntry(WAREHOUSE_ID, "")
                .containsEntry(CLUSTER_ID, "");
        assertThat(settle(Map.of(CLUSTER_ID, "mine"), environment, NONE))
                .containsEntry(WAREHOUSE_ID, "")
                .containsEntry(CLUSTER_ID, "mine");
        assertThat(settle(NONE, environment, NONE))
                .containsEntry(WAREHOUSE_ID, "w")
                .containsEntry(CLUSTER_ID, "");
    }

    @Test
    void theVariablesOfAzureCountLast() {
        Map<String, String> arm = Map.of("ARM_CLIENT_ID", "i", "ARM_CLIENT_SECRET", "s", "ARM_TENANT_ID", "t");
        Map<String, String> host = Map.of(HOST, "adb-1.2.azuredatabricks.net");
        Map<String, String> file = Map.of("databricks.config-file", profiles.toString());

        assertThat(ConnectionSettings.settle(List.of(host, file), arm))
                .containsEntry(AUTH_TYPE, "azure-client-secret")
                .containsEntry(CLIENT_ID, "i")
                .containsEntry(CLIENT_SECRET, "s")
                .containsEntry(TENANT, "t");
        assertThat(ConnectionSettings.settle(List.of(host, Map.of(TOKEN, "mine"), file), arm))
                .containsEntry(AUTH_TYPE, "pat")
                .containsEntry(CLIENT_ID, "");
    }
}
