package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.schedule.Schedule;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.service.ScheduleFile;
import com.clarifai.databricks.service.ScheduleFile.LatestRun;
import com.clarifai.databricks.service.ScheduleFile.Made;
import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "schedules",
        description = {
            "Show the schedules that 'serve' runs: those of the settings, and those that were made on its page.",
            "",
            "With when each is due next, and how its latest run has ended. They tick only while 'databricks-connect serve' runs."
        },
        footerHeading = "%nExample:%n",
        footer = "  databricks-connect schedules")
final class SchedulesCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConnectCommand connect = (ConnectCommand) spec.root().userObject();
        Settings settings = connect.settings();
        ScheduleFile file = ScheduleFile.of(settings);
        List<Map<String, Object>> all = new ArrayList<>();
        configured(settings)
                .forEach(schedule -> all.add(row(file, schedule, schedule.when(), "settings", schedule.parameters())));
        file.made()
                .forEach((name, made) -> all.add(row(file, schedule(name, made), when(made), "page", made.options())));
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                connect.json()
                        ? JsonText.of(all)
                        : TablePreview.text(
                                all.stream().map(SchedulesCommand::line).toList()));
        out.flush();
        return ExitCode.OK;
    }

    private static List<Schedule> configured(Settings settings) {
        try {
            return Schedule.all(settings.toProperties(), new FlowCatalog());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException(e.getMessage());
        }
    }

    private static Schedule schedule(String name, Made made) {
        try {
            return Schedule.of(name, made.command(), made.every(), made.cron(), made.options());
        } catch (IllegalArgumentException e) {
            throw new InvalidSettingException("schedules.file: the schedule " + name + ": " + e.getMessage());
        }
    }

    private static String when(Made made) {
        return made.cron() == null ? "every " + made.every() : "cron " + made.cron();
    }

    private static Map<String, Object> row(
            ScheduleFile file, Schedule schedule, String when, String from, Map<String, Object> parameters) {
        String name = schedule.name();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("flow", schedule.flow());
        row.put("when", when);
        row.put("from", from);
        row.put("paused", file.isPaused(name));
        row.put("parameters", parameters);
        LatestRun last = file.run(name);
        row.put(
                "next",
                file.isPaused(name) ? null : schedule.next(last == null ? null : last.startedAt(), Instant.now()));
        row.put("lastRun", last == null ? null : last.runId());
        row.put("lastStarted", last == null ? null : last.startedAt());
        row.put("lastOutcome", last == null ? null : last.outcome());
        row.put("lastResult", last == null ? null : last.result());
        return row;
    }

    private static Map<String, Object> line(Map<String, Object> row) {
        Map<String, Object> line = new LinkedHashMap<>(row);
        line.remove("parameters");
        line.remove("lastRun");
        line.replace("paused", Boolean.TRUE.equals(row.get("paused")) ? "yes" : null);
        for (String time : List.of("next", "lastStarted")) {
            line.computeIfPresent(time, (name, instant) -> TIME.format((Instant) instant));
        }
        return line;
    }
}
