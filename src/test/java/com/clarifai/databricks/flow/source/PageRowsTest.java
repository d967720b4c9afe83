package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.model.InputColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageRowsTest {

    private final PageRows page = new PageRows();

    @Test
    void ofRowsWithOneIdTheFirstStandsAndTheOthersSayWhereItIs() {
        List<Map<String, Object>> rows = List.of(row("a", "x.csv:1"), row("b", "x.csv:2"), row("a", "x.csv:3"));

        page.rejectRepeatedIds(rows);

        assertThat(rows.subList(0, 2)).noneMatch(row -> row.containsKey(InputColumns.STATUS));
        assertThat(rows.get(2))
                .contains(
                        entry(InputColumns.STATUS, "REJECTED"),
                        entry(InputColumns.OUTCOME, "REJECTED"),
                        entry(InputColumns.STATUS_MESSAGE, "the same inputid stands in x.csv:1"));
    }

    /** It is no input, so that the next one with its id is the first. */
    @Test
    void aRowThatIsRejectedAlreadyHasNoIdToRepeat() {
        Map<String, Object> refused = row("a", "x.csv:1");
        refused.put(InputColumns.STATUS, "REJECTED");
        Map<String, Object> good = row("a", "x.csv:2");

        page.rejectRepeatedIds(List.of(refused, good));

        assertThat(good).doesNotContainKey(InputColumns.STATUS);
        assertThat(refused).doesNotContainKey(InputColumns.STATUS_MESSAGE);
    }

    @Test
    void onlyRowsWithoutAStatusAreToBeBroughtToAnEnd() {
        Map<String, Object> refused = row("a", "x.csv:1");
        refused.put(InputColumns.STATUS, "REJECTED");

        assertThat(page.undecided(List.of(refused, row("b", "x.csv:2"))))
                .containsExactly(Map.of(InputColumns.INPUT_ID, "b", InputColumns.SOURCE_URI, "x.csv:2"));
    }

    @Test
    void whatThePlanHasWrittenDownNeedsNoOtherStatementToSayThatItIsSent() {
        Map<String, Object> planned = row("a", "x.jpg");
        planned.put(InputColumns.CLAIMED, "false");
        Map<String, Object> claimed = row("b", "y.jpg");
        claimed.put(InputColumns.CLAIMED, "true");

        assertThat(page.unclaimed(List.of(planned, claimed, row("c", "z.csv:1"))))
                .extracting(row -> row.get(InputColumns.INPUT_ID))
                .containsExactly("a", "c");
    }

    @Test
    void whatAnEarlierRunHadSentIsResumedUnlessClarifaiRefusedItLast() {
        List<Map<String, Object>> rows =
                List.of(row("new", ""), row("sent", ""), row("refused", ""), row("again", ""), row("known", ""));

        page.resume(
                rows,
                List.of(
                        tracked("sent", InputColumns.CLAIMED_AT, 7L),
                        tracked("refused", InputColumns.REFUSED, "true"),
                        tracked("again", InputColumns.REFUSED, "true"),
                        tracked("again", InputColumns.CLAIMED_AT, 8L),
                        tracked("known", InputColumns.KNOWN, true)));

        assertThat(rows)
                .extracting(
                        row -> row.get(InputColumns.RESUMED),
                        row -> row.get(InputColumns.CLAIMED_AT),
                        row -> row.get(InputColumns.REFUSED),
                        row -> row.get(InputColumns.KNOWN))
                .containsExactly(
                        tuple(null, null, null, null),
                        tuple(true, 7L, null, null),
                        tuple(null, null, true, null),
                        tuple(true, 8L, null, null),
                        tuple(null, null, null, true));
    }

    /** What nothing is known of is sent without a question: whether it exists, the answer to that tells. */
    @Test
    void onlyInputsThatTheTablesKnowOfAreAskedFor() {
        List<Map<String, Object>> rows = List.of(row("new", ""), row("sent", ""), row("refused", ""), row("known", ""));
        rows.get(1).put(InputColumns.RESUMED, true);
        rows.get(2).put(InputColumns.REFUSED, true);
        rows.get(3).put(InputColumns.KNOWN, true);
        Map<String, Object> settled = row("settled", "");
        settled.put(InputColumns.KNOWN, true);
        settled.put(InputColumns.STATUS, "REJECTED");

        assertThat(page.recalled(rows)).isEqualTo(rows.subList(1, 4));
        assertThat(page.recalled(List.of(settled))).isEmpty();
    }

    private static Map<String, Object> tracked(String id, String flag, Object value) {
        return Map.of(InputColumns.INPUT_ID, id, flag, value);
    }

    @Test
    void theTableOfRejectsIsTouchedOnlyWhereItChanges() {
        Map<String, Object> refused = row("a", "");
        refused.put(InputColumns.STATUS, "REJECTED");
        List<Map<String, Object>> good = List.of(row("b", ""));

        assertThat(Stream.of(
                        page.changesRejects(good, runAfter(0)),
                        page.changesRejects(good, runAfter(1)),
                        page.changesRejects(List.of(row("b", ""), refused), runAfter(0))))
                .containsExactly(false, true, true);
    }

    @Test
    void theTablesAreAskedPageByPageOnlyWhereTheyHaveSomething() {
        Run none = new Run("run", "import-csv");
        page.before(none, List.of(Map.of("rejects", 0L, "tracked", 0L)));
        Run some = new Run("run", "import-csv");
        page.before(some, List.of(Map.of("rejects", 0L, "tracked", 1L)));

        assertThat(List.of(none.hadRows(), some.hadRows(), runAfter(1).hadRows()))
                .containsExactly(false, true, true);
    }

    private Run runAfter(long rejects) {
        Run run = new Run("run", "import-csv");
        page.before(run, List.of(Map.of("rejects", rejects, "tracked", 0L)));
        return run;
    }

    private static Map<String, Object> row(String id, String source) {
        return new HashMap<>(Map.of(InputColumns.INPUT_ID, id, InputColumns.SOURCE_URI, source));
    }
}
