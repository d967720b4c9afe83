package com.clarifai.databricks.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SampleBucketControlTest {

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @Test
    void aBodyBecomesAnObject() throws Exception {
        assertThat(workspace
                        .call("PUT", "/sandbox/s3?key=my/file%20one.csv", "inputid,input\n")
                        .statusCode())
                .isEqualTo(200);

        assertThat(workspace.bucket().resolve("my/file one.csv")).hasContent("inputid,input\n");
    }

    @Test
    void anImportFileIsGenerated() throws Exception {
        assertThat(workspace
                        .call("POST", "/sandbox/s3/csv?key=big.csv&rows=100000", null)
                        .statusCode())
                .isEqualTo(200);

        try (var lines = Files.lines(workspace.bucket().resolve("big.csv"))) {
            assertThat(lines.count()).isEqualTo(100_001);
        }
    }

    @Test
    void theSampleTablesAreMadeWithSql() throws Exception {
        assertThat(workspace.call("POST", "/sandbox/s3/samples", null).statusCode())
                .isEqualTo(200);

        assertThat(workspace.ranSql)
                .anySatisfy(sql -> assertThat(sql).contains("delta.`s3://databricks-connect-samples/samples/delta`"))
                .anySatisfy(sql -> assertThat(sql).contains("'s3://databricks-connect-samples/samples/parquet'"));
    }

    @ParameterizedTest
    @CsvSource({
        "PUT,/sandbox/s3",
        "POST,/sandbox/s3/csv?key=a.csv",
        "POST,/sandbox/s3/csv?key=a.csv&rows=many",
        "PUT,/sandbox/s3?key=../a"
    })
    void aRequestThatMakesNoSenseIsRefused(String method, String path) throws Exception {
        assertThat(workspace.call(method, path, "x").statusCode()).isEqualTo(400);
    }
}
