package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunHistory;
import com.clarifai.databricks.flow.run.RunTables;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** Where a statement has its parameters from. */
class SqlParametersTest {

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Map<String, Object> parameters = new SqlParameters().of(exchange);

    @Test
    void whatTheRunKnowsOfItselfComesBeforeVariablesAndTheseBeforeParametersOfTheFlow() {
        exchange.setVariable("runId", "forged");
        exchange.getMessage().setHeader("app", "of the flow");
        assertThat(parameters.get("runId")).isEqualTo("forged");
        assertThat(parameters.get("app")).isEqualTo("of the flow");

        exchange.setVariable(Run.VARIABLE, new Run("run-1", "import-csv"));
        exchange.setVariable("app", "of the step");
        assertThat(parameters.get("runId")).isEqualTo("run-1");
        assertThat(parameters.get("runFlow")).isEqualTo("import-csv");
        assertThat(parameters.get("app")).isEqualTo("of the step");
    }

    @Test
    void whatNobodyKnowsIsNoParameter() {
        assertThat(parameters.get("nothing")).isNull();
        assertThat(parameters.containsKey("nothing")).isFalse();
        exchange.getMessage().setHeader("app", "a");
        assertThat(parameters.containsKey("app")).isTrue();
        assertThatThrownBy(parameters::size).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void theHistoryAndTheEndOfTheRunAreParametersOfItsRow() {
        Run run = new Run("run-1", "update-tables");
        run.workOn(RunTables.ofExport(new TableName("main", "default", "i"), new TableName("main", "default", "a")));
        run.read(new DatasetRead(IfExists.merge, true, null));
        run.dataset().select("{}");
        run.dataset().readSince(Instant.parse("2023-11-14T22:13:20.000001Z"));
        run.sawChange(Instant.parse("2026-03-01T12:00:00Z"));
        run.notePlanned(7);
        exchange.setVariable(Run.VARIABLE, run);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("broken"));
        RunHistory history = new RunHistory();
        history.setEnabled(false);
        history.begin(exchange, run, "app", "pictures", false);
        history.end(exchange, run);

        assertThat(parameters.get("runPlannedAt")).isEqualTo(7L);
        assertThat(parameters.get("runSubject")).isEqualTo("main.default.i app/pictures");
        assertThat(parameters.get("runParameters")).isEqualTo("{}");
        assertThat(parameters.get("runHost")).isEqualTo(run.history().host());
        assertThat(parameters.get("runOutcome")).isEqualTo("FAILED");
        assertThat(parameters.get("runError")).isEqualTo("broken");
        assertThat(parameters.get("runCounts")).isEqualTo("{}");
        assertThat(parameters.get("runReadUntil")).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(parameters.get("runSelection")).isEqualTo("{}");
        assertThat(parameters.get("readSince")).isEqualTo(1_700_000_000_000_001L);
        assertThat(parameters.get("selection")).isEqualTo("{}");
    }
}
