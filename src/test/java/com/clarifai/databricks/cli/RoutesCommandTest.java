package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code routes}, with a copy of the shipped routes. */
class RoutesCommandTest {

    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private Path settings;

    @BeforeEach
    void copyAndCapture() throws IOException {
        FileUtils.copyDirectory(
                Path.of("routes").toFile(), folder.resolve("routes").toFile());
        settings = Files.writeString(
                folder.resolve("settings.properties"), "routes.directory=" + folder.resolve("routes") + "\n");
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void release() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    @Test
    void showsEveryStatementWithItsColumns() throws IOException {
        assertThat(run("routes", "--sql", "--json")).as(text(err)).isEqualTo(ExitCode.OK);

        JsonNode statements = new ObjectMapper().readTree(out.toByteArray());
        assertThat(statements.findValuesAsText("file")).contains("begin-run.sql", "track-rows.sql");
        assertThat(statements.findValuesAsText("sql"))
                .noneMatch(sql -> sql.contains("bean:declared"))
                .anyMatch(sql -> sql.contains("t.input_modified_at = s.input_modified_at"))
                .anyMatch(sql -> sql.contains(":?app") && sql.contains("${"));
    }

    @Test
    void showsTheStatementsAndRoutesOfOneFlow() throws IOException {
        assertThat(run("routes", "--sql", "--json", "import-volume"))
                .as(text(err))
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(out.toByteArray()).findValuesAsText("file"))
                .contains("plan-import.sql", "track-inputs.sql", "begin-run.sql", "create-inputs-table.sql")
                .doesNotContain("track-rows.sql", "staged-inputs.sql");

        out.reset();
        assertThat(run("routes", "--sql", "--json", "export-annotations")).isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(out.toByteArray()).findValuesAsText("file"))
                .contains("staged-inputs.sql", "staged-annotations.sql", "merge-table.sql")
                .doesNotContain("plan-import.sql", "track-rows.sql");

        out.reset();
        assertThat(run("routes", "--json", "update-tables")).isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(out.toByteArray()).findValuesAsText("id"))
                .contains("update-tables", "dataset-read", "sql")
                .doesNotContain("import-volume", "import-volume-plan");
    }

    @Test
    void aSourceOfOnesOwnIsFifteenLinesInTheFrameOfATemplate() throws IOException {
        Path feed = Path.of("examples/feed/import-feed.camel.yaml");
        Files.copy(feed, folder.resolve("routes").resolve(feed.getFileName()));

        assertThat(Files.readAllLines(feed))
                .filteredOn(line -> !line.isBlank() && !line.startsWith("#"))
                .hasSizeLessThanOrEqualTo(15);
        assertThat(run("routes", "--json", "import-feed")).as(text(err)).isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(out.toByteArray()).findValuesAsText("id"))
                .contains("import-feed", "import-feed-rows", "import-rows")
                .doesNotContain("import-delta-rows", "import-csv");
    }

    @Test
    void aRouteThatIsNotThereIsRefusedByName() {
        assertThat(run("routes", "--sql", "import-volumes")).isNotEqualTo(ExitCode.OK);
        assertThat(text(err)).contains("there is no route import-volumes in ");
    }

    @Test
    void saysAtTheStartWhatIsWrongInADeclaration() throws IOException {
        Path declaration = folder.resolve("routes/tables/rejects.yaml");
        Files.writeString(declaration, Files.readString(declaration).replace("{type: INT,", "{type: NUMBER,"));

        assertThat(run("routes")).isNotEqualTo(ExitCode.OK);
        assertThat(text(err))
                .contains("error: " + declaration + ", line ", ": column status_code: unknown type 'NUMBER'");
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--config";
        all[1] = settings.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandLineRunner.run(all);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
