package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableSourceTest {

    @ParameterizedTest
    @CsvSource({
        "https://bucket.s3.eu-west-1.amazonaws.com/a/b/, s3://bucket/a/b/",
        "https://s3.eu-west-1.amazonaws.com/bucket/a, s3://bucket/a",
        "https://account.blob.core.windows.net/box/a/b, abfss://box@account.dfs.core.windows.net/a/b",
        "https://account.dfs.core.windows.net/box, abfss://box@account.dfs.core.windows.net/",
        "abfss://box@account.dfs.core.windows.net/a, abfss://box@account.dfs.core.windows.net/a"
    })
    void theWebAddressOfAFolderIsTakenForTheFolder(String address, String folder) {
        assertThat(TableSource.parse(address, "parquet").name()).isEqualTo(folder);
        assertThat(TableSource.parse(address, "parquet").toString()).isEqualTo("parquet.`" + folder + "`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://example.com/a/", "./a", "https://bucket.s3.amazonaws.com/a`; DROP", "file:///a/"})
    void othersAreRefused(String address) {
        assertThatIllegalArgumentException().isThrownBy(() -> TableSource.parse(address, "delta"));
    }
}
