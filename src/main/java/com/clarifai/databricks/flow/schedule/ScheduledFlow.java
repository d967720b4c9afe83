package com.clarifai.databricks.flow.schedule;

import com.clarifai.databricks.flow.run.Run;
import java.util.LinkedHashMap;
import org.apache.camel.Exchange;

/** What the route of a schedule asks and tells at every tick. */
public final class ScheduledFlow {

    private final Schedule schedule;
    private final ScheduleLog log;

    public ScheduledFlow(Schedule schedule, ScheduleLog log) {
        this.schedule = schedule;
        this.log = log;
    }

    /** Whether another tick, before this one, is still being dealt with. */
    public boolean isUnderWay(Exchange tick) {
        return tick.getContext().getInflightRepository().size(tick.getFromRouteId()) > 1;
    }

    /** Opens a run of the flow and gives it its parameters, and nothing else. */
    public void begin(Exchange exchange) {
        Run run = Run.open(schedule.flow());
        exchange.setVariable(Run.VARIABLE, run);
        exchange.getMessage().setHeaders(new LinkedHashMap<>(schedule.parameters()));
        log.began(schedule, run);
    }

    public void completed(Exchange exchange) {
        log.ended(schedule, exchange.getVariable(Run.VARIABLE, Run.class), null);
    }

    public void failed(Exchange exchange) {
        log.ended(
                schedule,
                exchange.getVariable(Run.VARIABLE, Run.class),
                exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }
}
