package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import com.clarifai.databricks.flow.parameter.WrongParameterException;
import com.clarifai.databricks.flow.schedule.Schedule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a flow takes is declared by its command, whoever starts it. */
class FlowCatalogTest {

    private static final Map<String, String> CSV =
            Map.of("source", "s3://bucket/a.csv", "table", "main.default.t", "app", "demo", "dataset", "photos");
    private static final Map<String, String> EXPORT = Map.of(
            "inputs-table", "main.default.i",
            "annotations-table", "main.default.a",
            "app", "demo",
            "dataset", "photos");

    private final FlowCatalog flows = new FlowCatalog();

    @Test
    void aFlowIsStartedWithTheOptionsOfItsCommandAndTheirDefaults() {
        assertThat(flows.headers("import-csv", with(CSV, Map.of("dry-run", "true", "concept-ids", "ID-Label"))))
                .containsOnly(
                        entry("source", "s3://bucket/a.csv"),
                        entry("table", "main.default.t"),
                        entry("app", "demo"),
                        entry("dataset", "photos"),
                        entry("conceptIds", "id-label"),
                        entry("onExisting", "skip"),
                        entry("allowDuplicateUrl", "false"),
                        entry("on", "machine"),
                        entry("dryRun", "true"),
                        entry("force", "false"));
    }

    @Test
    void tablesAndFoldersAreCompletedAsOnTheCommandLine() {
        Map<String, String> images = Map.of(
                "images",
                "true",
                "volume",
                "photos",
                "path",
                "2026",
                "catalog",
                "main",
                "schema",
                "default",
                "status",
                "success,pending");

        assertThat(flows.headers("export-annotations", with(EXPORT, Map.of("status", "success,pending"))))
                .contains(entry("annotationStatus", "success,pending"), entry("ifExists", "fail"))
                .doesNotContainKeys("status", "preview", "volume");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "import-csv | volume | photos | volume is not an option of import csv",
                "import-csv | fail-on-rejects | true | fail-on-rejects is not an option of import csv",
                "import-csv | dry-run | yes | dry-run is true or false, not 'yes'",
                "import-csv | table | a.b | table 'a.b' is neither a table name nor catalog.schema.table",
                "import-csv | table | '' | this is required",
                "export-annotations | if-exists | drop | Invalid value for parameter 'if-exists': expected one of",
            })
    void whatAFlowHasNotOrCannotUseIsNamed(String flow, String name, String value, String problem) {
        Map<String, String> parameters = with(flow.equals("import-csv") ? CSV : EXPORT, Map.of(name, value));

        assertThatExceptionOfType(WrongParameterException.class)
                .isThrownBy(() -> flows.headers(flow, parameters))
                .satisfies(e -> assertThat(e.problems().get(name)).startsWith(problem));
    }

    @Test
    void aFlowOfOnesOwnTakesAnything() {
        assertThat(flows.headers("my-flow", Map.of("max-size", "1", "source", "x")))
                .containsOnly(entry("maxSize", "1"), entry("source", "x"));
    }

    @Test
    void aScheduleIsRefusedByTheNameOfItsSetting() {
        Properties settings = new Properties();
        CSV.forEach((name, value) -> settings.setProperty("schedule.files." + name, value));
        settings.setProperty("schedule.files.flow", "import-csv");
        settings.setProperty("schedule.files.every", "1h");
        settings.setProperty("schedule.files.inputs-table", "inputs");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Schedule.all(settings, flows))
                .withMessage("schedule.files.inputs-table: inputs-table is not an option of import csv");
    }

    /** Which is what people know. */
    @Test
    void aTimeInTheFormOfCrontabIsRefusedWithWhatIsDifferentHere() {
        Properties settings = new Properties();
        CSV.forEach((name, value) -> settings.setProperty("schedule.files." + name, value));
        settings.setProperty("schedule.files.flow", "import-csv");
        settings.setProperty("schedule.files.cron", "30 2 * * *");

        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Schedule.all(settings, flows))
                .withMessageStartingWith("schedule.files.cron=30 2 * * * is not a cron expression")
                .withMessageContaining("five fields are those of crontab, without seconds");
    }

    private static Map<String, String> with(Map<String, String> parameters, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        all.putAll(more);
        return all;
    }
}
