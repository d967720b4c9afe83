package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.WorkspaceClient;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollEndpoint;

/** Browse Unity Catalog, read and write the files of its volumes, and read secrets of a Databricks workspace. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "databricks",
        title = "Databricks",
        syntax = "databricks:operation",
        remote = true,
        category = {Category.CLOUD, Category.FILE},
        headersClass = DatabricksConstants.class)
public class DatabricksEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriParam
    private DatabricksConfiguration configuration;

    public DatabricksEndpoint(String uri, DatabricksComponent component, DatabricksConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new DatabricksProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (configuration.getOperation() != DatabricksOperations.files) {
            throw new IllegalArgumentException("databricks:" + configuration.getOperation()
                    + " is for a step; a route begins with databricks:" + DatabricksOperations.files);
        }
        DatabricksFilesConsumer consumer = new DatabricksFilesConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public DatabricksComponent getComponent() {
        return (DatabricksComponent) super.getComponent();
    }

    WorkspaceClient client() {
        return getComponent().workspaceClient();
    }

    @Override
    public String getServiceUrl() {
        WorkspaceClient given = getComponent().getClient();
        return given == null ? getComponent().getHost() : given.host().toString();
    }

    @Override
    public String getServiceProtocol() {
        return "rest";
    }

    public DatabricksConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(DatabricksConfiguration configuration) {
        this.configuration = configuration;
    }
}
