package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.delta.DeltaDataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/** SQL connections to the workspace that the databricks component calls, as whom the component calls it. */
public class DatabricksDataSource extends DeltaDataSource implements CamelContextAware {

    private CamelContext camelContext;

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
        setWorkspace(() -> camelContext
                .getComponent("databricks", DatabricksComponent.class)
                .workspaceClient());
    }
}
