package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FakeWorkspace;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretPropertiesFunctionTest {

    private static final String GET = "GET /api/2.0/secrets/get?scope=clarifai&key=";

    private final FakeWorkspace workspace = new FakeWorkspace();

    @AfterEach
    void stop() {
        workspace.close();
    }

    private String resolve(String text) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getComponent("databricks", DatabricksComponent.class).setClient(workspace.client());
            context.start();
            return context.resolvePropertyPlaceholders(text);
        }
    }

    @Test
    void aPlaceholderBecomesTheSecret() throws Exception {
        workspace.on(GET + "CLARIFAI_PAT", json("{\"value\":\"c2ho\"}"));

        assertThat(resolve("Key {{databricks:clarifai/CLARIFAI_PAT}}")).isEqualTo("Key shh");
    }

    @Test
    void ofSeveralKeysTheFirstThatIsThereCounts() throws Exception {
        workspace
                .on(GET + "CLARIFAI_PAT", error(404, "RESOURCE_DOES_NOT_EXIST", "no such key"))
                .on(GET + "clarifai-pat", json("{\"value\":\"c2ho\"}"));

        assertThat(resolve("{{databricks:clarifai/CLARIFAI_PAT,clarifai-pat}}")).isEqualTo("shh");
    }

    @Test
    void aValueForWhenThereIsNoneIsNotUsedWhenTheSecretMayNotBeRead() throws Exception {
        workspace
                .on(GET + "none", error(404, "RESOURCE_DOES_NOT_EXIST", "no such key"))
                .on("GET /api/2.0/secrets/list", json("{}"))
                .on(GET + "closed", error(403, "PERMISSION_DENIED", "no READ"));

        assertThat(resolve("{{databricks:clarifai/none:else:where}}")).isEqualTo("else:where");
        assertThatThrownBy(() -> resolve("{{databricks:clarifai/closed:elsewhere}}"))
                .hasRootCauseInstanceOf(DatabricksException.class)
                .hasStackTraceContaining("put-acl clarifai");
    }

    @Test
    void aPlaceholderWithoutScopeOrKeyIsRefused() {
        for (String wrong : new String[] {"clarifai", "clarifai/", "/key"}) {
            assertThatThrownBy(() -> resolve("{{databricks:" + wrong + "}}"))
                    .hasStackTraceContaining("must be {{databricks:scope/key}}");
        }
        assertThat(workspace.requests()).isEmpty();
    }

    @Test
    void optionsOfOtherComponentsCanBeSecretsWhicheverCamelMainConfiguresFirst() {
        workspace.on(GET + "CLARIFAI_PAT", json("{\"value\":\"c2ho\"}"));
        Properties properties = new Properties();
        properties.setProperty("databricks.token", FakeWorkspace.TOKEN);
        properties.setProperty(
                "camel.component.clarifai.personal-access-token", "{{databricks:clarifai/CLARIFAI_PAT}}");
        properties.setProperty("camel.component.databricks.host", workspace.host());
        properties.setProperty("camel.component.databricks.token", "{{databricks.token}}");
        properties.setProperty("camel.component.databricks.files-concurrency", "3");
        Main main = new Main();
        main.setOverrideProperties(properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.start();
        try {
            CamelContext context = main.getCamelContext();

            assertThat(context.getComponent("clarifai", ClarifaiComponent.class).getPersonalAccessToken())
                    .isEqualTo("shh");
            assertThat(context.getComponent("databricks", DatabricksComponent.class)
                            .getFilesConcurrency())
                    .isEqualTo(3);
            assertThat(workspace.requests().get(0).header("Authorization")).isEqualTo("Bearer " + FakeWorkspace.TOKEN);
        } finally {
            main.stop();
        }
    }
}
