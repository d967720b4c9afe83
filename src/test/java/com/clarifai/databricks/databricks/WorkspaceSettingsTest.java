package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "adb-1.2.azuredatabricks.net,https://adb-1.2.azuredatabricks.net",
        "https://x.cloud.databricks.com/,https://x.cloud.databricks.com",
        "https://x.cloud.databricks.com/?o=12#job/3,https://x.cloud.databricks.com",
        "http://localhost:8080,http://localhost:8080",
        "localhost:8443,https://localhost:8443"
    })
    void understandsTheAddressesPeopleGive(String given, String host) {
        assertThat(WorkspaceSettings.of(given, "t").host()).hasToString(host);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "ftp://host", "https://", "https://user:pw@host", "https://not a host"})
    void refusesWhatIsNoAddress(String given) {
        assertThatIllegalArgumentException().isThrownBy(() -> WorkspaceSettings.of(given, "t"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://x.databricks.com/?o=12#job/3?o=13, 12",
        "x.databricks.com/browse/folders/1?x=|&o=12, 12",
        "https://x.databricks.com?workspace_id=ws-a1, ws-a1",
        "https://x.databricks.com/#job?o=12,",
        "https://x.databricks.com/?info=12,"
    })
    void anAddressMayNameTheWorkspace(String given, String id) {
        WorkspaceAddress address = WorkspaceAddress.parse(given);

        assertThat(address.host()).hasToString("https://x.databricks.com");
        assertThat(address.workspaceId()).isEqualTo(id);
    }

    @Test
    void aWorkspaceIsNamedByItsSettingOrItsAddress() {
        WorkspaceAddress named = WorkspaceAddress.parse("https://x?o=12");

        assertThat(WorkspaceAddress.parse("x").withId(" 12 ")).isEqualTo(named);
        assertThat(named.withId("12")).isEqualTo(named);
        assertThat(named.withId("")).isEqualTo(named);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named.withId("13"))
                .withMessageContainingAll("databricks.host", "12", "databricks.workspace-id", "13");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> named.withId("13\r\nX: y"))
                .withMessageContaining("databricks.workspace-id");
    }

    @Test
    void doesNotPrintTheToken() {
        assertThat(WorkspaceSettings.of("host", "dapi-secret")).asString().doesNotContain("dapi-secret");
    }

    @Test
    void refusesLimitsThatAllowNothing() {
        WorkspaceSettings settings = WorkspaceSettings.of("host", "t");

        assertThatIllegalArgumentException().isThrownBy(() -> settings.withFilesLimits(0, 50));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withFilesLimits(5, -1));
    }
}
