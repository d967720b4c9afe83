package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.delta.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** A run whose lock has not been renewed for as long as it lasts. */
class RunLeaseTest {

    private final Run run = new Run("run-1", "flow");
    private final RunHistory history = new RunHistory();

    @Test
    void takesNoFurtherBatchAndNoFurtherPhase() {
        run.holdUntil(Instant.now().minusMillis(1));
        Iterator<List<Object>> batches =
                new Batches().ofCount(run, List.of("row").iterator(), 1);

        assertThatThrownBy(batches::next)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContainingAll("runs.lease", "could not be renewed in time");
        assertThatThrownBy(() -> run.enter(Run.Phase.WRITING)).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void goesOnWhileItsRowSaysThatItRunsCountedFromBeforeTheRowWasRenewed() {
        history.setLease("5 MINUTES");
        history.recorded(run);
        run.holdUntil(Instant.now().minusMillis(1));

        run.askToHold(Instant.now());
        history.renewed(run, List.of(Map.of("run_id", "run-1")));
        run.requireHeld();

        run.askToHold(Instant.now().minus(Duration.ofMinutes(6)));
        history.renewed(run, List.of(Map.of("run_id", "run-1")));
        assertThatThrownBy(run::requireHeld).isInstanceOf(LeaseLostException.class);
    }

    /** Before its row is there, and after it says how the run ended, a renewal would find no row and stop the run. */
    @Test
    void isRenewedFromWhenItsRowIsWrittenUntilItsEnd() throws Exception {
        history.setLease("5 MINUTES");
        history.setTable("_clarifai_runs");
        try (CamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            run.workOn(RunTables.ofImport(new TableName("main", "default", "inputs")));
            history.begin(exchange, run, "app", "dataset", false);
            assertThat(history.active()).isEmpty();

            history.recorded(run);
            assertThat(history.active()).containsExactly(run);

            history.end(exchange, run);
            history.renewed(run, List.of());
            assertThat(history.active()).isEmpty();
            run.requireHeld();
        }
    }
}
