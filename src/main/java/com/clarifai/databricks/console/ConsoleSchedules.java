package com.clarifai.databricks.console;

import com.clarifai.databricks.flow.Schedule;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;

/** The schedules of the service: what they are, and which of them rest. */
public final class ConsoleSchedules {

    private final ConsoleRuns runs;
    /** By name; what was paused stays so when the routes start anew. */
    private final Set<String> paused = ConcurrentHashMap.newKeySet();

    ConsoleSchedules(ConsoleRuns runs) {
        this.runs = runs;
    }

    public Map<String, Object> all(Exchange exchange) {
        CamelContext context = exchange.getContext();
        List<Map<String, Object>> items = context.getRegistry().findByType(Schedule.class).stream()
                .sorted(Comparator.comparing(Schedule::name))
                .map(schedule -> toMap(context, schedule))
                .toList();
        return Map.of("items", items);
    }

    /** @throws ApiException 404 when there is none of this name */
    public Map<String, Object> one(Exchange exchange, @Header("name") String name) {
        return toMap(exchange.getContext(), find(exchange.getContext(), name));
    }

    /** Sets the header {@code routeId} to the route that ticks. */
    public void pause(Exchange exchange, @Header("name") String name) {
        exchange.getMessage()
                .setHeader("routeId", find(exchange.getContext(), name).routeId());
        paused.add(name);
    }

    /** The same. */
    public void resume(Exchange exchange, @Header("name") String name) {
        exchange.getMessage()
                .setHeader("routeId", find(exchange.getContext(), name).routeId());
        paused.remove(name);
    }

    /** Whether it was paused before the routes started. */
    public boolean isPaused(String name) {
        return paused.contains(name);
    }

    /** A run of its flow now, with its parameters. */
    public ConsoleRun open(Exchange exchange, @Header("name") String name) {
        Schedule schedule = find(exchange.getContext(), name);
        Map<String, Object> parameters = schedule.parameters();
        return runs.open(new FlowStart(schedule.flow(), parameters, "schedule " + name, parameters, null));
    }

    private static Schedule find(CamelContext context, String name) {
        return context.getRegistry().findByType(Schedule.class).stream()
                .filter(schedule -> schedule.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiException(404, "there is no schedule " + name));
    }

    private Map<String, Object> toMap(CamelContext context, Schedule schedule) {
        Map<String, Object> map = new LinkedHashMap<>();
        boolean rests = isPaused(schedule.name());
        map.put("name", schedule.name());
        map.put("flow", schedule.flow());
        map.put("when", schedule.when());
        map.put("next", rests ? null : next(context, schedule).toString());
        map.put("paused", rests);
        map.put("running", context.getInflightRepository().size(schedule.routeId()) > 0);
        map.put("parameters", schedule.parameters());
        return map;
    }

    private static Instant next(CamelContext context, Schedule schedule) {
        try {
            Trigger trigger = context.getComponent("quartz", QuartzComponent.class)
                    .getScheduler()
                    .getTrigger(TriggerKey.triggerKey(schedule.name(), Schedule.GROUP));
            Date next = trigger.getNextFireTime();
            return next.toInstant();
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
