package com.clarifai.databricks.flow;

import com.clarifai.databricks.flow.run.Run;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.SynchronizationRouteAware;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Notes what a flow has failed for as soon as its route ends: the steps that Camel then runs ({@code onCompletion}) are not
 * given the exception.
 */
final class FailureNote extends SynchronizationAdapter {

    private final Run run;

    FailureNote(Run run) {
        this.run = run;
    }

    @Override
    public SynchronizationRouteAware getRouteSynchronization() {
        return new SynchronizationRouteAware() {
            @Override
            public void onBeforeRoute(Route route, Exchange exchange) {
                // it has begun already
            }

            @Override
            public void onAfterRoute(Route route, Exchange exchange) {
                if (run.flow().equals(route.getId())) {
                    run.failFor(exchange.getException());
                }
            }
        };
    }
}
