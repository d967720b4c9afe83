package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Instant MARK = Instant.parse("2024-05-31T12:00:00Z");
    private static final Instant EARLIER = MARK.minusSeconds(1);

    private final Changes changes = new Changes();
    private final Run run = Runs.open("update-tables");
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void inputsThatChangedOrCameIntoTheDatasetAreStaged() {
        List<Map<String, Object>> batch = List.of(
                input("old", EARLIER, EARLIER), input("patched", MARK, EARLIER), input("entered", EARLIER, MARK));

        assertThat(changes.inputs(batch, MARK))
                .extracting(row -> row.get("input_id"))
                .containsExactly("patched", "entered");
        assertThat(changes.inputs(batch, null)).isEqualTo(batch);
    }

    @Test
    void allAnnotationsOfAnInputThatCameIntoTheDatasetAreStaged() {
        List<Map<String, Object>> inputs = List.of(input("old", EARLIER, EARLIER), input("entered", EARLIER, MARK));
        List<Map<String, Object>> batch = List.of(
                annotation("1", "old", EARLIER), annotation("2", "old", MARK), annotation("3", "entered", EARLIER));

        assertThat(changes.annotations(batch, MARK, inputs))
                .extracting(row -> row.get("annotation_id"))
                .containsExactly("2", "3");
    }

    @Test
    void anUpdateBeginsALittleBeforeWhatTheLastOneHasSeen() {
        changes.setOverlap(Duration.ofMinutes(10));

        changes.since(exchange, run, List.of(Map.of("read_until", MARK.getEpochSecond() * 1_000_000)));

        assertThat(exchange.getMessage().getHeader("since")).isEqualTo(MARK.minusSeconds(600));
        assertThat(run.latestChange()).isEqualTo(MARK);
    }

    @Test
    void withoutAnEarlierRunEverythingIsCompared() {
        changes.since(exchange, run, List.of());

        assertThat(exchange.getMessage().getHeader("since")).isNull();
    }

    @Test
    void deletesAreRefusedWhereOnlySomeAnnotationsAreRead() {
        exchange.getMessage().setHeader("concept", "cat");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.begin(exchange, run, Deletes.remove, false))
                .withMessageContaining("parameter 'concept'");
        changes.begin(exchange, run, Deletes.ignore, false);
        assertThat(exchange.getMessage().getHeader("deletes")).isEqualTo(Deletes.ignore);
    }

    @Test
    void aSearchIsRefusedWhereItCannotFindWhatIsAskedFor() {
        exchange.getMessage().setHeader("search", "true");
        changes.begin(exchange, run, null, false);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.begin(exchange, run, Deletes.mark, false))
                .withMessageContaining("parameter 'deletes=mark'");
        exchange.getMessage().setHeader("full", "true");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changes.begin(exchange, run, Deletes.ignore, false))
                .withMessageContaining("parameter 'full'");
    }

    @Test
    void aRunWithASearchIsNoneThatHasReadEverything() {
        exchange.getMessage().setHeader("app", "a");
        changes.select(exchange);

        changes.searched(exchange);

        assertThat(exchange.getMessage().getHeader("selection")).isNull();
    }

    @Test
    void aSelectionTellsDatasetTablesAndFilters() {
        exchange.getMessage().setHeader("app", "a");
        exchange.getMessage().setHeader("concept", "cat");
        exchange.getMessage().setHeader("modelOutput", "false");
        exchange.getMessage().setHeader("full", "true");

        changes.select(exchange);

        assertThat(exchange.getMessage().getHeader("selection"))
                .isEqualTo("{\"app\":\"a\",\"concept\":\"cat\",\"mark\":\"utc\"}");
    }

    private static Map<String, Object> input(String id, Instant modified, Instant added) {
        return Map.of("input_id", id, "input_modified_at", modified, "added_at", added, "input_created_at", EARLIER);
    }

    private static Map<String, Object> annotation(String id, String inputId, Instant modified) {
        return Map.of("annotation_id", id, "input_id", inputId, "annotation_modified_at", modified);
    }
}
