package com.clarifai.databricks.flow.run;

import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.CamelContextStoppingEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Runs a check while the Camel context is stopping. */
final class StoppingProbe extends EventNotifierSupport {

    private final Runnable check;

    StoppingProbe(Runnable check) {
        this.check = check;
    }

    @Override
    public void notify(CamelEvent event) {
        check.run();
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelContextStoppingEvent;
    }
}
