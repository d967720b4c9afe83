package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.Run;
import com.clarifai.databricks.flow.Runs;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;

/** Runs one flow to its end, shows how far it is, and prints the summary. */
final class FlowRunner {

    private final Settings settings;
    private final boolean json;

    private FlowRunner(Settings settings, boolean json) {
        this.settings = settings;
        this.json = json;
    }

    /**
     * Runs a flow with the settings of the command line, once all that it cannot do without are there.
     *
     * @return the exit code
     */
    static int run(ConnectCommand connect, String flow, Map<String, Object> options, boolean failOnRejects) {
        Run run = run(connect, flow, options, application -> {});
        return failOnRejects && run.get(Run.Count.REJECTED) > 0 ? ExitCode.REJECTS : ExitCode.OK;
    }

    /**
     * The same.
     *
     * @param afterwards what else to print once the summary is, unless that is JSON
     */
    static Run run(
            ConnectCommand connect, String flow, Map<String, Object> options, Consumer<CamelContext> afterwards) {
        Settings settings = connect.settings();
        Requirements.databricks(settings);
        Requirements.sql(settings);
        Requirements.clarifai(settings);
        return new FlowRunner(settings, connect.json()).run(flow, options, afterwards);
    }

    /**
     * @param flow the route to start, by its id: {@code direct:<flow>}
     * @param options headers for that route
     */
    private Run run(String flow, Map<String, Object> options, Consumer<CamelContext> afterwards) {
        Run run = Runs.open(flow);
        try (Application application = Application.start(settings, true)) {
            if (application.context().getRoute(flow) == null) {
                throw new InvalidSettingException("'" + flow + "' is no flow, that is, no route has this id:"
                        + " 'databricks-connect routes' shows those that there are");
            }
            Exchange exchange =
                    ExchangeBuilder.anExchange(application.context()).build();
            exchange.getMessage().setHeaders(options);
            exchange.setVariable(Runs.VARIABLE, run);
            try (ProgressDisplay display = ProgressDisplay.start(run)) {
                application.context().createProducerTemplate().send("direct:" + flow, exchange);
            }
            if (exchange.getException() != null) {
                throw new RunFailedException(exchange.getException());
            }
            print(run);
            if (!json) {
                afterwards.accept(application.context());
            }
        }
        return run;
    }

    private void print(Run run) {
        if (json) {
            try {
                System.out.println(new ObjectMapper().writeValueAsString(run.summary()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        } else {
            System.out.println(Summary.of(run));
        }
    }
}
