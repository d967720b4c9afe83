package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file or folder of this machine, however it was written. */
class LocalPathTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "rows.csv, true",
        "/home/jane/rows.csv, true",
        "C:/rows.csv, true",
        "file:///home/jane/rows.csv, true",
        "s3://bucket/rows.csv, false",
        "/Volumes/main/default/rows.csv, false",
        "dbfs:/Volumes/main/default/rows.csv, false",
        "dbfs:x, false",
        "https://x.org/rows.csv, false"
    })
    void isToldFromVolumesAndStores(String source, boolean local) {
        assertThat(LocalPath.isLocal(source)).isEqualTo(local);
    }

    @Test
    void isAUriThatEndsInASlashForAFolder() throws IOException {
        Path file = Files.createFile(folder.resolve("rows.csv"));

        assertThat(LocalPath.uri(file.toString())).isEqualTo("file://" + file);
        assertThat(LocalPath.uri("file://" + file)).isEqualTo("file://" + file);
        assertThat(LocalPath.uri("file://localhost" + file)).isEqualTo("file://" + file);
        assertThat(LocalPath.uri(folder.toString())).isEqualTo("file://" + folder + "/");
        assertThat(LocalPath.uri(folder + "/./")).isEqualTo("file://" + folder + "/");
        assertThat(LocalPath.uri(".")).isEqualTo("file://" + Path.of("").toAbsolutePath() + "/");
    }

    @Test
    void aPatternBelowAFolderThatIsThereStaysOne() {
        assertThat(LocalPath.uri(folder + "/*.csv")).isEqualTo("file://" + folder + "/*.csv");
        assertThat(LocalPath.uri(folder + "/a*/b?.csv")).isEqualTo("file://" + folder + "/a*/b?.csv");
        assertThat(LocalPath.uri("*.none")).isEqualTo("file://" + Path.of("").toAbsolutePath() + "/*.none");
    }

    @Test
    void whatIsNotThereIsToldWithTheFolderThatWasLookedIn() throws IOException {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri("none.csv"))
                .withMessage("there is no file or folder 'none.csv' on this machine, in "
                        + Path.of("").toAbsolutePath());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri(folder + "/none.csv"))
                .withMessage("there is no file or folder '" + folder + "/none.csv' on this machine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri("C:/none.csv"))
                .withMessage("there is no file or folder 'C:/none.csv' on this machine");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri("a\0b"))
                .withMessageContaining("there is no file or folder");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri(folder + "/none/*.csv"))
                .withMessageContaining("there is no folder '" + folder + "/none/'");
        Files.createFile(folder.resolve("rows.csv"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri(folder + "/rows.csv/*"))
                .withMessageContaining("there is no folder");
        assertThatIllegalArgumentException().isThrownBy(() -> LocalPath.uri(" "));
    }

    /** It is read twice. */
    @Test
    void whatIsNeitherAFileNorAFolderIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LocalPath.uri("/dev/null"))
                .withMessageContaining("'/dev/null' is neither a file nor a folder");
    }

    @Test
    void drivesOfWindowsAreFoundAgainBehindTheSlashOfTheirUri() {
        assertThat(LocalPath.text("file:///C:/rows.csv")).isEqualTo("C:/rows.csv");
        assertThat(LocalPath.text("file:///home/jane/*.csv")).isEqualTo("/home/jane/*.csv");
        assertThat(LocalPath.of("file:///home/jane")).isEqualTo(Path.of("/home/jane"));
    }

    @Test
    void elsewhereTheWayToUploadItIsTold() {
        assertThat(LocalPath.refusal("rows.csv"))
                .hasMessageStartingWith("'rows.csv' is a file of this machine, it seems")
                .hasMessageContaining("databricks fs cp");
    }
}
