package com.clarifai.databricks.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;
import org.apache.camel.util.SensitiveUtils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A foreign application logs the properties that it starts with: Camel masks values by the names of their options. */
class SecretOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"clarifai", "databricks"})
    void secretsHaveNamesThatCamelMasksInEveryApplication(String component) throws Exception {
        String json = new String(SecretOptionsTest.class
                .getResourceAsStream(
                        "/META-INF/com/clarifai/databricks/component/" + component + "/" + component + ".json")
                .readAllBytes());
        ComponentModel model = JsonMapper.generateComponentModel(json);

        List<String> secrets = model.getComponentOptions().stream()
                .filter(BaseOptionModel::isSecret)
                .map(BaseOptionModel::getName)
                .toList();

        assertThat(secrets).isNotEmpty().allMatch(SensitiveUtils::containsSensitive);
    }
}
