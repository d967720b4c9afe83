package com.clarifai.databricks.service;

import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.console.Commands;
import com.clarifai.databricks.console.ConsoleRun;
import com.clarifai.databricks.console.ConsoleRuns;
import com.clarifai.databricks.console.FlowStart;
import com.clarifai.databricks.console.PageWords;
import com.clarifai.databricks.console.Schedules;
import com.clarifai.databricks.flow.parameter.DeclaredParameters;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.schedule.EarlyTicks;
import com.clarifai.databricks.flow.schedule.Schedule;
import com.clarifai.databricks.flow.schedule.ScheduleLog;
import com.clarifai.databricks.flow.schedule.ScheduledFlow;
import com.clarifai.databricks.service.ScheduleFile.LatestRun;
import com.clarifai.databricks.service.ScheduleFile.Made;
import com.clarifai.databricks.settings.InvalidSettingException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedules that tick in a service: routes that come and go while it runs. Safe for several threads. */
public final class ServedSchedules implements Schedules, ScheduleLog {

    private static final Logger LOG = LoggerFactory.getLogger(ServedSchedules.class);

    private final Map<String, Schedule> configured = new TreeMap<>();
    private final ScheduleFile file;
    private final Commands commands;
    private CamelContext context;
    private ConsoleRuns shown;

    /** @param commands null without a page, so that there are only those of the configuration */
    public ServedSchedules(List<Schedule> configured, ScheduleFile file, Commands commands) {
        configured.forEach(schedule -> this.configured.put(schedule.name(), schedule));
        this.file = file;
        this.commands = commands;
    }

    /** Has the runs of schedules shown there. */
    void showIn(ConsoleRuns runs) {
        shown = runs;
    }

    /** What ticks from now on in this context. @throws InvalidSettingException when a configured flow does not exist */
    public synchronized void start(CamelContext started) {
        context = started;
        configured.values().forEach(this::requireFlow);
        configured.values().forEach(this::add);
        if (commands == null) {
            return;
        }
        file.made().forEach((name, made) -> {
            try {
                add(schedule(name, made));
            } catch (ApiException | IllegalArgumentException e) {
                // shown on the page; the others go on
                LOG.warn("Schedule {} cannot run: {}", name, e.getMessage());
            }
        });
    }

    private void requireFlow(Schedule schedule) {
        if (context.getRoute(schedule.flow()) == null) {
            throw new InvalidSettingException("schedule." + schedule.name() + ".flow=" + schedule.flow()
                    + ": there is no such flow: no route has this id");
        }
        try {
            DeclaredParameters.check(context, schedule.flow(), schedule.parameters());
        } catch (WrongParameterException e) {
            throw new InvalidSettingException("schedule." + schedule.name() + ": " + e.getMessage());
        }
    }

    private Schedule schedule(String name, Made made) {
        FlowStart start = commands.flow(made.command(), made.options());
        return Schedule.of(name, start.flow(), made.every(), made.cron(), start.headers());
    }

    private void add(Schedule schedule) {
        String id = schedule.routeId();
        LatestRun last = file.run(schedule.name());
        context.getRegistry().bind(id, new ScheduledFlow(schedule, this));
        EarlyTicks.count(context);
        TemplatedRouteBuilder.builder(context, "schedule")
                .routeId(id)
                .parameter("name", schedule.name())
                .parameter("schedule", id)
                .parameter("trigger", schedule.trigger(last == null ? null : last.startedAt()))
                .parameter("flow", schedule.flow())
                .add();
        if (file.isPaused(schedule.name())) {
            control(() -> context.getRouteController().suspendRoute(id));
        }
    }

    private interface Control {
        void run() throws Exception;
    }

    private static void control(Control control) {
        try {
            control.run();
        } catch (Exception e) {
            throw new IllegalStateException("a schedule cannot be changed", e);
        }
    }

    /** When it ticks next; null when it does not. */
    synchronized Instant next(Schedule schedule) {
        try {
            Trigger trigger = context.getComponent("quartz", QuartzComponent.class)
                    .getScheduler()
                    .getTrigger(TriggerKey.triggerKey(schedule.name(), Schedule.GROUP));
            boolean rests = file.isPaused(schedule.name());
            return trigger == null || rests || trigger.getNextFireTime() == null
                    ? null
                    : trigger.getNextFireTime().toInstant();
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized List<Map<String, Object>> all() {
        List<Map<String, Object>> all = new ArrayList<>();
        TreeMap<String, Boolean> names = new TreeMap<>();
        configured.keySet().forEach(name -> names.put(name, true));
        file.made().keySet().forEach(name -> names.putIfAbsent(name, false));
        names.keySet().forEach(name -> all.add(one(name)));
        return all;
    }

    @Override
    public synchronized Map<String, Object> one(String name) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        Made made = configured.containsKey(name) ? null : made(name);
        map.put("made", made != null);
        map.put("paused", file.isPaused(name));
        map.put("command", made == null ? null : made.command());
        map.put("options", made == null ? Map.of() : made.options());
        map.put("every", made == null ? null : made.every());
        map.put("cron", made == null ? null : made.cron());
        try {
            Schedule schedule = made == null ? configured.get(name) : schedule(name, made);
            map.put("flow", schedule.flow());
            map.put("when", schedule.when());
            map.put("next", Objects.toString(next(schedule), null));
            map.put("running", context.getInflightRepository().size(schedule.routeId()) > 0);
            map.put("parameters", schedule.parameters());
        } catch (ApiException | IllegalArgumentException e) {
            map.put("flow", made.command());
            map.put("problem", PageWords.of(e.getMessage()));
            map.put("parameters", made.options());
        }
        map.put("last", last(name));
        return map;
    }

    private Map<String, Object> last(String name) {
        LatestRun run = file.run(name);
        if (run == null) {
            return null;
        }
        Map<String, Object> last = new LinkedHashMap<>();
        last.put("runId", run.runId());
        last.put("startedAt", run.startedAt().toString());
        last.put("endedAt", Objects.toString(run.endedAt(), null));
        last.put("outcome", run.outcome());
        last.put("result", run.result());
        return last;
    }

    private Made made(String name) {
        Made made = file.made().get(name);
        if (made == null) {
            throw new ApiException(404, "there is no schedule " + name);
        }
        return made;
    }

    @Override
    public synchronized Map<String, Object> create(Map<String, Object> fields) {
        String name = text(fields, "name");
        if (configured.containsKey(name) || file.made().containsKey(name)) {
            throw new ApiException(
                    409, "there is a schedule " + name, Map.of("fields", Map.of("name", "there is one of this name")));
        }
        return put(name, fields);
    }

    @Override
    public synchronized Map<String, Object> replace(String name, Map<String, Object> fields) {
        refuseConfigured(name);
        made(name);
        return put(name, fields);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> put(String name, Map<String, Object> fields) {
        String every = text(fields, "every");
        String cron = text(fields, "cron");
        if (every.isEmpty() == cron.isEmpty()) {
            throw ApiException.invalidFields(Map.of("every", "say how often it is repeated"));
        }
        Made made = new Made(
                text(fields, "command"),
                fields.get("options") instanceof Map<?, ?> options ? (Map<String, Object>) options : Map.of(),
                every.isEmpty() ? null : every,
                cron.isEmpty() ? null : cron);
        Schedule schedule;
        try {
            schedule = schedule(name, made);
        } catch (IllegalArgumentException e) {
            String field = e.getMessage().startsWith("a name") ? "name" : every.isEmpty() ? "cron" : "every";
            throw ApiException.invalidFields(Map.of(field, e.getMessage()));
        }
        remove(schedule.routeId());
        file.put(name, made);
        add(schedule);
        return one(name);
    }

    private void remove(String routeId) {
        if (context.getRoute(routeId) != null) {
            control(() -> {
                // a run of it that is under way is not waited for
                context.getRouteController().stopRoute(routeId, 1, TimeUnit.SECONDS, false);
                context.removeRoute(routeId);
            });
        }
    }

    private void refuseConfigured(String name) {
        if (configured.containsKey(name)) {
            throw new ApiException(409, name + " is in the configuration of the service: it is changed there");
        }
    }

    @Override
    public synchronized void delete(String name) {
        refuseConfigured(name);
        made(name);
        remove("schedule-" + name);
        file.remove(name);
    }

    @Override
    public synchronized Map<String, Object> pause(String name) {
        one(name);
        file.pause(name, true);
        control(() -> context.getRouteController().suspendRoute("schedule-" + name));
        return one(name);
    }

    @Override
    public synchronized Map<String, Object> resume(String name) {
        one(name);
        file.pause(name, false);
        control(() -> context.getRouteController().resumeRoute("schedule-" + name));
        return one(name);
    }

    @Override
    public synchronized FlowStart start(String name) {
        if (configured.containsKey(name)) {
            return started(configured.get(name));
        }
        Made made = made(name);
        FlowStart flow = commands.flow(made.command(), made.options());
        return new FlowStart(flow.flow(), flow.headers(), "schedule " + name, made.options(), flow.commandLine());
    }

    private static FlowStart started(Schedule schedule) {
        return new FlowStart(
                schedule.flow(), schedule.parameters(), "schedule " + schedule.name(), schedule.parameters(), null);
    }

    @Override
    public void ran(String name, ConsoleRun run) {
        boolean ended = run.outcome() != null;
        note(name, run.run(), ended, ended ? run.outcome() : "RUNNING", run.error());
    }

    @Override
    public void began(Schedule schedule, Run run) {
        if (shown != null) {
            shown.began(configured.containsKey(schedule.name()) ? started(schedule) : start(schedule.name()), run);
        }
        note(schedule.name(), run, false, "RUNNING", null);
    }

    @Override
    public void ended(Schedule schedule, Run run, Throwable problem) {
        if (shown != null) {
            shown.ended(run, problem);
        }
        String error = problem == null ? null : describe(problem);
        note(schedule.name(), run, true, problem == null ? "COMPLETED" : "FAILED", error);
    }

    private String describe(Throwable problem) {
        return commands == null ? PageProblems.describe(problem) : commands.describe(problem);
    }

    private synchronized void note(String name, Run run, boolean ended, String outcome, String error) {
        if (!configured.containsKey(name) && !file.made().containsKey(name)) {
            // it was deleted while it ran
            return;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        file.put(
                name,
                new LatestRun(
                        run.id(),
                        now.minus(run.age()).truncatedTo(ChronoUnit.MILLIS),
                        ended ? now : null,
                        outcome,
                        error == null && ended ? counts(run) : error));
    }

    private static String counts(Run run) {
        List<String> counts = new ArrayList<>();
        run.summary().forEach((name, value) -> {
            if (value instanceof Long number && number > 0) {
                counts.add(number + " " + name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT));
            }
        });
        return counts.isEmpty() ? "nothing to do" : String.join(", ", counts);
    }

    private static String text(Map<String, Object> fields, String name) {
        return Objects.toString(fields.get(name), "").strip();
    }
}
