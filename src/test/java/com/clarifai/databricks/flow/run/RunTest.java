package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.model.WaitListener.Wait;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run knows of itself. */
class RunTest {

    private final Run run = Run.open("import-volume");

    @Test
    void itsIdSortsByTimeAndCanBeAFileName() {
        assertThat(run.id()).matches("\\d{8}T\\d{6}Z-[0-9a-f]{8}");
        assertThat(run.flow()).isEqualTo("import-volume");
    }

    @ParameterizedTest
    @EnumSource(
            value = Count.class,
            names = {"IMPORTED", "UPDATED", "EXISTING", "REJECTED", "SKIPPED", "UNKNOWN"})
    void everyWayToEndAccountsForARow(Count end) {
        run.add(Count.READ, 3);
        run.add(end, 2);
        assertThatIllegalStateException()
                .isThrownBy(run::complete)
                .withMessageStartingWith("of 3 rows read only 2 are accounted for");
        assertThat(run.phase()).isNotEqualTo(Phase.DONE);

        run.add(end, 1);
        run.complete();

        assertThat(run.phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void whatIsCountedTwiceIsNoEndEither() {
        run.add(Count.READ, 1);
        run.add(Count.IMPORTED, 1);
        run.add(Count.EXISTING, 1);

        assertThatIllegalStateException().isThrownBy(run::complete);
    }

    @Test
    void theSummaryNamesWhatIsReportedInTheOrderOfItsDeclaration() {
        run.report(Count.REJECTED, Count.READ);
        run.notes().readAs("UTF-8");
        run.notes().warn("odd", "file");
        run.add(Count.READ, 2);

        assertThat(run.summary().keySet())
                .containsExactly("runId", "flow", "read", "rejected", "readAs", "notes", "seconds");
        assertThat(run.summary()).containsEntry("read", 2L).containsEntry("rejected", 0L);
        assertThat(run.reports(Count.READ)).isTrue();
        assertThat(run.reports(Count.IMPORTED)).isFalse();
    }

    @Test
    void itsProgressIsThatOfItsPhase() {
        run.add(Count.READ, 7);
        run.add(Count.INPUTS, 5);
        assertThat(run.progress().done()).isZero();
        run.enter(Phase.LISTING);
        assertThat(run.progress().done()).isEqualTo(7);
        run.enter(Phase.READING);
        run.expect(20);
        assertThat(run.progress().done()).isEqualTo(5);
        assertThat(run.progress().of()).isEqualTo(20);
        run.enter(Phase.UPLOADING);
        assertThat(run.progress().of()).as("of another phase").isZero();
        run.add(Count.IMPORTED, 3);
        run.addUploaded(4);
        assertThat(run.progress().done()).isEqualTo(4);
        run.add(Count.EXISTING, 3);
        assertThat(run.progress().done())
                .as("what has ended without being sent")
                .isEqualTo(6);
        run.expect(10);
        assertThat(run.progress().done()).as("of those that are to be sent").isEqualTo(4);
    }

    @Test
    void whatItWaitsForEndsWithThePhase() {
        Wait warehouse = new Wait("the warehouse");
        run.waitsFor(warehouse);
        run.enter(run.phase());
        assertThat(run.progress().awaited()).isEqualTo(warehouse);
        run.enter(Phase.LISTING);

        assertThat(run.progress().awaited()).isNull();
    }

    @Test
    void aDryRunSaysThatItFindsOutOnly() {
        run.enter(Phase.UPLOADING);
        assertThat(run.progress().doing()).isEqualTo("Uploading to Clarifai");
        run.tryOnly();

        assertThat(run.isDryRun()).isTrue();
        assertThat(run.progress().doing()).isEqualTo("Finding out what would be uploaded");
    }

    @Test
    void whatADryRunWouldCreateIsCountedReportedAndListed() {
        List<String> listed = new ArrayList<>();
        run.wouldCreate(Count.TABLES_CREATED, "table", "a.b.c");
        assertThat(run.isListing()).isFalse();
        run.listTo(intention -> listed.add(intention.line()));

        run.wouldCreate(Count.TABLES_CREATED, "table", "a.b.d");

        assertThat(run.isListing()).isTrue();
        assertThat(listed).containsExactly("would create table a.b.d");
        assertThat(run.summary()).containsEntry("tablesCreated", 2L);
    }

    @Test
    void theLatestChangeIsKeptInWhicheverOrderTheyCome() {
        Instant early = Instant.parse("2024-01-01T00:00:00Z");
        Instant late = Instant.parse("2024-01-02T00:00:00Z");
        assertThat(run.latestChange()).isEqualTo(Instant.EPOCH);
        run.sawChange(late);
        run.sawChange(early);

        assertThat(run.latestChange()).isEqualTo(late);
    }

    @Test
    void theFirstPlanSaysSinceWhenItHasSent() {
        run.notePlanned(7);
        run.notePlanned(9);

        assertThat(run.plannedAt()).isEqualTo(7);
    }

    @Test
    void aRunThatIsCancelledKnowsSince() {
        assertThat(run.isCancelled()).isFalse();
        assertThat(run.cancelledAt()).isNull();
        run.cancel();

        assertThat(run.isCancelled()).isTrue();
        assertThat(run.cancelledAt()).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void aLockThatRanOutOrWasTakenEndsTheRunAtItsNextPhase() {
        assertThat(run.hasLock()).isFalse();
        run.enter(Phase.LISTING);
        run.holdUntil(Instant.now().plusSeconds(60));
        assertThat(run.hasLock()).isTrue();
        run.enter(Phase.PLANNING);
        run.holdUntil(Instant.now().minusSeconds(1));
        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(() -> run.enter(Phase.UPLOADING))
                .withMessageContaining("could not be renewed in time");
        assertThat(run.phase()).isEqualTo(Phase.PLANNING);
        run.release();
        assertThat(run.hasLock()).isFalse();
        run.enter(Phase.UPLOADING);
        run.loseToAnother();

        assertThatExceptionOfType(LeaseLostException.class)
                .isThrownBy(run::complete)
                .withMessageContaining("another run took over");
    }

    @Test
    void aListenerIsToldOfAllThatHappensFromThenOn() {
        List<String> told = new ArrayList<>();
        run.add(Count.READ, 1);
        run.observe(new RunListener() {
            @Override
            public void began(Run began) {
                told.add("began " + began.flow());
            }

            @Override
            public void counted(Run counting, Count count, long number) {
                told.add(count + " " + number);
            }

            @Override
            public void sent(Run sending, long bytes) {
                told.add(bytes + " bytes");
            }

            @Override
            public void ended(Run ending) {
                told.add("ended");
            }
        });
        run.add(Count.READ, 2);
        run.addBytes(5);
        run.end();

        assertThat(told).containsExactly("began import-volume", "READ 2", "5 bytes", "ended");
    }

    @Test
    void tablesThatTheChecksHaveSeenAreKnown() {
        TableName seen = TableName.parse("a.b.c", null, null);
        run.foundTable(seen);

        assertThat(run.hasFound(seen)).isTrue();
        assertThat(run.hasFound(TableName.parse("a.b.d", null, null))).isFalse();
    }

    @Test
    void whatWasThereBeforeIsKnown() {
        assertThat(run.hadRejects()
                        || run.hadRows()
                        || run.meetsExisting()
                        || run.mayReadLocalFiles()
                        || run.hasCompute())
                .isFalse();
        run.noteEarlier(true, false);
        assertThat(run.hadRejects()).isTrue();
        assertThat(run.hadRows()).isFalse();
        run.noteEarlier(false, true);
        assertThat(run.hadRejects()).isFalse();
        assertThat(run.hadRows()).isTrue();
        run.noteExisting(true);
        assertThat(run.meetsExisting()).isTrue();
        assertThat(run.withLocalFiles()).isSameAs(run);
        assertThat(run.mayReadLocalFiles()).isTrue();
        run.meetCompute();
        assertThat(run.hasCompute()).isTrue();
    }
}
