package com.clarifai.databricks.component.clarifai;

import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.ScheduledPollEndpoint;

/** Look up, upload, update, annotate, list and delete the inputs of a Clarifai app, batch by batch. */
@UriEndpoint(
        firstVersion = "0.1.0",
        scheme = "clarifai",
        title = "Clarifai",
        syntax = "clarifai:operation",
        category = {Category.AI, Category.CLOUD},
        headersClass = ClarifaiConstants.class)
public class ClarifaiEndpoint extends ScheduledPollEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriParam
    private final ClarifaiConfiguration configuration;

    public ClarifaiEndpoint(String uri, ClarifaiComponent component, ClarifaiConfiguration configuration) {
        super(uri, component);
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() {
        return new ClarifaiProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        if (configuration.getOperation() != ClarifaiOperations.inputs) {
            throw new IllegalArgumentException("clarifai:" + configuration.getOperation()
                    + " is for a step; a route begins with clarifai:" + ClarifaiOperations.inputs);
        }
        ClarifaiInputsConsumer consumer = new ClarifaiInputsConsumer(this, processor);
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    public ClarifaiComponent getComponent() {
        return (ClarifaiComponent) super.getComponent();
    }

    public ClarifaiConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        ClarifaiComponent component = getComponent();
        return component.getClient() == null
                ? component.getBaseUrl()
                : component.getClient().settings().baseUrl().toString();
    }

    @Override
    public String getServiceProtocol() {
        return "grpc";
    }
}
