package com.clarifai.databricks.component;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.JsonMapper;

/** What Camel's tools know of the components: their generated metadata. */
final class ComponentModels {

    static ComponentModel of(String component) throws IOException {
        String resource = "/META-INF/com/clarifai/databricks/component/" + component + "/" + component + ".json";
        try (InputStream in = ComponentModels.class.getResourceAsStream(resource)) {
            return JsonMapper.generateComponentModel(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private ComponentModels() {}
}
