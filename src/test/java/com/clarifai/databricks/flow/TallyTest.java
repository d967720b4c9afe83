package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.ImageFolder;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.flow.run.RunListener;
import com.clarifai.databricks.flow.table.TableWrite;
import com.clarifai.databricks.flow.table.Tables;
import com.clarifai.databricks.model.AnnotationColumns;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class TallyTest {

    private static final Instant CHANGED = Instant.parse("2026-03-01T12:00:00Z");
    private static final List<Map<String, Object>> MERGED = List.of(
            Map.of("num_affected_rows", 6L, "num_inserted_rows", 2L, "num_updated_rows", 3L, "num_deleted_rows", 1L));

    private final Run run = Run.open("import-volume");
    private final Tally tally = new Tally();

    @Test
    void a_summary_names_what_the_flow_reports() {
        run.add(Count.REJECTED, 2);
        run.report(Count.READ, Count.REJECTED);

        assertThat(run.summary())
                .containsOnlyKeys("runId", "flow", "read", "rejected", "seconds")
                .containsEntry("rejected", 2L);
    }

    @Test
    void a_summary_of_a_flow_with_labels_names_updates_and_annotations_too() {
        run.report(Count.UPDATED, Count.ANNOTATIONS, Count.REJECTED_ANNOTATIONS);
        tally.annotated(run, 5, 2);

        assertThat(run.summary())
                .containsEntry("updated", 0L)
                .containsEntry("annotations", 5L)
                .containsEntry("rejectedAnnotations", 2L);
    }

    @Test
    void every_outcome_counts_as_an_end_and_annotations_do_not() {
        List<Map<String, Object>> rows = Stream.of(Outcome.values())
                .map(outcome -> Map.<String, Object>of(InputColumns.OUTCOME, outcome.name()))
                .toList();
        tally.read(exchange(), run, rows);
        tally.annotated(run, 7, 7);
        assertThatIllegalStateException().isThrownBy(() -> tally.complete(run));

        tally.ended(run, rows);
        tally.complete(run);

        assertThat(run.get(Count.UPDATED)).isEqualTo(1);
        assertThat(run.phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void a_summary_names_inputs_in_unknown_states_only_where_there_are_some() {
        run.report(Count.READ);
        tally.ended(run, List.of(Map.of(InputColumns.OUTCOME, "EXISTING")));
        assertThat(run.summary()).doesNotContainKey("unknown");

        tally.ended(run, List.of(Map.of(InputColumns.OUTCOME, "UNKNOWN", InputColumns.STATUS_CODE, 30777)));
        assertThat(run.summary()).containsEntry("unknown", 1L);
    }

    /** Of several pages that are under way each knows what was read of it. */
    @Test
    void rows_that_a_step_leaves_out_of_a_page_are_skipped() {
        Exchange first = exchange();
        Exchange second = exchange();
        tally.readPage(first, run, List.of(1, 2, 3));
        tally.readPage(second, run, List.of(4, 5));
        tally.kept(run, first.getVariable("rowsRead", int.class), List.of(1, 2));
        tally.kept(run, second.getVariable("rowsRead", int.class), List.of(5));

        assertThat(run.get(Count.READ)).isEqualTo(5);
        assertThat(run.get(Count.SKIPPED)).isEqualTo(2);
        assertThat(run.planned()).isEqualTo(3);
        assertThat(run.phase()).isEqualTo(Phase.UPLOADING);
    }

    @Test
    void what_was_read_and_is_in_no_plan_is_skipped() {
        Exchange files = exchange();
        tally.read(files, run, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
        assertThat(run.phase()).isEqualTo(Phase.LISTING);
        tally.planning(run);
        assertThat(run.phase()).isEqualTo(Phase.PLANNING);

        tally.planned(files, run, 10, List.of(Map.of("pending", 4, "existing", 2L, "rejected", 1, "planned_at", 7L)));
        assertThat(run.plannedAt()).isEqualTo(7);
        assertThat(files.getVariable("pending")).isEqualTo(4L);

        assertThat(run.get(Count.EXISTING)).isEqualTo(2);
        assertThat(run.get(Count.REJECTED)).isEqualTo(1);
        assertThat(run.get(Count.SKIPPED)).isEqualTo(3);
        assertThat(run.planned()).isEqualTo(4);
        assertThat(run.phase()).isEqualTo(Phase.UPLOADING);
    }

    /** It goes on uploading; what it has sent since then is known by the first plan. */
    @Test
    void files_that_are_listed_while_others_are_sent_do_not_begin_the_run_anew() {
        tally.read(exchange(), run, List.of(1, 2));
        tally.planned(
                exchange(), run, 2, List.of(Map.of("pending", 2, "existing", 0, "rejected", 0, "planned_at", 7L)));
        tally.read(exchange(), run, List.of(3, 4, 5));
        tally.planning(run);
        assertThat(run.phase()).isEqualTo(Phase.UPLOADING);
        tally.planned(
                exchange(), run, 3, List.of(Map.of("pending", 1, "existing", 1, "rejected", 0, "planned_at", 9L)));

        assertThat(run.planned()).isEqualTo(3);
        assertThat(run.plannedAt()).isEqualTo(7);
        assertThat(run.get(Count.READ)).isEqualTo(5);
        assertThat(run.get(Count.SKIPPED)).isEqualTo(1);
    }

    private static Exchange exchange() {
        return new DefaultExchange(new DefaultCamelContext());
    }

    @Test
    void files_count_with_their_bytes_and_images_at_an_address_without() {
        AtomicLong sent = new AtomicLong();
        run.observe(new RunListener() {
            @Override
            public void began(Run observed) {}

            @Override
            public void counted(Run observed, Count count, long number) {}

            @Override
            public void sent(Run observed, long bytes) {
                sent.addAndGet(bytes);
            }

            @Override
            public void ended(Run observed) {}
        });

        tally.uploaded(
                run, List.of(Map.of(InputColumns.SOURCE_SIZE, 70L), Map.of(), Map.of(InputColumns.SOURCE_SIZE, 7)));

        assertThat(run.uploaded()).isEqualTo(3);
        assertThat(sent).hasValue(77);
    }

    @Test
    void in_a_dry_run_what_is_not_there_would_be_imported() {
        List<Map<String, Object>> rows = Stream.of(new HashMap<String, Object>(), new HashMap<String, Object>())
                .map(row -> (Map<String, Object>) row)
                .toList();
        rows.get(1).put(InputColumns.OUTCOME, "REJECTED");

        tally.wouldEnd(run, rows);

        assertThat(run.get(Count.IMPORTED)).isEqualTo(1);
        assertThat(run.get(Count.REJECTED)).isEqualTo(1);
    }

    @Test
    void whoMayNotReadTheSourceIsToldSoAtOnce() {
        Iterator<Object> refused = new Iterator<>() {
            @Override
            public boolean hasNext() {
                throw new IllegalStateException("may not be listed");
            }

            @Override
            public Object next() {
                throw new NoSuchElementException();
            }
        };

        assertThatIllegalStateException()
                .isThrownBy(() -> tally.readable(run, refused, null, "cluster"))
                .withMessage("may not be listed");
        tally.readable(run, List.of().iterator(), null, "cluster");
        assertThat(run.notes().lines()).containsExactly("transfer: cluster, whose executors read them");
    }

    @Test
    void mostOfABatchExistedAlreadyWhenMoreThanHalfDid() {
        Map<String, Object> existing = Map.of(InputColumns.OUTCOME, "EXISTING");
        tally.uploaded(run, List.of(existing, Map.of()));
        assertThat(run.meetsExisting()).isFalse();

        tally.uploaded(run, List.of(existing, existing, Map.of(InputColumns.OUTCOME, "IMPORTED")));
        assertThat(run.meetsExisting()).isTrue();
    }

    @Test
    void everyOutcomeHasItsOwnCount() {
        for (Outcome outcome : Outcome.values()) {
            tally.ended(run, List.of(Map.of(InputColumns.OUTCOME, outcome.name())));
            assertThat(run.get(Count.valueOf(outcome.name()))).isEqualTo(1);
        }
    }

    @Test
    void aDryRunNamesWhatItWouldUploadAndMake() {
        List<String> told = new ArrayList<>();
        run.listTo(intention -> told.add(intention.line()));
        List<Map<String, Object>> rows =
                List.of(new HashMap<>(Map.of(InputColumns.INPUT_ID, "i1", InputColumns.SOURCE_URI, "a.jpg")));

        tally.wouldEnd(run, rows);
        tally.wouldCreateDataset(run, "pictures");

        assertThat(told).containsExactly("would upload input i1 from a.jpg", "would create dataset pictures");
        assertThat(run.summary()).containsEntry("datasetsCreated", 1L);
    }

    @Test
    void howMuchThereIsToReadIsKnownUnlessOnlyWhatChangedIsSearchedFor() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        tally.reading(run, 40L, null);
        assertThat(run.phase()).isEqualTo(Phase.READING);
        assertThat(run.progress().of()).isEqualTo(40);
        tally.reading(run, null, null);
        assertThat(run.progress().of()).isZero();

        tally.reading(run, 40L, true);
        assertThat(run.progress().of()).isEqualTo(40);
        run.dataset().readSince(CHANGED);
        tally.reading(run, 40L, true);
        assertThat(run.progress().of()).isZero();
        tally.reading(run, 40L, false);
        assertThat(run.progress().of()).isEqualTo(40);
    }

    @Test
    void whatIsReadOfADatasetIsCountedAndItsLatestChangeNoted() {
        tally.readInputs(run, List.of(Map.of(InputColumns.INPUT_MODIFIED_AT, CHANGED), Map.of()));
        assertThat(run.latestChange()).isEqualTo(CHANGED);
        tally.readInputs(run, List.of(Map.of(InputColumns.ADDED_AT, CHANGED.plusSeconds(1))));
        assertThat(run.latestChange()).isEqualTo(CHANGED.plusSeconds(1));
        tally.readAnnotations(run, List.of(Map.of(AnnotationColumns.ANNOTATION_MODIFIED_AT, CHANGED.plusSeconds(2))));
        assertThat(run.latestChange()).isEqualTo(CHANGED.plusSeconds(2));

        assertThat(run.get(Count.INPUTS)).isEqualTo(3);
        assertThat(run.get(Count.ANNOTATIONS)).isEqualTo(1);
    }

    @Test
    void onlyATableForWhichRowsAreStagedHasSome() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        tally.staged(run, TableKind.inputs, List.of());
        assertThat(run.dataset().hasStaged(TableKind.inputs)).isFalse();

        tally.staged(run, TableKind.inputs, List.of(1, 2));
        assertThat(run.dataset().hasStaged(TableKind.inputs)).isTrue();
        assertThat(run.get(Count.STAGED)).isEqualTo(2);
    }

    @Test
    void aMergeCountsWhatItTellsAndAnotherWriteTheRowsOfTheStatement() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        tally.writing(run);
        assertThat(run.phase()).isEqualTo(Phase.WRITING);
        TableWrite merge = write(TableKind.inputs, "input_id");
        assertThat(run.progress().waitingFor()).isNotNull();

        tally.written(run, merge, MERGED, null);
        assertThat(run.progress().waitingFor()).isNull();
        assertThat(run.get(Count.INPUTS_INSERTED)).isEqualTo(2);
        assertThat(run.get(Count.INPUTS_UPDATED)).isEqualTo(3);

        tally.written(run, write(TableKind.annotations, "annotation_id"), MERGED, null);
        assertThat(run.get(Count.ANNOTATIONS_INSERTED)).isEqualTo(2);
        assertThat(run.get(Count.ANNOTATIONS_UPDATED)).isEqualTo(3);

        TableWrite made = write(TableKind.inputs, "");
        tally.written(run, made, null, 7L);
        tally.written(run, made, null, -1L);
        tally.written(run, made, null, null);
        assertThat(run.get(Count.INPUTS_INSERTED)).isEqualTo(9);
        assertThat(run.get(Count.INPUTS_UPDATED)).isEqualTo(3);
    }

    @Test
    void rowsThatWereMarkedOrRemovedAreCountedByTheirTable() {
        TableName table = new TableName("main", "default", "t");
        tally.deleted(run, new Tables.Forget(table, TableKind.inputs, "true"), MERGED, null);
        tally.deleted(run, new Tables.Forget(table, TableKind.annotations, "true"), null, 4L);

        assertThat(run.get(Count.INPUTS_DELETED)).isEqualTo(6);
        assertThat(run.get(Count.ANNOTATIONS_DELETED)).isEqualTo(4);
    }

    @Test
    void imagesAreNamedInTheSummaryWhereTheyAreExportedEvenIfThereAreNone() {
        run.read(new DatasetRead(IfExists.merge, true, null));
        tally.countsImages(run);
        assertThat(run.summary()).doesNotContainKey("images");

        run.dataset().writeImages(new ImageFolder("/Volumes/main/default/pictures", null, false));
        tally.countsImages(run);
        assertThat(run.summary())
                .containsEntry("images", 0L)
                .containsEntry("imagesExisting", 0L)
                .containsEntry("imagesFailed", 0L);
    }

    private TableWrite write(TableKind kind, String key) {
        Tables tables = new Tables();
        List<Map<String, Object>> columns =
                key.isEmpty() ? List.of() : List.of(Map.of("col_name", key, "data_type", "string"));
        return tables.write(run, new TableName("main", "default", "t"), kind, columns);
    }
}
