package com.clarifai.databricks.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveSettingsTest {

    @Test
    void everythingThatIsMissingIsNamed() {
        assertThat(new LiveSettings(Map.of("CLARIFAI_PAT", "pat", "LIVE_APP", " ")).missing())
                .hasSize(5)
                .anyMatch(names -> names.contains("DATABRICKS_TOKEN or DATABRICKS_CLIENT_SECRET"))
                .contains("LIVE_CATALOG", "LIVE_APP");
    }

    @Test
    void aProfileSaysAllOfDatabricks() {
        assertThat(new LiveSettings(Map.of(
                                "DATABRICKS_CONFIG_PROFILE", "robot",
                                "CLARIFAI_PAT", "pat",
                                "LIVE_CATALOG", "main",
                                "LIVE_APP", "app"))
                        .missing())
                .isEmpty();
    }
}
