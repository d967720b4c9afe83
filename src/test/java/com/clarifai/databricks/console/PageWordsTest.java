package com.clarifai.databricks.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a message says, the page says it without options and variables of the environment. */
class PageWordsTest {

    private static final Path SOURCES = Path.of("src/main/java/com/clarifai/databricks");
    private static final Pattern OF_THE_COMMAND_LINE =
            Pattern.compile("(^|[ (\"])--[a-z]|\\b(DATABRICKS|CLARIFAI|S3|ARM|AWS)_[A-Z_]+\\b|'databricks-connect ");
    private static final Pattern TEXTS =
            Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*\")*");

    @Test
    void settingsWithTheirOtherWaysAreTheFieldsOfTheConnection() {
        assertThat(PageWords.of("cannot be reached; check databricks.host (--host, DATABRICKS_HOST)"))
                .isEqualTo("cannot be reached; check Databricks Host");
        assertThat(PageWords.of("set databricks.warehouse-id, databricks.warehouse-name, databricks.cluster-id or"
                        + " databricks.http-path"))
                .isEqualTo("set Databricks Cluster ID or SQL warehouse");
        assertThat(PageWords.of("check clarifai.pat (--pat, CLARIFAI_PAT): it may be wrong"))
                .isEqualTo("check Personal access token: it may be wrong");
    }

    @Test
    void namesThatOnlyLookLikeSettingsStay() {
        String told = "https://api.clarifai.com and main.default.inputs: PERMISSION_DENIED, a--b";

        assertThat(PageWords.of(told)).isEqualTo(told);
        assertThat(PageWords.of(null)).isNull();
    }

    @Test
    void noMessageOfTheSourcesSpeaksOfTheCommandLineOnThePage() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> texts = texts();
        for (String text : texts) {
            String told = PageWords.of(text);
            if (OF_THE_COMMAND_LINE.matcher(told).find()) {
                wrong.add(text + " -> " + told);
            }
        }

        assertThat(texts).hasSizeGreaterThan(1_000);
        assertThat(wrong).isEmpty();
    }

    private static List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        for (Path file : sources()) {
            Matcher found = TEXTS.matcher(Files.readString(file));
            while (found.find()) {
                texts.add(found.group().replaceAll("\"\\s*\\+\\s*\"", "").replaceAll("^\"|\"$", ""));
            }
        }
        return texts;
    }

    /** Of all that a flow, a form or a check may say. */
    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("PageWords.java") && !file.endsWith("PageProblems.java"))
                    .filter(file -> Stream.of(
                                    "app", "settings", "flow", "databricks", "clarifai", "delta", "console", "s3")
                            .anyMatch(name -> file.startsWith(SOURCES.resolve(name))))
                    .collect(Collectors.toList());
        }
    }
}
