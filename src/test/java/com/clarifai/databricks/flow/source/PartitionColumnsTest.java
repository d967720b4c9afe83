package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Spark's {@code partitionBy} takes columns out of the files and puts them into the names of folders. */
class PartitionColumnsTest {

    @Test
    void columnsAreReadFromTheNamesOfFolders() {
        assertThat(PartitionColumns.of("s3://bucket/out/concepts=a%2Cb%3A%C3%A4/year=2026/part-0=x.csv"))
                .containsExactly(Map.entry("concepts", "a,b:\u00e4"), Map.entry("year", "2026"));
        assertThat(PartitionColumns.of("/Volumes/a/b/c/concepts=__HIVE_DEFAULT_PARTITION__/part.csv"))
                .containsExactly(Map.entry("concepts", ""));
        assertThat(PartitionColumns.of("s3://bucket/100%/a==b/part.csv")).containsExactly(Map.entry("a", "=b"));
    }

    @Test
    void onesThatAnImportTakesAreColumnsOfEachRowAndOthersAreNotMentioned() throws Exception {
        try (CsvRoute route = new CsvRoute()) {
            Map<String, Object> headers = Map.of("source", "s3://bucket/concepts=dog/year=2026/rows.csv");
            byte[] without = "inputid,input\n1,http://x/1\n".getBytes(StandardCharsets.UTF_8);
            byte[] with = "inputid,input,Concepts\n1,http://x/1,cat\n".getBytes(StandardCharsets.UTF_8);

            assertThat(concepts(route.rows(without, headers).get(0))).contains("id=dog");
            assertThat(concepts(route.rows(with, headers).get(0)))
                    .contains("id=cat")
                    .doesNotContain("dog");
        }
    }

    private static String concepts(Map<String, Object> row) {
        return String.valueOf(row.get("concepts"));
    }
}
