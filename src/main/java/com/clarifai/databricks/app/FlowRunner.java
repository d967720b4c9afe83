package com.clarifai.databricks.app;

import com.clarifai.databricks.flow.parameter.DeclaredParameters;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import com.google.common.collect.Sets;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/** Runs one flow to its end in an application of its own, for whoever sits at this machine: it may read its files. */
public final class FlowRunner {

    private FlowRunner() {}

    /**
     * Runs a flow, once all settings that it cannot do without are there.
     *
     * @throws InvalidSettingException when one is missing, or there is no such flow
     * @throws RunFailedException when the run did not come to its end
     */
    public static Run run(Settings settings, FlowParameters parameters, FlowRequest request, RunObserver observer) {
        Requirements.flow(settings);
        Run run = Run.open(request.flow()).withLocalFiles();
        Set<String> called = Sets.union(Set.of(request.flow()), observer.calls());
        try (Application application = Application.start(settings, parameters, called)) {
            if (application.context().getRoute(request.flow()) == null) {
                throw new InvalidSettingException("'" + request.flow() + "' is not a flow: no route has this id;"
                        + " 'databricks-connect routes' shows those that there are");
            }
            requireParameters(application.context(), request);
            Exchange exchange =
                    ExchangeBuilder.anExchange(application.context()).build();
            exchange.getMessage().setHeaders(request.headers());
            exchange.setVariable(Run.VARIABLE, run);
            observer.started(run);
            try {
                application.context().createProducerTemplate().send("direct:" + request.flow(), exchange);
            } finally {
                observer.stopped(run);
            }
            if (exchange.getException() != null) {
                throw new RunFailedException(exchange.getException());
            }
            observer.completed(run, application.context());
        }
        return run;
    }

    private static void requireParameters(CamelContext context, FlowRequest request) {
        try {
            DeclaredParameters.check(context, request.flow(), request.headers());
        } catch (WrongParameterException e) {
            throw new InvalidSettingException(e.getMessage());
        }
    }
}
