package com.clarifai.databricks.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.clarifai.AnnotationFilter;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a job is told to read. */
class ReadTaskTest {

    @Test
    void aFileOfItSaysTheSame() {
        AnnotationFilter filter =
                new AnnotationFilter(Set.of(24150), Set.of("jane"), Set.of(), true, false, true, Set.of("Größe"), null);
        ReadTask task = new ReadTask(
                "/Volumes/main/default/clarifai_staging/run",
                "/Volumes/main/default/clarifai_staging/run/outcome.json",
                "app",
                "dataset",
                "owner",
                "https://api.clarifai.com",
                14.5,
                1000,
                filter,
                Instant.parse("2026-01-01T00:00:00.000001Z"),
                null,
                true,
                false,
                true,
                "clarifai",
                List.of("CLARIFAI_PAT"));

        assertThat(ReadTask.parse(task.json())).isEqualTo(task);
    }
}
