package com.clarifai.databricks.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.cli.PageCommands;
import com.clarifai.databricks.flow.run.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Runs that this service did not start, or started before it was started anew. */
class RunsHistoryTest {

    /** Keeps what it is given, as a file does. */
    private static final class Kept implements KeptRuns {

        private List<Map<String, Object>> runs = List.of();

        @Override
        public List<Map<String, Object>> all() {
            return runs;
        }

        @Override
        public void keep(List<Map<String, Object>> latest) {
            runs = new ArrayList<>(latest);
        }
    }

    private final Kept kept = new Kept();
    private final ConsoleRuns runs = new ConsoleRuns(PageCommands.all(), kept);
    private final RunsHistory history = new RunsHistory(PageCommands.all(), runs);

    private static Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        row.put("run_id", "r1");
        row.put("flow", "import-volume");
        row.put("app_id", "demo");
        row.put("dataset_id", "photos");
        row.put(
                "parameters",
                "{\"catalog\":\"main\",\"schema\":\"default\",\"volume\":\"pictures\",\"table\":\"inputs\","
                        + "\"app\":\"demo\",\"dataset\":\"photos\",\"labelFromFolder\":\"true\",\"verify\":\"false\"}");
        row.put("started_at", 1_700_000_000_000_000L);
        row.put("ended_at", 1_700_000_090_000_000L);
        row.put("outcome", "COMPLETED");
        row.put("counts", "{\"read\":30,\"imported\":18,\"rejected\":12}");
        row.put("host", "other");
        return row;
    }

    @Test
    void aRunOfTheHistoryCanBeShownAndRepeatedAsOneOfThisService() {
        Map<String, Object> run = history.one(List.of(row()), "r1");

        assertThat(run)
                .containsEntry("command", "import volume")
                .containsEntry("rejected", 12)
                .containsEntry("seconds", 90.0)
                .containsEntry("tables", List.of("main.default.inputs"))
                .containsEntry("host", "other");
        assertThat(run.get("options"))
                .isEqualTo(Map.of(
                        "catalog", "main",
                        "schema", "default",
                        "volume", "pictures",
                        "table", "inputs",
                        "app", "demo",
                        "dataset", "photos",
                        "label-from-folder", "true"));
        assertThat(run.get("commandLine").toString()).endsWith("--label-from-folder");
        assertThat(runs.describe("r1")).isEqualTo(run);
        assertThat(runs.areIdle()).isTrue();
    }

    @Test
    void aRunThatIsNotThereIsNotFound() {
        assertThatThrownBy(() -> history.one(List.of(), "r1"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(404));
    }

    @Test
    void aPageTellsWhetherThereIsAnother() {
        assertThat(history.items(List.of(row(), row()), 1)).containsEntry("more", true);
        assertThat(history.items(List.of(row()), 1)).containsEntry("more", false);
    }

    @Test
    void filtersBecomeParametersOfTheStatementAndWrongOnesAreRefused() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.getMessage().setHeader("outcome", "REJECTS");
            exchange.getMessage().setHeader("about", "Photos");
            exchange.getMessage().setHeader("from", "2026-01-01T00:00:00Z");

            history.open(exchange, "runs", "main", "default", null, "50");

            assertThat(exchange.getVariables())
                    .containsEntry("wantedOutcome", "REJECTS")
                    .containsEntry("wantedAbout", "Photos")
                    .containsEntry("wantedFlow", "")
                    .containsEntry("wantedFrom", "2026-01-01T00:00:00Z");
            assertThat(exchange.getMessage().getHeader("limit")).isEqualTo(26);
            exchange.getMessage().setHeader("from", "yesterday");
            assertThatThrownBy(() -> history.open(exchange, "runs", "main", "default", null, null))
                    .isInstanceOf(ApiException.class);
            exchange.getMessage().setHeader("outcome", "'; DROP");
            assertThatThrownBy(() -> history.open(exchange, "runs", "main", "default", null, null))
                    .isInstanceOf(ApiException.class);
        }
    }

    @Test
    void whatHasEndedIsThereAfterARestartWithItsReason() {
        FlowStart start =
                PageCommands.all().start("import-volume", Map.of("catalog", "c", "schema", "s", "table", "t"));
        Run run = Run.open("import-volume");
        runs.began(start, run);
        assertThat(kept.all()).as("not before it has ended").isEmpty();
        runs.ended(run, new IllegalArgumentException("no such volume"));

        ConsoleRuns again = new ConsoleRuns(PageCommands.all(), kept);

        assertThat(again.describe(run.id())).containsEntry("status", "FAILED").containsEntry("error", "no such volume");
        assertThat(again.get(run.id()).start().inputsTable().orElseThrow().fullName())
                .isEqualTo("c.s.t");
    }
}
