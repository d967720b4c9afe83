package com.clarifai.databricks.app;

import com.clarifai.databricks.flow.run.Run;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.slf4j.MDC;

/**
 * Gives each log line the flow and the id of the run that it is about, as long as a step of the run is at work.
 *
 * <p>What the thread was at before comes back when the step returns. Not camel-mdc 4.18.0: that clears the thread on which a
 * step ends, and leaves its ids on the thread of a pool where it began, for the lines of what comes next.
 */
final class RunsInLogs implements InterceptStrategy {

    private static final String FLOW = "runFlow";
    private static final String ID = "runId";

    private RunsInLogs() {}

    /** To be called before the routes are made. */
    static void name(CamelContext context) {
        context.getCamelContextExtension().addInterceptStrategy(new RunsInLogs());
    }

    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
        return new DelegateAsyncProcessor(AsyncProcessorConverterHelper.convert(target)) {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                Map<String, String> before = MDC.getCopyOfContextMap();
                Run run = exchange.getVariable(Run.VARIABLE, Run.class);
                put(FLOW, run == null ? null : run.flow());
                put(ID, run == null ? null : run.id());
                try {
                    return super.process(exchange, callback);
                } finally {
                    MDC.setContextMap(before == null ? Map.of() : before);
                }
            }
        };
    }

    private static void put(String name, String value) {
        if (value == null) {
            MDC.remove(name);
        } else {
            MDC.put(name, value);
        }
    }
}
