package com.clarifai.databricks.component.clarifai;

import com.clarifai.databricks.clarifai.FakeClarifai;
import org.apache.camel.CamelContext;

/** The component of a context, connected to a stand-in that takes as many requests as come. */
final class ConnectedComponent {

    private ConnectedComponent() {}

    static ClarifaiComponent of(CamelContext context, FakeClarifai clarifai) {
        ClarifaiComponent component = context.getComponent("clarifai", ClarifaiComponent.class);
        component.setBaseUrl(clarifai.url());
        component.setPersonalAccessToken(FakeClarifai.PAT);
        component.setRequestsPerSecond(0);
        return component;
    }
}
