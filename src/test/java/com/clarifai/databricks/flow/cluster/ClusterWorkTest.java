package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.model.InputColumns;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a run gives to a job. */
class ClusterWorkTest {

    @Test
    void filesThatSparkHidesAreNotLeftToTheCluster() {
        List<Map<String, Object>> rows = Stream.of("a.jpg", "_b.jpg", "_folder/c.jpg", ".d.jpg", "e_f.jpg")
                .map(name -> Map.<String, Object>of(InputColumns.SOURCE_URI, "/Volumes/main/default/photos/" + name))
                .toList();

        assertThat(new ClusterWork().readable(rows))
                .extracting(row -> row.get(InputColumns.SOURCE_URI).toString().substring(29))
                .containsExactly("a.jpg", "_folder/c.jpg", "e_f.jpg");
    }
}
