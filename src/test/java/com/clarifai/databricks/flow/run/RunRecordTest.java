package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.parameter.DeclaredParameters;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.flow.run.Run.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the history says of a run, and which runs keep out of each other's way. */
class RunRecordTest {

    private final RunHistory history = new RunHistory();
    private final Run run = new Run("run-1", "import-volume");
    private final CamelContext context = new DefaultCamelContext();
    private final Exchange exchange = new DefaultExchange(context);

    @BeforeEach
    void importIntoATable() {
        history.setTable("_clarifai_runs");
        history.setLease("5 MINUTES");
        run.workOn(RunTables.ofImport(new TableName("Main", "default", "Inputs")));
    }

    @Test
    void aRunHasARowBesideItsTableUnlessItIsADryRunOrNoHistoryIsKept() {
        assertThat(history.place(run, null)).isEqualTo(new TableName("Main", "default", "_clarifai_runs"));
        assertThat(history.place(run, true)).isNull();
        history.setEnabled(false);
        assertThat(history.place(run, false)).isNull();
    }

    @Test
    void itsRowHasTheSubjectTheParametersThatWereGivenAndTheHost() {
        DeclaredParameters declared = new DeclaredParameters();
        declared.setFlow("import-volume");
        declared.setRequired("volume");
        declared.setOptional("path");
        context.getRegistry().bind("declared", declared);
        context.getRegistry().bind("flows", new FlowParameters() {
            @Override
            public Set<String> names() {
                return Set.of("app");
            }

            @Override
            public Map<String, Object> headers(String flow, Map<String, String> parameters) {
                return Map.of();
            }
        });
        exchange.getMessage().setHeaders(Map.of("app", "a", "volume", "photos", "path", "", "other", "x"));

        history.begin(exchange, run, "App", "Pictures", false);

        // Unity Catalog does not tell names apart by case, Clarifai does
        assertThat(run.history().subject()).isEqualTo("main.default.inputs App/Pictures");
        assertThat(run.history().parameters()).isEqualTo("{\"app\":\"a\",\"volume\":\"photos\"}");
        assertThat(run.history().host()).isNotBlank();
        assertThat(run.isRecorded()).isTrue();
    }

    @Test
    void aDryRunHasNoneAndKeepsNobodyOut() {
        history.begin(exchange, run, "app", "pictures", true);

        assertThat(run.history()).isNull();
        assertThatCode(() -> history.begin(exchange, another(), "app", "pictures", false))
                .doesNotThrowAnyException();
    }

    @Test
    void twoRunsOfOneSubjectAreNotUnderWayAtOnceInAProcess() {
        history.setEnabled(false);
        history.begin(exchange, run, "app", "pictures", false);
        assertThat(run.isRecorded()).isFalse();

        assertThatThrownBy(() -> history.begin(exchange, another(), "app", "pictures", null))
                .isInstanceOf(RunInProgressException.class)
                .hasMessage("run run-1 of this process works on main.default.inputs app/pictures; wait for it to end");
        assertThatCode(() -> history.begin(exchange, another(), "app", "others", null))
                .doesNotThrowAnyException();

        history.release(run);
        assertThatCode(() -> history.begin(exchange, another(), "app", "pictures", null))
                .doesNotThrowAnyException();
    }

    @Test
    void aRunBesideThatOfAnotherMachineIsRefusedWithWhatItIsAndWhenToTryAgain() {
        history.begin(exchange, run, "app", "pictures", false);
        assertThatCode(() -> history.refuseBeside(List.of(), run)).doesNotThrowAnyException();

        assertThatThrownBy(() -> history.refuseBeside(
                        List.of(Map.of(
                                "run_id", "run-0", "flow", "update", "host", "h", "since", 1_700_000_000_000_000L)),
                        run))
                .isInstanceOf(RunInProgressException.class)
                .hasMessage("run run-0 (update) on host h has been working on main.default.inputs app/pictures since"
                        + " 2023-11-14 22:13:20 UTC; wait for it to end, or if it has died try again after 5 minutes");
    }

    @Test
    void itsLeaseLastsFromWhenItsRowWasWrittenOrAskedToBeRenewed() {
        run.holdUntil(Instant.now().minusSeconds(1));
        history.recorded(run);
        assertThatCode(run::requireHeld).doesNotThrowAnyException();

        Instant before = Instant.now();
        history.renewing(run);
        assertThat(run.askedToHold()).isBetween(before, Instant.now());

        run.askToHold(Instant.now().minus(Duration.ofMinutes(4)));
        history.renewed(run, List.of(Map.of("run_id", "run-1")));
        assertThatCode(run::requireHeld).doesNotThrowAnyException();
    }

    @Test
    void aRunWhoseRowSaysNoLongerThatItIsUnderWayHasLostItsTablesToAnother() {
        history.recorded(run);

        history.renewed(run, List.of());

        assertThatThrownBy(run::requireHeld)
                .isInstanceOf(LeaseLostException.class)
                .hasMessageContaining("another run took over");
    }

    @Test
    void aRunThatWasRefusedGetsARowWithTheReason() {
        history.reachable(run);
        run.failFor(new IllegalArgumentException("no such volume"));

        assertThat(history.refused(exchange, run, "app", "pictures", false)).isTrue();

        assertThat(run.history().subject()).isEqualTo("main.default.inputs app/pictures");
        assertThat(run.ending()).isEqualTo(new HistoryRow.End("FAILED", "no such volume", "{}", "", ""));
    }

    @Test
    void nothingIsStartedOnlyToRecordThatNothingWasDone() {
        assertThat(history.refused(exchange, null, "app", "pictures", false)).isFalse();
        run.failFor(new IllegalArgumentException("no such volume"));
        assertThat(history.refused(exchange, run, "app", "pictures", false))
                .as("its warehouse was not reached")
                .isFalse();

        history.reachable(null);
        history.reachable(run);
        assertThat(history.refused(exchange, run, "app", "pictures", true))
                .as("a dry run")
                .isFalse();
        run.workOn(RunTables.NONE);
        assertThat(history.refused(exchange, run, "app", "pictures", false))
                .as("its table is not known")
                .isFalse();
        assertThat(run.history()).isNull();
    }

    @Test
    void aRunThatHasNotFailedOrHasARowAlreadyWasNotRefused() {
        history.reachable(run);
        assertThat(history.refused(exchange, run, "app", "pictures", false)).isFalse();

        history.begin(exchange, run, "app", "pictures", false);
        run.failFor(new IllegalArgumentException("later"));
        assertThat(history.refused(exchange, run, "app", "pictures", false)).isFalse();
        assertThat(run.ending()).isNull();
    }

    @Test
    void aRunThatCameToItsEndHasCompletedWithItsCounts() {
        run.report(Count.READ, Count.IMPORTED);
        run.add(Count.READ, 2);
        run.add(Count.IMPORTED, 2);
        run.complete();
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("of a step that was tried again"));

        history.end(exchange, run);

        assertThat(run.ending()).isEqualTo(new HistoryRow.End("COMPLETED", "", "{\"read\":2,\"imported\":2}", "", ""));
    }

    @Test
    void aRunOfADatasetSaysUpToWhenItHasReadWhich() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        run.dataset().select("{\"app\":\"a\"}");
        run.sawChange(Instant.parse("2026-03-01T12:00:00Z"));
        run.complete();

        history.end(exchange, run);

        assertThat(run.ending().readUntil()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(run.ending().selection()).isEqualTo("{\"app\":\"a\"}");
        run.dataset().missSome();
        history.end(exchange, run);
        assertThat(run.ending().selection()).isEmpty();
    }

    @Test
    void aRunThatFailedHasItsReasonInSoManyCharactersAsAreRead() {
        run.add(Count.READ, 1);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("x".repeat(1_001)));
        history.end(exchange, run);
        assertThat(run.ending().outcome()).isEqualTo("FAILED");
        assertThat(run.ending().error()).isEqualTo("x".repeat(1_000));

        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("y".repeat(1_000)));
        history.end(exchange, run);
        assertThat(run.ending().error()).isEqualTo("y".repeat(1_000));
    }

    @Test
    void aRunThatWasAskedToEndIsNoFailure() {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException(new RunInterruptedException()));
        history.end(exchange, run);
        assertThat(run.ending().outcome()).isEqualTo("INTERRUPTED");

        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException("broken"));
        history.end(exchange, run);
        assertThat(run.ending().outcome()).isEqualTo("FAILED");
        run.cancel();
        history.end(exchange, run);
        assertThat(run.ending().outcome()).isEqualTo("INTERRUPTED");
    }

    /** Otherwise a renewal would find no row and end what is being cleaned up. */
    @Test
    void itsLeaseIsOverWithItsEnd() {
        history.recorded(run);
        assertThat(run.hasLock()).isTrue();

        history.end(exchange, run);

        assertThat(run.hasLock()).isFalse();
    }

    @Test
    void aFilterNamesWhatIsWantedOfTheHistory() {
        assertThat(new HistoryFilter("r", "f", "o", "a", "from", "until").variables())
                .isEqualTo(Map.of(
                        "wantedRun", "r",
                        "wantedFlow", "f",
                        "wantedOutcome", "o",
                        "wantedAbout", "a",
                        "wantedFrom", "from",
                        "wantedUntil", "until"));
    }

    private static Run another() {
        Run another = new Run("run-2", "import-csv");
        another.workOn(RunTables.ofImport(new TableName("main", "default", "inputs")));
        return another;
    }
}
