package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunHistory;
import com.clarifai.databricks.flow.run.RunTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What the flow of a run has failed for, whatever the routes that it calls have dealt with. */
class FailureNoteTest {

    private final List<Exchange> seen = new ArrayList<>();

    @Test
    void isTheFailureOfTheRouteOfItsFlowAlone() throws Exception {
        assertThat(refused("import-volume")).isTrue();
        assertThat(refused("another-flow")).isFalse();
    }

    /** Whether a run of that flow is recorded as one that was refused, when the route of import-volume fails. */
    private boolean refused(String flow) throws Exception {
        Run run = new Run("run-1", flow);
        RunHistory history = new RunHistory();
        history.setTable("runs");
        history.reachable(run);
        run.workOn(RunTables.ofImport(new TableName("main", "default", "inputs")));
        try (CamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").routeId("import-volume").process(exchange -> {
                        exchange.getExchangeExtension().addOnCompletion(new FailureNote(run));
                        seen.add(exchange);
                        throw new IllegalArgumentException("no such volume");
                    });
                }
            });
            context.start();
            context.createProducerTemplate().send("direct:in", exchange -> {});
            return history.refused(seen.get(seen.size() - 1), run, "app", "pictures", false);
        }
    }
}
