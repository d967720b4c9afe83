package com.clarifai.databricks.flow.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.ImageFolder;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunTables;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {

    private static final Instant MARK = Instant.parse("2024-05-31T12:00:00Z");
    private static final int STATUS = 30000;
    private static final Instant EARLIER = MARK.minusSeconds(1);

    private final Changes changes = new Changes();
    private final Run run = Run.open("update-tables");
    private final Message parameters = new DefaultMessage(new DefaultCamelContext());

    @BeforeEach
    void updateThatRemovesWhatIsGone() {
        run.read(new DatasetRead(IfExists.merge, true, Deletes.remove));
        run.dataset().select("{}");
    }

    @Test
    void inputsThatChangedOrCameIntoTheDatasetAreStaged() {
        List<Map<String, Object>> batch = List.of(
                input("old", EARLIER, EARLIER), input("patched", MARK, EARLIER), input("entered", EARLIER, MARK));

        assertThat(changes.inputs(since(MARK), batch))
                .extracting(row -> row.get("input_id"))
                .containsExactly("patched", "entered");
        assertThat(changes.inputs(since(null), batch)).isEqualTo(batch);
    }

    @Test
    void allAnnotationsOfAnInputThatCameIntoTheDatasetAreStaged() {
        List<Map<String, Object>> inputs = List.of(input("old", EARLIER, EARLIER), input("entered", EARLIER, MARK));
        List<Map<String, Object>> batch = List.of(
                annotation("1", "old", EARLIER), annotation("2", "old", MARK), annotation("3", "entered", EARLIER));

        assertThat(changes.annotations(since(MARK), batch, inputs))
                .extracting(row -> row.get("annotation_id"))
                .containsExactly("2", "3");
    }

    @Test
    void whatTheTablesKnowAlreadyIsNotStagedAgain() {
        List<Map<String, Object>> inputs = List.of(input("same", MARK, MARK), input("patched", MARK, MARK));
        List<Map<String, Object>> annotations =
                List.of(annotation("1", "same", MARK), annotation("2", "same", MARK), annotation("3", "patched", MARK));
        Run update = since(MARK);

        changes.known(
                update,
                List.of(
                        Map.of("digests", digest("inputs same") + digest("annotations 1")),
                        Map.of("digests", digest("annotations 3"))));

        assertThat(changes.inputs(update, inputs))
                .extracting(row -> row.get("input_id"))
                .containsExactly("patched");
        assertThat(changes.annotations(update, annotations, inputs))
                .extracting(row -> row.get("annotation_id"))
                .containsExactly("2");
    }

    /** Whether the image of an input was exported, its row does not tell. */
    @Test
    void inputsWhoseImagesAreExportedAreAllLookedAt() {
        List<Map<String, Object>> inputs = List.of(input("same", MARK, MARK));
        Run update = since(MARK);
        changes.known(update, List.of(Map.of("digests", digest("inputs same"))));
        assertThat(changes.inputs(update, inputs)).isEmpty();

        update.dataset().writeImages(new ImageFolder("/Volumes/main/default/images", null, false));

        assertThat(changes.inputs(update, inputs)).isEqualTo(inputs);
    }

    /** As {@code known-rows.sql} makes it. */
    private static String digest(String kindAndId) {
        return Hashing.sha256()
                .hashString(kindAndId + " " + MARK.getEpochSecond() * 1_000_000 + " " + STATUS, StandardCharsets.UTF_8)
                .toString()
                .substring(0, 16);
    }

    @Test
    void anUpdateBeginsALittleBeforeWhatTheLastOneHasSeen() {
        changes.setOverlap(Duration.ofMinutes(10));

        changes.since(run, List.of(Map.of("read_until", MARK.getEpochSecond() * 1_000_000)));

        assertThat(run.dataset().since()).isEqualTo(MARK.minusSeconds(600));
        assertThat(run.latestChange()).isEqualTo(MARK);
    }

    @Test
    void withoutAnEarlierRunEverythingIsCompared() {
        changes.since(run, List.of());

        assertThat(run.dataset().since()).isNull();
    }

    @Test
    void deletesAreRefusedWhereOnlySomeAnnotationsAreRead() {
        parameters.setHeader("concept", "cat");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changes.refuseContradictions(parameters, Deletes.remove))
                .withMessageContaining("parameter 'concept'");
        assertThatCode(() -> Changes.refuseContradictions(parameters, Deletes.ignore))
                .doesNotThrowAnyException();
    }

    @Test
    void aSearchIsRefusedWhereItCannotFindWhatIsAskedFor() {
        parameters.setHeader("search", "true");
        Changes.refuseContradictions(parameters, null);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changes.refuseContradictions(parameters, Deletes.mark))
                .withMessageContaining("parameter 'deletes=mark'");
        parameters.setHeader("full", "true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Changes.refuseContradictions(parameters, Deletes.ignore))
                .withMessageContaining("parameter 'full'");
    }

    @Test
    void aRunWithASearchIsNoneThatHasReadEverythingUnlessTheSearchCouldNotTell() {
        changes.searched(run, null);
        assertThat(run.dataset().selection()).isEqualTo("{}");

        changes.searched(run, List.of().iterator());
        assertThat(run.dataset().selection()).isNull();
    }

    @Test
    void aSelectionTellsDatasetTablesAndFilters() {
        parameters.setHeader("app", "a");
        parameters.setHeader("concept", "cat");
        parameters.setHeader("modelOutput", "false");
        parameters.setHeader("full", "true");
        RunTables tables =
                RunTables.ofExport(new TableName("main", "default", "i"), new TableName("main", "default", "a"));

        assertThat(Changes.selection(parameters, tables))
                .isEqualTo("{\"annotations\":\"`main`.`default`.`a`\",\"app\":\"a\",\"concept\":\"cat\","
                        + "\"inputs\":\"`main`.`default`.`i`\",\"mark\":\"utc\"}");
    }

    /** A list that misses some members must not make their rows look like those of deleted inputs. */
    @Test
    void fewerInputsThanClarifaiCountsAreToldAndNothingIsTakenForDeletedOrRead() {
        run.add(Run.Count.INPUTS, 100);

        changes.compareCounts(run, 103L, 104L);

        assertThat(run.summary()).containsEntry("inputsCounted", 103L);
        assertThat(run.dataset().isForgetting()).isFalse();
        assertThat(run.dataset().selection()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "90, 95", "100, 120", "120, 100", ",", "120,", ", 120"})
    void aListThatOthersChangedOrThatIsNotCountedIsWhole(Long before, Long after) {
        run.add(Run.Count.INPUTS, 100);

        changes.compareCounts(run, before, after);

        assertThat(run.summary()).doesNotContainKey("inputsCounted");
        assertThat(run.dataset().isForgetting()).isTrue();
        assertThat(run.dataset().selection()).isEqualTo("{}");
    }

    @Test
    void whatASearchFoundIsNotCompared() {
        run.dataset().missSome();

        changes.compareCounts(run, 500L, 500L);

        assertThat(run.summary()).doesNotContainKey("inputsCounted");
    }

    private Run since(Instant time) {
        run.dataset().readSince(time);
        return run;
    }

    private static Map<String, Object> input(String id, Instant modified, Instant added) {
        return Map.of(
                "input_id",
                id,
                "input_modified_at",
                modified,
                "added_at",
                added,
                "input_created_at",
                EARLIER,
                "status_code",
                STATUS);
    }

    private static Map<String, Object> annotation(String id, String inputId, Instant modified) {
        return Map.of(
                "annotation_id", id, "input_id", inputId, "annotation_modified_at", modified, "status_code", STATUS);
    }

    @Test
    void rowsAreStagedByTheirKeysToTellWhatIsGone() {
        assertThat(changes.keys(List.of(input("a", MARK, MARK), input("b", MARK, MARK)), TableKind.inputs))
                .containsExactly(Map.of("id", "a"), Map.of("id", "b"));
        assertThat(changes.keys(List.of(annotation("1", "a", MARK)), TableKind.annotations))
                .containsExactly(Map.of("id", "1"));
    }
}
