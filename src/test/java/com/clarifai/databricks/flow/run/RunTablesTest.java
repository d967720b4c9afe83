package com.clarifai.databricks.flow.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.TableName;
import org.junit.jupiter.api.Test;

class RunTablesTest {

    private static final TableName ONE = new TableName("main", "default", "one");
    private static final TableName TWO = new TableName("main", "default", "two");

    /** Its schema has the staging volume and the history of runs. */
    @Test
    void theMainTableIsTheFirstThatTheFlowWritesOrReads() {
        assertThat(RunTables.ofImport(ONE).main()).isEqualTo(ONE);
        assertThat(RunTables.ofExport(ONE, TWO).main()).isEqualTo(ONE);
        assertThat(RunTables.ofMigration(TWO).main()).isEqualTo(TWO);
        assertThat(RunTables.NONE.main()).isNull();
        assertThat(RunTables.rejectsOf(ONE)).isEqualTo(new TableName("main", "default", "one_rejects"));
    }
}
