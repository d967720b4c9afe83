package com.clarifai.databricks.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.delta.TableMerge;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class MergeRowsTest {

    private final MergeRows mergeRows = new MergeRows();
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private void plan(List<Map<String, Object>> rows, String... columns) {
        exchange.setProperty("rows", rows);
        mergeRows.plan(
                exchange,
                List.of(columns).stream()
                        .map(name -> Map.<String, Object>of("col_name", name, "data_type", "string"))
                        .toList(),
                "input_id");
    }

    @Test
    void columnsAreThoseThatTableAndRowsHave() {
        plan(
                List.of(Map.of("input_id", "a", "status", "OK", "image_bytes", new byte[1])),
                "input_id",
                "status",
                "note");

        assertThat(exchange.getProperty("types")).isEqualTo("`input_id` string, `status` string");
        assertThat(exchange.getProperty("merge", TableMerge.class).getColumns()).isEqualTo("`input_id`, `status`");
    }

    @Test
    void ofSeveralRowsWithOneKeyTheLastStandsUnlessTheyAreOfDifferentApps() {
        plan(
                List.of(
                        Map.of("input_id", "a", "app_id", "one", "status", "first"),
                        Map.of("input_id", "a", "app_id", "one", "status", "last"),
                        Map.of("input_id", "a", "app_id", "two", "status", "other")),
                "input_id",
                "app_id",
                "status");

        assertThat(exchange.getProperty("distinct", List.class))
                .extracting(row -> ((Map<?, ?>) row).get("status"))
                .containsExactly("last", "other");
    }

    @Test
    void aKeyAloneChangesNothing() {
        plan(List.of(Map.of("input_id", "a")), "input_id");

        assertThat(exchange.getProperty("merge", TableMerge.class).getChanged()).isEqualTo("false");
    }

    @Test
    void aNameCannotLeaveTheSqlLiteralThatItIsIn() {
        plan(List.of(Map.of("input_id", "a", "it's", "x")), "input_id", "it's");

        assertThat(exchange.getProperty("types")).isEqualTo("`input_id` string, `it\\'s` string");
    }

    @Test
    void aRowWithoutItsKeyIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(List.of(Map.of("status", "OK")), "input_id", "status"))
                .withMessageContaining("input_id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan(List.of(Map.of("input_id", "a"), Map.of("status", "OK")), "input_id", "status"))
                .withMessage("a row of the batch has no input_id");
        assertThatIllegalArgumentException().isThrownBy(() -> mergeRows.table("no-catalog"));
    }
}
