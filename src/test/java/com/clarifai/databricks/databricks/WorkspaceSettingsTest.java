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

    @Test
    void doesNotPrintTheToken() {
        assertThat(WorkspaceSettings.of("host", "dapi-secret")).asString().doesNotContain("dapi-secret");
    }

    @Test
    void refusesLimitsThatAllowNothing() {
        WorkspaceSettings settings = WorkspaceSettings.of("host", "t");

        assertThatIllegalArgumentException().isThrownBy(() -> settings.withFilesLimits(0, 50));
        assertThatIllegalArgumentException().isThrownBy(() -> settings.withFilesLimits(5, 0));
    }
}
