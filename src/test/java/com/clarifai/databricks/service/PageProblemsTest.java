package com.clarifai.databricks.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.settings.InvalidSettingException;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words of the command line have no place on the page. */
class PageProblemsTest {

    private static final Pattern COMMAND_LINE = Pattern.compile(
            "(^|[ (\"])--[a-z]|\\b(DATABRICKS|CLARIFAI|S3|ARM)_[A-Z_]+\\b|\\b(databricks|clarifai|s3)\\.[a-z]+-?[a-z]*\\b");
    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    @TempDir
    private Path folder;

    @Test
    void everySettingThatIsMissingIsNamedByItsField() throws IOException {
        Files.createFile(folder.resolve("none"));
        Map<String, String> given = new LinkedHashMap<>(Map.of(
                "databricks.config-file", folder.resolve("none").toString(),
                "connection.file", folder.resolve("no-connection").toString()));
        List<String> told = new ArrayList<>();
        for (String next : List.of("databricks.host", "databricks.token", "databricks.warehouse-id")) {
            told.add(problem(given));
            given.put(next, next.equals("databricks.host") ? "https://w.example.com" : "x");
        }

        assertThat(told)
                .containsExactly(
                        "Databricks Host is not set, or cannot be used",
                        "Databricks Token is not set, or cannot be used",
                        "Databricks Cluster ID or SQL warehouse is not set, or cannot be used");
    }

    private static String problem(Map<String, String> options) {
        try {
            Requirements.flow(Settings.load(Path.of("."), options, Map.of(), null, Map.of()));
            return "nothing";
        } catch (InvalidSettingException e) {
            return PageProblems.missing(e);
        }
    }

    @Test
    void noTextOfThePageItselfIsOfTheCommandLine() throws IOException {
        String source = Files.readString(Path.of("src/main/java/com/clarifai/databricks/service/PageProblems.java"));
        // behind the table of fields, whose keys are settings
        Matcher text = TEXT.matcher(source.substring(source.indexOf("public static String describe")));
        while (text.find()) {
            assertThat(COMMAND_LINE.matcher(text.group(1)).find())
                    .as(text.group(1))
                    .isFalse();
        }
    }

    @Test
    void aMessageThatNamesNoSettingStaysAsItIs() {
        assertThat(PageProblems.missing(
                        new InvalidSettingException("databricks.host: 'x y' is no address", "databricks.host")))
                .isEqualTo("'x y' is no address");
        assertThat(PageProblems.missing(new InvalidSettingException(
                        "both databricks.token and --client-id are set", "databricks.token")))
                .isEqualTo("Databricks Token is not set, or cannot be used");
    }
}
