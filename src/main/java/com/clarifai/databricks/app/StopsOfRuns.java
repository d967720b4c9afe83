package com.clarifai.databricks.app;

import com.clarifai.databricks.delta.StopSignal;
import com.clarifai.databricks.flow.run.Run;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Has each SQL statement end that is still running when its run was cancelled, or the application is stopped. */
final class StopsOfRuns implements InterceptStrategy {

    private static final String SQL = "jdbc:";

    private final AtomicReference<Instant> stopSeen = new AtomicReference<>();

    private StopsOfRuns() {}

    /** To be called before the routes are made. */
    static void reachStatements(CamelContext context) {
        context.getCamelContextExtension().addInterceptStrategy(new StopsOfRuns());
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        if (!(definition instanceof ToDefinition to) || !to.getUri().startsWith(SQL)) {
            return target;
        }
        return new DelegateAsyncProcessor(AsyncProcessorConverterHelper.convert(target)) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Run run = exchange.getVariable(Run.VARIABLE, Run.class);
                try (StopSignal signal = StopSignal.during(() -> asked(context, run))) {
                    return super.process(exchange, callback);
                }
            }
        };
    }

    private Instant asked(CamelContext context, Run run) {
        if (!context.isStopping()) {
            return run == null ? null : run.cancelledAt();
        }
        stopSeen.compareAndSet(null, Instant.now());
        return stopSeen.get();
    }
}
