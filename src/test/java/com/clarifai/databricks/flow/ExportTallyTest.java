package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.Run.Count;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTallyTest {

    private final ExportTally tally = new ExportTally();
    private final Run run = Runs.open("update-tables");
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @BeforeEach
    void hundredInputsRead() {
        run.add(Count.INPUTS, 100);
        exchange.getMessage().setHeader("selection", "{}");
        exchange.getMessage().setHeader("deletes", Deletes.remove);
    }

    /** A list that misses some members must not make their rows look like those of deleted inputs. */
    @Test
    void fewer_inputs_than_clarifai_counts_are_told_and_nothing_is_taken_for_deleted_or_read() {
        tally.compare(exchange, run, 103L, 104L);

        assertThat(run.summary()).containsEntry("inputsCounted", 103L);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("deletes", Deletes.ignore)
                .doesNotContainKey("selection");
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "90, 95", "100, 120", "120, 100", ",", "120,", ", 120"})
    void a_list_that_others_changed_or_that_is_not_counted_is_whole(Long before, Long after) {
        tally.compare(exchange, run, before, after);

        assertThat(run.summary()).doesNotContainKey("inputsCounted");
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("deletes", Deletes.remove)
                .containsKey("selection");
    }

    @Test
    void what_a_search_found_is_not_compared() {
        exchange.getMessage().removeHeader("selection");

        tally.compare(exchange, run, 500L, 500L);

        assertThat(run.summary()).doesNotContainKey("inputsCounted");
    }
}
