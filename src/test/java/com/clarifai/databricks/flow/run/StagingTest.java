package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.TableName;
import org.junit.jupiter.api.Test;

/** Where SQL finds what a run has staged. */
class StagingTest {

    private static final TableName TABLE = new TableName("main", "default", "inputs");

    @Test
    void inFilesOfTheVolumeBesideItsTable() {
        String volume = Staging.volume(TABLE, "clarifai_staging");
        Staging staging = new Staging(volume + "/run-1", null);

        assertThat(volume).isEqualTo("/Volumes/main/default/clarifai_staging");
        assertThat(staging.usesTable()).isFalse();
        assertThat(staging.all("plan")).isEqualTo("text.`" + volume + "/run-1/plan`");
        assertThat(staging.part("plan/1")).isEqualTo("text.`" + volume + "/run-1/plan/1.json.gz`");
    }

    @Test
    void inATableOfTheRunWhereTheVolumeMayNotBeWritten() {
        Staging staging = new Staging("/Volumes/main/default/clarifai_staging/run-1", TABLE);

        assertThat(staging.usesTable()).isTrue();
        assertThat(staging.all("plan"))
                .isEqualTo("(SELECT value FROM `main`.`default`.`inputs` WHERE startswith(part, 'plan/'))");
        assertThat(staging.part("plan/1"))
                .isEqualTo("(SELECT value FROM `main`.`default`.`inputs` WHERE part = 'plan/1')");
    }
}
