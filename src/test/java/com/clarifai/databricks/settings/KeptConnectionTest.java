package com.clarifai.databricks.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptConnectionTest {

    private static final Map<String, String> CONNECTION = Map.of(
            "databricks.host", "https://one.example.com",
            "databricks.token", "secret-token",
            "databricks.warehouse-id", "w1",
            "clarifai.pat", "secret-pat");

    @TempDir
    private Path folder;

    private Path profiles;
    private Path file;
    private KeptConnection kept;

    @BeforeEach
    void names() {
        profiles = folder.resolve("databrickscfg");
        file = folder.resolve("kept").resolve("connection.properties");
        kept = KeptConnection.of(file.toString(), profiles.toString());
    }

    private Settings settings(Map<String, String> options) {
        return Settings.load(
                Path.of("."),
                Map.of("connection.file", file.toString(), "databricks.config-file", profiles.toString()),
                options,
                null,
                Map.of());
    }

    @Test
    void whatIsKeptInAFileCountsAtTheNextStartAndIsItsOwnersAlone() throws IOException {
        Files.createFile(profiles);
        kept.write(CONNECTION);

        assertThat(settings(Map.of()).get("databricks.token")).isEqualTo("secret-token");
        assertThat(settings(Map.of()).get("clarifai.pat")).isEqualTo("secret-pat");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void anOptionWinsOverWhatIsKept() throws IOException {
        Files.createFile(profiles);
        kept.write(CONNECTION);

        assertThat(settings(Map.of("databricks.cluster-id", "0101-1-a")).get("databricks.warehouse-id"))
                .isEmpty();
    }

    @Test
    void aProfileIsAddedAndNothingElseOfTheFileChanges() throws IOException {
        Files.writeString(profiles, "; mine\n[DEFAULT]\nhost = https://other.example.com\ntoken = theirs\n");
        kept.write(CONNECTION, "clarifai");

        assertThat(Files.readString(profiles))
                .startsWith("; mine\n[DEFAULT]\nhost = https://other.example.com\ntoken = theirs\n\n[clarifai]\n")
                .contains("token = secret-token", "warehouse_id = w1")
                .doesNotContain("secret-pat");
        assertThat(Files.readString(file)).contains("secret-pat").doesNotContain("secret-token");
        Settings settings = settings(Map.of());
        assertThat(settings.get("databricks.token")).isEqualTo("secret-token");
        assertThat(settings.get("databricks.warehouse-id")).isEqualTo("w1");
        assertThat(settings.get("clarifai.pat")).isEqualTo("secret-pat");
    }

    @Test
    void aProfileOfTheSameWorkspaceIsChangedAndItsCommentsStay() throws IOException {
        Files.writeString(
                profiles,
                "[clarifai]\n# of last year\nhost = https://one.example.com\ntoken = old\n\n[b]\nhost = https://b.example.com\n");
        kept.write(CONNECTION, "clarifai");

        assertThat(Files.readString(profiles))
                .contains("# of last year", "[b]\nhost = https://b.example.com", "token = secret-token")
                .doesNotContain("old");
    }

    @Test
    void aProfileOfAnotherWorkspaceIsNotReplaced() throws IOException {
        String theirs = "[clarifai]\nhost = https://other.example.com\n";
        Files.writeString(profiles, theirs);

        assertThatExceptionOfType(InvalidSettingException.class)
                .isThrownBy(() -> kept.write(CONNECTION, "clarifai"))
                .withMessageContaining("https://other.example.com");
        assertThat(Files.readString(profiles)).isEqualTo(theirs);
        assertThat(file).doesNotExist();
    }
}
