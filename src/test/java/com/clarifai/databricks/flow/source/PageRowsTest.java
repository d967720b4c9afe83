package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

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
    void whatAnEarlierRunHadSentIsResumedUnlessClarifaiRefusedItLast() {
        List<Map<String, Object>> rows = List.of(row("new", ""), row("sent", ""), row("refused", ""), row("again", ""));

        page.resume(
                rows,
                List.of(
                        Map.of(InputColumns.INPUT_ID, "sent", InputColumns.REFUSED, "false"),
                        Map.of(InputColumns.INPUT_ID, "refused", InputColumns.REFUSED, "true"),
                        Map.of(InputColumns.INPUT_ID, "again", InputColumns.REFUSED, "true"),
                        Map.of(InputColumns.INPUT_ID, "again", InputColumns.REFUSED, "false")));

        assertThat(rows)
                .extracting(row -> row.get(InputColumns.RESUMED), row -> row.get(InputColumns.REFUSED))
                .extracting(Object::toString)
                .containsExactly("(null, null)", "(true, null)", "(null, true)", "(true, null)");
    }

    @Test
    void theTableOfRejectsIsTouchedOnlyWhereItChanges() {
        Map<String, Object> refused = row("a", "");
        refused.put(InputColumns.STATUS, "REJECTED");
        List<Map<String, Object>> good = List.of(row("b", ""));

        assertThat(Stream.of(
                        page.changesRejects(good, runAfter(List.of())),
                        page.changesRejects(good, runAfter(List.of("a row"))),
                        page.changesRejects(List.of(row("b", ""), refused), runAfter(List.of()))))
                .containsExactly(false, true, true);
    }

    private Run runAfter(List<?> rejects) {
        Run run = new Run("run", "import-csv");
        page.before(run, rejects);
        return run;
    }

    private static Map<String, Object> row(String id, String source) {
        return new HashMap<>(Map.of(InputColumns.INPUT_ID, id, InputColumns.SOURCE_URI, source));
    }
}
