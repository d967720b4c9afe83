package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code schedules}: those of the settings and those that a page has left in its file, without any service. */
class SchedulesCommandTest {

    private static final String CONFIGURED = """
            schedule.photos.flow=import-volume
            schedule.photos.every=1h
            schedule.photos.catalog=main
            schedule.photos.schema=default
            schedule.photos.volume=photos
            schedule.photos.table=inputs
            schedule.photos.app=app
            schedule.photos.dataset=pictures
            """;

    private static final String MADE = """
            {"made": {
              "nightly": {"command": "update", "options": {"app": "app", "deletes": "mark"}, "cron": "0 0 2 ? * *"},
              "resting": {"command": "export", "options": {"app": "app"}, "every": "1d"}},
             "paused": {"resting": true},
             "runs": {
              "photos": {"runId": "run-1", "startedAt": "2100-01-01T00:00:00Z", "endedAt": null, "outcome": "RUNNING"},
              "nightly": {"runId": "run-2", "startedAt": "2026-03-01T02:00:00Z", "endedAt": "2026-03-01T02:00:09Z",
                          "outcome": "FAILED", "result": "there is no volume photos"}}}
            """;

    @RegisterExtension
    private final CapturedOutput output = new CapturedOutput();

    @TempDir
    private Path folder;

    private Path config;

    @BeforeEach
    void settings() throws IOException {
        config = configured(CONFIGURED);
    }

    private Path configured(String settings) throws IOException {
        return Files.writeString(
                folder.resolve("settings.properties"),
                settings + "schedules.file=" + folder.resolve("schedules.json") + "\n");
    }

    private int schedules(String... more) {
        String[] words = new String[more.length + 3];
        words[0] = "--config";
        words[1] = config.toString();
        words[2] = "schedules";
        System.arraycopy(more, 0, words, 3, more.length);
        return CommandLineRunner.run(words);
    }

    @Test
    void thoseOfTheSettingsAndThoseOfThePageAreListedWithTheirLatestRuns() throws IOException {
        Files.writeString(folder.resolve("schedules.json"), MADE);

        assertThat(schedules()).isEqualTo(ExitCode.OK);

        assertThat(output.out())
                .containsPattern("photos[ |]+import-volume[ |]+every 1h0m[ |]+settings")
                .containsPattern("nightly[ |]+update[ |]+cron 0 0 2 . \\* \\*[ |]+page")
                .containsPattern("resting[ |]+export[ |]+every 1d[ |]+page[ |]+yes")
                .contains("RUNNING", "FAILED", "there is no volume photos");
    }

    @Test
    void programsGetThemWithTheirParametersAndTimes() throws IOException {
        Files.writeString(folder.resolve("schedules.json"), MADE);

        assertThat(schedules("--json")).isEqualTo(ExitCode.OK);

        JsonNode all = new ObjectMapper().readTree(output.out());
        assertThat(all.findValuesAsText("name")).containsExactly("photos", "nightly", "resting");
        assertThat(all.at("/0/parameters/volume").asText()).isEqualTo("photos");
        assertThat(all.at("/0/from").asText()).isEqualTo("settings");
        assertThat(all.at("/0/next").asText())
                .as("a period after its latest run")
                .isEqualTo("2100-01-01T01:00:00Z");
        assertThat(all.at("/0/lastOutcome").asText()).isEqualTo("RUNNING");
        assertThat(all.at("/1/parameters/deletes").asText()).isEqualTo("mark");
        assertThat(Instant.parse(all.at("/1/next").asText())).isAfter(Instant.now());
        assertThat(all.at("/1/lastRun").asText()).isEqualTo("run-2");
        assertThat(all.at("/1/lastStarted").asText()).isEqualTo("2026-03-01T02:00:00Z");
        assertThat(all.at("/1/lastResult").asText()).isEqualTo("there is no volume photos");
        assertThat(all.at("/2/paused").asBoolean()).isTrue();
        assertThat(all.at("/2/next").isNull()).as("it rests").isTrue();
        assertThat(all.at("/2/lastRun").isNull()).isTrue();
    }

    @Test
    void whereThereAreNoneTheListIsEmpty() throws IOException {
        config = configured("");

        assertThat(schedules("--json")).isEqualTo(ExitCode.OK);
        assertThat(output.out()).isEqualToIgnoringNewLines("[]");
    }

    @Test
    void aFileThatCannotBeReadAndAScheduleThatIsNoneAreToldInOneLine() throws IOException {
        Files.writeString(folder.resolve("schedules.json"), "not JSON");
        assertThat(schedules()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err().lines()).singleElement().asString().contains("schedules.json", "schedules.file");

        config = configured(CONFIGURED.replace("every=1h", "every=often"));
        Files.delete(folder.resolve("schedules.json"));
        assertThat(schedules()).isEqualTo(ExitCode.USAGE);
        assertThat(output.err()).contains("schedule.photos.every=often is not a period");
    }
}
