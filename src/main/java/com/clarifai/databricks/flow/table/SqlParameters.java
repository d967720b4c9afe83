package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.flow.run.Run;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.Exchange;

/**
 * The named parameters ({@code :?name}) of a statement: what the run knows of itself, else an exchange variable of that name,
 * else a parameter of the flow.
 */
public final class SqlParameters {

    private static final Map<String, Function<Run, Object>> OF_RUN = Map.ofEntries(
            Map.entry("runId", Run::id),
            Map.entry("runFlow", Run::flow),
            Map.entry("runPlannedAt", Run::plannedAt),
            Map.entry("runSubject", run -> run.history().subject()),
            Map.entry("runParameters", run -> run.history().parameters()),
            Map.entry("runHost", run -> run.history().host()),
            Map.entry("runOutcome", run -> run.ending().outcome()),
            Map.entry("runError", run -> run.ending().error()),
            Map.entry("runCounts", run -> run.ending().counts()),
            Map.entry("runReadUntil", run -> run.ending().readUntil()),
            Map.entry("runSelection", run -> run.ending().selection()),
            Map.entry(
                    "readSince",
                    run -> ChronoUnit.MICROS.between(
                            Instant.EPOCH, run.dataset().since())),
            Map.entry("selection", run -> run.dataset().selection()));

    /** Of the statement that an exchange is about to run. */
    public Map<String, Object> of(Exchange exchange) {
        return new Parameters(exchange);
    }

    /** Looks up only what a statement names. */
    private static final class Parameters extends AbstractMap<String, Object> {

        private final Exchange exchange;

        Parameters(Exchange exchange) {
            this.exchange = exchange;
        }

        @Override
        public boolean containsKey(Object name) {
            return get(name) != null;
        }

        @Override
        public Object get(Object key) {
            String name = (String) key;
            Run run = exchange.getVariable(Run.VARIABLE, Run.class);
            if (run != null && OF_RUN.containsKey(name)) {
                return OF_RUN.get(name).apply(run);
            }
            Object variable = exchange.getVariable(name);
            return variable != null ? variable : exchange.getMessage().getHeader(name);
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            throw new UnsupportedOperationException("parameters are looked up by name");
        }
    }
}
