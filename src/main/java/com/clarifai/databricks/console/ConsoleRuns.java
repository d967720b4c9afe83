package com.clarifai.databricks.console;

import com.clarifai.databricks.console.ConsoleRun.Status;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.flow.run.RunInterruptedException;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/**
 * The runs that the console has started: the latest hundred, also those of earlier lives of the service, and those that have
 * not ended; and runs of a history that somebody has looked at.
 */
public final class ConsoleRuns {

    private static final int REMEMBERED = 100;
    private static final int MOST_WAITING = 20;

    private final Commands commands;
    private final KeptRuns kept;
    private final Map<String, ShownRun> runs = new LinkedHashMap<>();
    /** Of histories, by id. */
    private final Cache<String, ShownRun> looked =
            CacheBuilder.newBuilder().maximumSize(REMEMBERED).build();

    ConsoleRuns(Commands commands, KeptRuns kept) {
        this.commands = commands;
        this.kept = kept;
        kept.all().stream().map(PastRun::kept).forEach(run -> runs.put(run.id(), run));
    }

    /**
     * Opens the run that the body asks for: a map of {@code command} and {@code options}.
     *
     * @throws ApiException 400 naming the fields that are wrong, 429 when too many runs are waiting
     */
    @SuppressWarnings("unchecked")
    public ConsoleRun open(@Body Map<String, Object> body) {
        Object options = body.getOrDefault("options", Map.of());
        if (!(options instanceof Map)) {
            throw ApiException.invalidFields(Map.of("options", "options: a JSON object"));
        }
        return open(commands.flow(Objects.toString(body.get("command"), ""), (Map<String, Object>) options));
    }

    /** Opens a run of this flow. */
    synchronized ConsoleRun open(FlowStart start) {
        if (runs.values().stream().filter(run -> !run.hasEnded()).count() >= MOST_WAITING) {
            throw new ApiException(429, MOST_WAITING + " runs are waiting or under way: wait for one to end");
        }
        return add(new ConsoleRun(start, Run.open(start.flow())));
    }

    private ConsoleRun add(ConsoleRun run) {
        List<String> forgotten = runs.values().stream()
                .filter(ShownRun::hasEnded)
                .limit(Math.max(0, runs.size() - REMEMBERED + 1))
                .map(ShownRun::id)
                .toList();
        forgotten.forEach(runs::remove);
        runs.put(run.id(), run);
        return run;
    }

    /** Shows a run that somebody else has begun. */
    public synchronized void began(FlowStart start, Run run) {
        add(new ConsoleRun(start, run)).begin();
    }

    /** It has ended. @param problem null when it has completed */
    public synchronized void ended(Run run, Throwable problem) {
        if (runs.get(run.id()) instanceof ConsoleRun shown) {
            end(shown, problem);
        }
    }

    /** The body is the run, which becomes what the flow is given: its headers and nothing else. */
    public void begin(Exchange exchange, @Body ConsoleRun run) {
        exchange.setVariable(Run.VARIABLE, run.run());
        exchange.getMessage().setHeaders(new LinkedHashMap<>(run.start().headers()));
        exchange.getMessage().setBody(null);
        if (run.run().isCancelled() || exchange.getContext().isStopping()) {
            throw new RunInterruptedException();
        }
        run.begin();
    }

    public void completed(Exchange exchange) {
        end(run(exchange), null);
    }

    public void failed(Exchange exchange) {
        end(run(exchange), exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class));
    }

    private synchronized void end(ConsoleRun run, Throwable problem) {
        boolean cancelled = problem != null && run.run().isCancelled();
        if (problem == null) {
            run.end(Status.COMPLETED, null);
        } else if (cancelled) {
            run.end(Status.CANCELLED, "cancelled; run it again to complete it");
        } else {
            run.end(Status.FAILED, commands.describe(problem));
        }
        kept.keep(runs.values().stream()
                .filter(ShownRun::hasEnded)
                .map(PastRun::toKeep)
                .toList());
    }

    /** Has it known by its id that there is this run in a history. */
    void lookAt(ShownRun run) {
        looked.put(run.id(), run);
    }

    /** The route has put it there. */
    private static ConsoleRun run(Exchange exchange) {
        return exchange.getVariable("consoleRun", ConsoleRun.class);
    }

    /** Newest first. */
    public synchronized Map<String, Object> all() {
        List<Map<String, Object>> items = new ArrayList<>();
        runs.values().forEach(run -> items.add(0, run.toMap()));
        return Map.of("items", items);
    }

    /** Whether nothing is waiting or under way. */
    synchronized boolean areIdle() {
        return runs.values().stream().allMatch(ShownRun::hasEnded);
    }

    /** @throws ApiException 404 when it is not known, or forgotten */
    public synchronized ShownRun get(@Header("id") String id) {
        ShownRun run = runs.containsKey(id) ? runs.get(id) : looked.getIfPresent(id);
        if (run == null) {
            throw new ApiException(404, "there is no run " + id + ", or it was too long ago to be kept");
        }
        return run;
    }

    /** The same as the API gives it. */
    public Map<String, Object> describe(@Header("id") String id) {
        return get(id).toMap();
    }

    /** A run that was just opened, as the API gives it. */
    public Map<String, Object> opened(@Body ConsoleRun run) {
        return run.toMap();
    }

    /** Asks a run to end. One that has ended stays as it is. */
    public Map<String, Object> cancel(@Header("id") String id) {
        ShownRun run = get(id);
        if (run instanceof ConsoleRun mine && mine.run().phase() != Phase.DONE) {
            mine.run().cancel();
        }
        return run.toMap();
    }
}
