package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FakeWorkspace;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;

/** A context whose databricks component talks to a scripted workspace, without real waits. */
class DatabricksTestSupport extends CamelTestSupport {

    static final String VOLUME = "/Volumes/main/default/images";
    static final String FILES = "/api/2.0/fs/files" + VOLUME;
    static final String DIRECTORIES = "/api/2.0/fs/directories" + VOLUME;
    static final String UNITY_CATALOG = "/api/2.1/unity-catalog";
    static final Map<String, Object> MAIN_DEFAULT_IMAGES = Map.of(
            DatabricksConstants.CATALOG, "main",
            DatabricksConstants.SCHEMA, "default",
            DatabricksConstants.VOLUME, "images");

    final FakeWorkspace workspace = new FakeWorkspace();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.getComponent("databricks", DatabricksComponent.class).setClient(workspace.client());
        return context;
    }

    @AfterEach
    void stopWorkspace() {
        workspace.close();
    }

    Exchange send(String uri, Object body) {
        return send(uri, body, Map.of());
    }

    Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template().request(uri, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    static DatabricksException failure(Exchange exchange) {
        return exchange.getException(DatabricksException.class);
    }
}
