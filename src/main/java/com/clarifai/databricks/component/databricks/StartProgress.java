package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.SqlCompute.Progress;
import com.clarifai.databricks.model.WaitListener;
import com.clarifai.databricks.model.WaitListener.Wait;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells how the start of compute goes: whoever waits for it with every new state, and the log at once, with every new
 * state, and every ten seconds. Ends with the context.
 */
final class StartProgress implements Consumer<Progress> {

    private static final Logger LOG = LoggerFactory.getLogger(StartProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final CamelContext context;
    private final WaitListener listener;
    private Progress logged;

    StartProgress(CamelContext context, WaitListener listener) {
        this.context = context;
        this.listener = listener;
    }

    @Override
    public void accept(Progress progress) {
        if (context.isStopping()) {
            throw new RejectedExecutionException("stopped while waiting for " + progress.what());
        }
        listener.waitsFor(new Wait(progress.what() + " to start (" + progress.state() + ")"));
        if (logged == null
                || !logged.state().equals(progress.state())
                || progress.waited().minus(logged.waited()).compareTo(INTERVAL) >= 0) {
            LOG.info(
                    "Waiting for {}: {}, {} s",
                    progress.what(),
                    progress.state(),
                    progress.waited().toSeconds());
            logged = progress;
        }
    }
}
