package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionSettingsTest {

    private static final String HOST = "databricks.host";
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

                [browser]
                host = https://browser.example.com
                auth_type = databricks-cli
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
                .withMessageContainingAll("databricks-cli", "pat, oauth-m2m, azure-client-secret");
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
