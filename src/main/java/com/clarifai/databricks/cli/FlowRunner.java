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
    private final boolean quiet;

    private FlowRunner(Settings settings, boolean json, boolean quiet) {
        this.settings = settings;
        this.json = json;
        this.quiet = quiet;
    }

    /**
     * Runs a flow with the settings of the command line, once all that it cannot do without are there.
     *
     * @param afterwards what else to print once the summary is, unless that is JSON
     * @return the exit code
     */
    static int run(ConnectCommand connect, FlowRequest request, Consumer<CamelContext> afterwards) {
        Settings settings = connect.settings();
        Requirements.flow(settings);
        Run run = new FlowRunner(settings, connect.json(), connect.quiet()).run(request, afterwards);
        return request.failOnRejects() && run.get(Run.Count.REJECTED) > 0 ? ExitCode.REJECTS : ExitCode.OK;
    }

    private Run run(FlowRequest request, Consumer<CamelContext> afterwards) {
        Run run = Runs.open(request.flow());
        try (Application application = Application.start(settings, true)) {
            if (application.context().getRoute(request.flow()) == null) {
                throw new InvalidSettingException("'" + request.flow() + "' is no flow, that is, no route has this id:"
                        + " 'databricks-connect routes' shows those that there are");
            }
            Exchange exchange =
                    ExchangeBuilder.anExchange(application.context()).build();
            exchange.getMessage().setHeaders(request.headers());
            exchange.setVariable(Runs.VARIABLE, run);
            try (ProgressDisplay display = quiet ? null : ProgressDisplay.start(run)) {
                application.context().createProducerTemplate().send("direct:" + request.flow(), exchange);
            }
            run.notes().lines().forEach(System.err::println);
            if (exchange.getException() != null) {
                throw new RunFailedException(exchange.getException());
            }
            print(run, Boolean.parseBoolean(String.valueOf(request.headers().get("dryRun"))));
            if (!json && !quiet) {
                afterwards.accept(application.context());
            }
        }
        return run;
    }

    private void print(Run run, boolean dryRun) {
        if (json) {
            Map<String, Object> summary = run.summary();
            if (dryRun) {
                summary.put("dryRun", true);
            }
            try {
                System.out.println(new ObjectMapper().writeValueAsString(summary));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        } else if (!quiet) {
            if (dryRun) {
                System.out.println("Dry run: nothing was written. The run itself would end with this:");
            }
            System.out.println(Summary.of(run));
        }
    }
}
