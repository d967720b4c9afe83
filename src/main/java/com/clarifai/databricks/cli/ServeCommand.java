package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.Schedule;
import com.clarifai.databricks.service.Monitoring;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.TriggerKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "serve",
        description = {
            "Run flows by schedule, until a signal ends it.",
            "",
            "Schedules are settings: schedule.<name>.flow, schedule.<name>.every or schedule.<name>.cron, and the parameters"
                    + " of the flow. config/application.properties has examples."
        })
final class ServeCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss z");

    private static final String PORT = "service.port";

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws SchedulerException {
        Settings settings = ((ConnectCommand) spec.root().userObject()).settings();
        List<Schedule> schedules = schedules(settings);
        Requirements.flow(settings);

        PrintWriter out = spec.commandLine().getOut();
        boolean monitored = settings.isSet(PORT);
        if (monitored) {
            Monitoring.settings(settings.get("service.host"), settings.get(PORT))
                    .forEach(settings::set);
        }
        try (Application application = Application.start(settings, monitored ? Monitoring::prepare : context -> {})) {
            schedules.forEach(schedule -> check(application.context(), schedule));
            for (Schedule schedule : schedules) {
                add(application.context(), schedule);
                out.printf(
                        "%s: %s %s, next at %s%n",
                        schedule.name(), schedule.flow(), schedule.when(), nextTime(application.context(), schedule));
            }
            out.flush();
            application.awaitStop();
        }
        return ExitCode.OK;
    }

    private static List<Schedule> schedules(Settings settings) {
        try {
            List<Schedule> schedules = Schedule.all(settings.toProperties());
            if (schedules.isEmpty()) {
                throw new InvalidSettingException(
                        "no schedule is set: give schedule.<name>.flow, schedule.<name>.every or"
                                + " schedule.<name>.cron, and the parameters of the flow in a configuration file");
            }
            return schedules;
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(e.getMessage());
        }
    }

    private static void check(CamelContext context, Schedule schedule) {
        if (context.getRoute(schedule.flow()) == null) {
            throw new InvalidSettingException("schedule." + schedule.name() + ".flow=" + schedule.flow()
                    + ": there is no such flow, that is, no route with this id");
        }
    }

    private static void add(CamelContext context, Schedule schedule) {
        String id = "schedule-" + schedule.name();
        context.getRegistry().bind(id, schedule);
        TemplatedRouteBuilder.builder(context, "schedule")
                .routeId(id)
                .parameter("name", schedule.name())
                .parameter("schedule", id)
                .parameter("trigger", schedule.trigger())
                .parameter("flow", schedule.flow())
                .add();
    }

    private static String nextTime(CamelContext context, Schedule schedule) throws SchedulerException {
        Trigger trigger = context.getComponent("quartz", QuartzComponent.class)
                .getScheduler()
                .getTrigger(TriggerKey.triggerKey(schedule.name(), Schedule.GROUP));
        return TIME.format(trigger.getNextFireTime().toInstant().atZone(ZoneId.systemDefault()));
    }
}
