package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvLocationTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3://bucket/key.csv",
                "s3a://bucket/2026/*.csv",
                "https://bucket.s3.eu-west-1.amazonaws.com/key.csv",
                "/Volumes/main/default/files/a.csv",
                "/Volumes/main/default/files/",
                "/Volumes/main/default/files",
                "dbfs:/Volumes/main/default/files/*.csv",
                "pom.xml",
                "./src",
                "src/*/x.csv",
            })
    void placesThatCanBeReadAreTaken(String source) {
        assertThatCode(() -> CsvLocation.check(source)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "inputs.csv, no file or folder 'inputs.csv'",
        "./inputs.csv, no file or folder",
        "/home/jane/inputs.csv, no file or folder",
        "C:\\Users\\jane\\inputs.csv, no file or folder",
        "file:///home/jane/inputs.csv, no file or folder",
        "/home/jane/*.csv, no folder '/home/jane/'",
        "abfss://c@a.dfs.core.windows.net/x.csv, external volume",
        "gs://bucket/x.csv, external volume",
        "https://example.com/x.csv, not from https",
        "s3://UPPER/x.csv, valid bucket name",
        "/Volumes/main/default, names no volume",
    })
    void othersAreAnsweredWithWhatToGiveInstead(String source, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvLocation.check(source))
                .withMessageContaining(hint);
    }
}
