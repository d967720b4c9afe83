package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MergeMetricsTest {

    @Test
    void theRowOfAMergeTellsEach() {
        List<Map<String, Object>> answer = List.of(Map.of(
                "num_affected_rows", 6L,
                "num_inserted_rows", 1,
                "num_updated_rows", 2L,
                "num_deleted_rows", 3L));

        assertThat(MergeMetrics.of(answer, 99L)).isEqualTo(new MergeMetrics(6, 1, 2, 3));
    }

    @Test
    void otherStatementsTellOnlyWhatTheyAffect() {
        assertThat(MergeMetrics.of(List.of(Map.of("num_affected_rows", 6L)), null))
                .isEqualTo(new MergeMetrics(6, 0, 6, 0));
        assertThat(MergeMetrics.of(List.of(Map.of("num_affected_rows", "many")), null))
                .isEqualTo(new MergeMetrics(0, 0, 0, 0));
    }

    @Test
    void withoutARowTheDriversCountIsTaken() {
        assertThat(MergeMetrics.of(List.of(), 4L)).isEqualTo(new MergeMetrics(4, 0, 4, 0));
        assertThat(MergeMetrics.of(null, -1L)).isEqualTo(new MergeMetrics(0, 0, 0, 0));
        assertThat(MergeMetrics.of("", null)).isEqualTo(new MergeMetrics(0, 0, 0, 0));
    }
}
