package com.clarifai.databricks.flow.schedule;

import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.util.TimeUtils;
import org.quartz.CronExpression;

/**
 * When a flow runs, and with which parameters: the settings {@code schedule.<name>.*}.
 *
 * @param every the time from one tick to the next, or null
 * @param cron a <a href="https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html">Quartz
 *     cron expression</a>, or null
 * @param atStart whether the first tick is at the start, instead of a period later
 * @param parameters headers for the flow
 */
public record Schedule(
        String name, String flow, Duration every, String cron, boolean atStart, Map<String, Object> parameters) {

    /** The group of the Quartz triggers. */
    public static final String GROUP = "schedules";

    /** A tick that comes before the route has started is lost. */
    private static final int AT_START_MILLIS = 2_000;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");
    private static final Pattern SETTING = Pattern.compile("schedule\\.([A-Za-z0-9_-]+)\\.([a-z-]+)");

    /**
     * All schedules of the settings, by name.
     *
     * @param flows what parameters they take
     * @throws IllegalArgumentException naming the setting that is missing or cannot be used
     */
    public static List<Schedule> all(Properties settings, FlowParameters flows) {
        Map<String, Map<String, String>> byName = new TreeMap<>();
        for (String setting : settings.stringPropertyNames()) {
            if (setting.startsWith("schedule.")) {
                Matcher matcher = SETTING.matcher(setting);
                if (!matcher.matches()) {
                    throw new IllegalArgumentException(
                            setting + " is not a setting of a schedule: schedule.<name>.<parameter>");
                }
                byName.computeIfAbsent(matcher.group(1), name -> new TreeMap<>())
                        .put(matcher.group(2), settings.getProperty(setting).strip());
            }
        }
        return byName.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue(), flows))
                .toList();
    }

    private static Schedule of(String name, Map<String, String> settings, FlowParameters flows) {
        Map<String, String> rest = new TreeMap<>(settings);
        String flow = rest.remove("flow");
        String every = rest.remove("every");
        String cron = rest.remove("cron");
        boolean atStart = Boolean.parseBoolean(rest.remove("at-start"));
        String prefix = "schedule." + name + ".";
        if (flow == null || flow.isEmpty()) {
            throw new IllegalArgumentException(prefix + "flow is not set: give the flow to run, such as import-volume");
        }
        if ((every == null) == (cron == null)) {
            throw new IllegalArgumentException(
                    "give either " + prefix + "every (a period such as 1h) or " + prefix + "cron, and not both");
        }
        if (cron != null && atStart) {
            throw new IllegalArgumentException(prefix + "at-start goes with " + prefix + "every, not with cron");
        }
        return new Schedule(
                name,
                flow,
                every == null ? null : period(prefix + "every", every),
                cron == null ? null : checked(prefix + "cron", cron),
                atStart,
                parameters(prefix, flows, flow, rest));
    }

    private static Map<String, Object> parameters(
            String prefix, FlowParameters flows, String flow, Map<String, String> settings) {
        try {
            return flows.headers(flow, settings);
        } catch (WrongParameterException e) {
            String problems = e.problems().entrySet().stream()
                    .map(problem -> prefix + problem.getKey() + ": " + problem.getValue())
                    .sorted()
                    .collect(Collectors.joining("; "));
            throw new IllegalArgumentException(problems, e);
        }
    }

    /**
     * A schedule whose parameters have been checked already.
     *
     * @param every a period such as {@code 1h}, or null
     * @throws IllegalArgumentException saying what is wrong with name, period or cron expression
     */
    public static Schedule of(String name, String flow, String every, String cron, Map<String, Object> parameters) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a name has letters, digits, hyphens and underscores");
        }
        return new Schedule(
                name,
                flow,
                every == null ? null : period("every", every),
                cron == null ? null : checked("cron", cron),
                false,
                parameters);
    }

    private static Duration period(String setting, String text) {
        try {
            Duration period = Duration.ofMillis(TimeUtils.toMilliSeconds(text));
            if (period.toSeconds() < 1) {
                throw new IllegalArgumentException("less than a second");
            }
            return period;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // Camel answers some words with the latter
            throw new IllegalArgumentException(setting + "=" + text + " is not a period such as 30m, 1h or 1d", e);
        }
    }

    private static String checked(String setting, String cron) {
        try {
            CronExpression.validateExpression(cron);
            return cron;
        } catch (ParseException e) {
            throw new IllegalArgumentException(
                    setting + "=" + cron
                            + " is not a cron expression (seconds minutes hours day-of-month month day-of-week,"
                            + " with ? for the day that does not matter"
                            + (cron.strip().split("\\s+").length == 5
                                    ? "; five fields are those of crontab, without seconds"
                                    : "")
                            + "): " + e.getMessage(),
                    e);
        }
    }

    /**
     * The endpoint that ticks. Ticks that were missed are not made up for one by one.
     *
     * @param last when it has run last, before this service started, so that a period goes on where it was; or null
     */
    public String trigger(Instant last) {
        String trigger = "quartz:" + GROUP + "/" + name;
        return cron != null
                ? trigger + "?cron=" + cron.replace(' ', '+')
                : trigger + "?trigger.repeatCount=-1&trigger.repeatInterval=" + every.toMillis() + "&triggerStartDelay="
                        + (atStart ? AT_START_MILLIS : millisUntilNext(last));
    }

    private long millisUntilNext(Instant last) {
        long due = last == null
                ? every.toMillis()
                : Duration.between(Instant.now(), last.plus(every)).toMillis();
        return Math.max(AT_START_MILLIS, Math.min(due, every.toMillis()));
    }

    /**
     * When it is due after a time, as far as that is known without the service that it ticks in; null for a period that has
     * not ticked yet.
     *
     * @param last when it has run last; or null
     */
    public Instant next(Instant last, Instant now) {
        if (cron != null) {
            Date next = cronExpression(cron).getNextValidTimeAfter(Date.from(now));
            return next == null ? null : next.toInstant();
        }
        Instant due = last == null ? null : last.plus(every);
        return due == null || due.isAfter(now) ? due : now;
    }

    private static CronExpression cronExpression(String checked) {
        try {
            return new CronExpression(checked);
        } catch (ParseException e) {
            throw new IllegalStateException("it was checked", e);
        }
    }

    /** The route that ticks. */
    public String routeId() {
        return "schedule-" + name;
    }

    /** When it runs, in words. */
    public String when() {
        return cron != null ? "cron " + cron : "every " + TimeUtils.printDuration(every, false);
    }
}
