package com.clarifai.databricks.sandbox.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may read a file of a volume on an executor. */
class CredentialScopeTest {

    private static final String HADOOP = "org.apache.hadoop.fs.FileSystem";

    @Test
    void aScanOfSparkMayAlsoWhereAProgramAsksItForTheNextRow() {
        assertThat(CredentialScope.isSpark(Stream.of(
                        HADOOP,
                        "org.apache.spark.sql.execution.datasources.binaryfile.BinaryFileFormat",
                        "java.util.Iterator",
                        "com.example.Program")))
                .isTrue();
    }

    @Test
    void whatReadsATableForSparkMayToo() {
        assertThat(CredentialScope.isSpark(Stream.of(
                        HADOOP,
                        "org.apache.parquet.hadoop.ParquetFileReader",
                        "io.delta.storage.LocalLogStore",
                        "org.apache.spark.sql.delta.DeltaParquetFileFormat",
                        "org.apache.spark.executor.Executor")))
                .isTrue();
    }

    @Test
    void aProgramMayNotOpenAFileInATaskOfSpark() {
        assertThat(CredentialScope.isSpark(
                        Stream.of(HADOOP, "com.example.Program", "org.apache.spark.executor.Executor")))
                .isFalse();
    }

    @Test
    void outsideOfExecutorsNobodyIsAsked() {
        assertThatCode(CredentialScope::require).doesNotThrowAnyException();
    }
}
