package com.clarifai.databricks.flow.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.parameter.WrongParameterException;
import com.clarifai.databricks.flow.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a schedule ticks. */
class ScheduleTest {

    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    @Test
    void aPeriodGoesOnWhereItWasBeforeTheService() {
        Schedule hourly = every("1h");

        assertThat(delay(hourly, null)).isEqualTo(3_600_000);
        assertThat(delay(hourly, Instant.now().minus(Duration.ofMinutes(30)))).isBetween(1_790_000L, 1_800_000L);
        assertThat(delay(hourly, Instant.now().minus(Duration.ofDays(1)))).isEqualTo(2_000);
        assertThat(delay(hourly, Instant.now().plus(Duration.ofDays(1))))
                .as("a clock that was wrong")
                .isEqualTo(3_600_000);
    }

    @Test
    void itsNextTickIsOnePeriodAfterTheLast() {
        assertThat(every("1h").next(null, NOON)).isNull();
        assertThat(every("1h").next(NOON, NOON)).isEqualTo(NOON.plusSeconds(3_600));
        assertThat(every("1h").next(NOON.minusSeconds(7_200), NOON))
                .as("overdue")
                .isEqualTo(NOON);
        assertThat(every("90m").when()).isEqualTo("every 1h30m");
    }

    @Test
    void aCronExpressionTellsItsTicks() {
        Schedule nightly = Schedule.of("nightly", "export-annotations", null, "0 30 2 * * ?", Map.of());

        assertThat(nightly.trigger(null)).isEqualTo("quartz:schedules/nightly?cron=0+30+2+*+*+?");
        assertThat(nightly.next(null, NOON)).isAfter(NOON).isBefore(NOON.plus(Duration.ofHours(25)));
        assertThat(nightly.when()).isEqualTo("cron 0 30 2 * * ?");
        assertThat(nightly.routeId()).isEqualTo("schedule-nightly");
        assertThat(Schedule.of("once", "x", null, "0 0 0 1 1 ? 2020", Map.of()).next(null, NOON))
                .as("of the past")
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ä"})
    void namesAreThoseOfTriggers(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of(name, "x", "1h", null, Map.of()))
                .withMessageContaining("a name has letters, digits");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999ms", "soon", "-1h", "0s"})
    void periodsAreASecondAtLeast(String every) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> every(every))
                .withMessage("every=" + every + " is not a period such as 30m, 1h or 1d");
    }

    @Test
    void aSecondIsAPeriod() {
        assertThat(every("1s").every()).isEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"30 2 * * *|five fields are those of crontab", "0 30 2 * *|five fields are those of crontab"})
    void crontabsOwnFormIsToldApart(String cron, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of("x", "x", null, cron, Map.of()))
                .withMessageContaining(hint);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Schedule.of("x", "x", null, "never", Map.of()))
                .withMessageNotContaining(hint);
    }

    /** Of two triggers that are due within two milliseconds the second comes too early. */
    @Test
    void everyScheduleTicksThoughManyAreStartedTogether() throws Exception {
        int number = 40;
        Set<String> ticked = ConcurrentHashMap.newKeySet();
        try (CamelContext context = new DefaultCamelContext()) {
            context.start();
            EarlyTicks.count(context);
            for (int i = 0; i < number; i++) {
                Schedule schedule = new Schedule("s" + i, "x", Duration.ofHours(10), null, true, Map.of());
                String trigger = schedule.trigger(null);
                context.addRoutes(new RouteBuilder() {
                    @Override
                    public void configure() {
                        from(trigger).process(exchange -> ticked.add(schedule.name()));
                    }
                });
            }

            await().atMost(Duration.ofSeconds(30)).until(() -> ticked.size() == number);
        }
    }

    private static Schedule every(String period) {
        return Schedule.of("x", "import-volume", period, null, Map.of());
    }

    /** In milliseconds, until the first tick. */
    private static long delay(Schedule schedule, Instant last) {
        String trigger = schedule.trigger(last);
        assertThat(trigger)
                .startsWith(
                        "quartz:schedules/x?trigger.repeatCount=-1&trigger.repeatInterval=3600000&triggerStartDelay=");
        return Long.parseLong(trigger.substring(trigger.lastIndexOf('=') + 1));
    }

    private final FlowParameters flows = new FlowParameters() {
        @Override
        public Set<String> names() {
            return Set.of("app");
        }

        @Override
        public Map<String, Object> headers(String flow, Map<String, String> parameters) {
            if (parameters.containsKey("colour")) {
                throw new WrongParameterException(Map.of("colour", "there is none", "app", "it is missing"));
            }
            return new TreeMap<>(parameters);
        }
    };

    private List<Schedule> all(String... settings) {
        Properties properties = new Properties();
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            properties.setProperty(parts[0], parts[1]);
        }
        return Schedule.all(properties, flows);
    }

    @Test
    void theSettingsOfOneNameAreOneSchedule() {
        assertThat(all(
                        "schedule.b.flow=export-annotations",
                        "schedule.b.cron= 0 30 2 * * ? ",
                        "schedule.a.flow=import-volume",
                        "schedule.a.every=1h",
                        "schedule.a.at-start=true",
                        "schedule.a.app=my-app",
                        "schedules=none of them"))
                .containsExactly(
                        new Schedule("a", "import-volume", Duration.ofHours(1), null, true, Map.of("app", "my-app")),
                        new Schedule("b", "export-annotations", null, "0 30 2 * * ?", false, Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "schedule.a.b.c=1|schedule.a.b.c is not a setting of a schedule",
                "schedule.a.every=1h|schedule.a.flow is not set",
                "schedule.a.flow=;schedule.a.every=1h|schedule.a.flow is not set",
                "schedule.a.flow=x|give either schedule.a.every",
                "schedule.a.flow=x;schedule.a.every=1h;schedule.a.cron=0 30 2 * * ?|and not both",
                "schedule.a.flow=x;schedule.a.at-start=true;schedule.a.cron=0 30 2 * * ?|schedule.a.at-start goes with",
                "schedule.a.flow=x;schedule.a.every=soon|schedule.a.every=soon is not a period",
                "schedule.a.flow=x;schedule.a.cron=soon|schedule.a.cron=soon is not a cron expression",
                "schedule.a.flow=x;schedule.a.every=1h;schedule.a.colour=red|schedule.a.app: it is missing; schedule.a.colour: there is none"
            })
    void aSettingThatIsMissingOrCannotBeUsedIsNamed(String settings, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> all(settings.split(";")))
                .withMessageContaining(problem);
    }

    @Test
    void ofACronExpressionWithoutAtStartNothingIsSaid() {
        assertThat(all("schedule.a.flow=x", "schedule.a.at-start=false", "schedule.a.cron=0 30 2 * * ?"))
                .hasSize(1);
    }

    /** The next tick begins a run of its own, and what a run has for parameters is the schedule's and nothing else. */
    @Test
    void aTickBeginsARunAndItsEndIsTold() throws Exception {
        List<String> told = new ArrayList<>();
        Schedule schedule = Schedule.of("nightly", "import-volume", "1h", null, Map.of("app", "my-app"));
        ScheduledFlow flow = new ScheduledFlow(schedule, new ScheduleLog() {
            @Override
            public void began(Schedule of, Run run) {
                told.add("began " + of.name() + " " + run.flow());
            }

            @Override
            public void ended(Schedule of, Run run, Throwable problem) {
                told.add("ended " + run.flow() + " " + (problem == null ? "well" : problem.getMessage()));
            }
        });
        try (CamelContext context = new DefaultCamelContext()) {
            Exchange tick = new DefaultExchange(context);
            tick.getMessage().setHeader("fireTime", "now");

            flow.begin(tick);
            assertThat(tick.getMessage().getHeaders()).containsExactly(Map.entry("app", "my-app"));
            assertThat(tick.getVariable(Run.VARIABLE, Run.class).flow()).isEqualTo("import-volume");
            flow.completed(tick);
            tick.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("broken"));
            flow.failed(tick);
        }
        assertThat(told)
                .containsExactly(
                        "began nightly import-volume", "ended import-volume well", "ended import-volume broken");
    }

    @Test
    void aTickDuringAnotherIsOneTooMany() throws Exception {
        ScheduledFlow flow = new ScheduledFlow(every("1h"), null);
        try (CamelContext context = new DefaultCamelContext()) {
            Exchange tick = new DefaultExchange(context);
            tick.getExchangeExtension().setFromRouteId("schedule-x");
            context.getInflightRepository().addRoute("schedule-x");
            context.getInflightRepository().add(tick, "schedule-x");
            assertThat(flow.isUnderWay(tick)).isFalse();

            context.getInflightRepository().add(new DefaultExchange(context), "schedule-x");
            assertThat(flow.isUnderWay(tick)).isTrue();
        }
    }

    @Test
    void aScheduleThatBeginsAtTheStartWaitsForItsRoute() {
        Schedule atStart = new Schedule("x", "y", Duration.ofHours(1), null, true, Map.of());

        assertThat(atStart.trigger(null)).endsWith("triggerStartDelay=2000");
    }
}
