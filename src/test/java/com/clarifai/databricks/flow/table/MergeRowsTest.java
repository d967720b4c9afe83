package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.delta.TableMerge;
import com.clarifai.databricks.delta.TableName;
import java.util.ArrayList;
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
                "input_id",
                true);
    }

    @Test
    void aTableOfSomebodyElseIsRefusedUnlessForced() {
        exchange.setProperty("target", new TableName("main", "hr", "payroll"));
        exchange.setProperty("rows", List.of(Map.of("input_id", "a", "salary", "1")));
        List<Map<String, Object>> payroll = List.of(
                Map.of("col_name", "input_id", "data_type", "string"),
                Map.of("col_name", "salary", "data_type", "string"));

        assertThatThrownBy(() -> mergeRows.plan(exchange, payroll, "input_id", false))
                .isInstanceOf(ForeignTableException.class)
                .hasMessageContaining("main.hr.payroll")
                .hasMessageContaining("salary")
                .hasMessageContaining("force");

        List<Map<String, Object>> made = new ArrayList<>(payroll);
        made.add(Map.of("col_name", "", "data_type", ""));
        made.add(Map.of("col_name", "Table Properties", "data_type", "[databricks-connect.table=rows,delta.x=1]"));
        mergeRows.plan(exchange, made, "input_id", false);
        assertThat(exchange.getProperty("types")).isEqualTo("`input_id` string, `salary` string");
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
