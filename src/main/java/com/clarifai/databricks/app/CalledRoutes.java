package com.clarifai.databricks.app;

import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.seda.SedaEndpoint;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Starts only those routes that wait to be called by others of this process.
 *
 * <p>A route that takes something by itself, from a timer, a folder, a bucket, a queue, is a service: a command that shows
 * a table must not start it because its file is there.
 */
final class CalledRoutes extends LifecycleStrategySupport {

    /** Group of the routes that are part of every run, though they have a timer. */
    static final String IN_EVERY_RUN = "in-every-run";

    private CalledRoutes() {}

    /** To be called before the context starts. */
    static void only(CamelContext context) {
        context.addLifecycleStrategy(new CalledRoutes());
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        for (Route route : routes) {
            if (!isCalled(route.getEndpoint()) && !IN_EVERY_RUN.equals(route.getGroup())) {
                route.setAutoStartup(false);
            }
        }
    }

    private static boolean isCalled(Endpoint endpoint) {
        return endpoint instanceof DirectEndpoint
                || endpoint instanceof SedaEndpoint
                // by name: camel-kamelet is there only where somebody has added it
                || endpoint.getEndpointUri().startsWith("kamelet:");
    }
}
