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
            })
    void placesThatCanBeReadAreTaken(String source) {
        assertThatCode(() -> CsvLocation.check(source)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pom.xml", "./src", "src/*/x.csv", "file:pom.xml", "s3://bucket/key.csv"})
    void onTheCommandLineWhatIsThereIsTakenToo(String source) {
        assertThatCode(() -> CsvLocation.checkHere(source)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "./inputs.csv, no file or folder './inputs.csv'",
        "/home/nobody/*.csv, no folder '/home/nobody/'",
        "https://example.com/x.csv, not from https"
    })
    void onTheCommandLineWhatIsNotThereIsSaid(String source, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CsvLocation.checkHere(source))
                .withMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "inputs.csv, databricks fs cp",
        "pom.xml, command line only",
        "./inputs.csv, databricks fs cp",
        "/home/jane/inputs.csv, databricks fs cp",
        "C:\\Users\\jane\\inputs.csv, databricks fs cp",
        "file:///home/jane/inputs.csv, databricks fs cp",
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
