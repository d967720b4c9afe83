package com.clarifai.databricks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code routes}, with a copy of the shipped routes. */
class RoutesCommandTest {

    @RegisterExtension
    private final CapturedOutput output = new CapturedOutput();

    @TempDir
    private Path folder;

    private CopiedRoutes copied;

    @BeforeEach
    void copy() throws IOException {
        copied = CopiedRoutes.into(folder);
    }

    @Test
    void showsEveryStatementWithItsColumns() throws IOException {
        assertThat(copied.run("routes", "--sql", "--json")).as(output.err()).isEqualTo(ExitCode.OK);

        JsonNode statements = new ObjectMapper().readTree(output.out());
        assertThat(statements.findValuesAsText("file")).contains("begin-run.sql", "track-rows.sql");
        assertThat(statements.findValuesAsText("sql"))
                .noneMatch(sql -> sql.contains("bean:declared"))
                .anyMatch(sql -> sql.contains("t.input_modified_at = s.input_modified_at"))
                .anyMatch(sql -> sql.contains(":?app") && sql.contains("${"));
    }

    @Test
    void showsTheStatementsAndRoutesOfOneFlow() throws IOException {
        assertThat(copied.run("routes", "--sql", "--json", "import-volume"))
                .as(output.err())
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(output.out()).findValuesAsText("file"))
                .contains("plan-import.sql", "track-inputs.sql", "begin-run.sql", "create-inputs-table.sql")
                .doesNotContain("track-rows.sql", "staged-inputs.sql");

        output.resetOut();
        assertThat(copied.run("routes", "--sql", "--json", "export-annotations"))
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(output.out()).findValuesAsText("file"))
                .contains("staged-inputs.sql", "staged-annotations.sql", "merge-table.sql")
                .doesNotContain("plan-import.sql", "track-rows.sql");

        output.resetOut();
        assertThat(copied.run("routes", "--json", "update-tables")).isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(output.out()).findValuesAsText("id"))
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
        assertThat(copied.run("routes", "--json", "import-feed"))
                .as(output.err())
                .isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper().readTree(output.out()).findValuesAsText("id"))
                .contains("import-feed", "import-feed-rows", "import-rows")
                .doesNotContain("import-delta-rows", "import-csv");
    }

    @Test
    void aRouteThatIsNotThereIsRefusedByName() {
        assertThat(copied.run("routes", "--sql", "import-volumes")).isNotEqualTo(ExitCode.OK);
        assertThat(output.err()).contains("there is no route import-volumes in ");
    }

    @Test
    void saysAtTheStartWhatIsWrongInADeclaration() throws IOException {
        Path declaration = folder.resolve("routes/tables/rejects.yaml");
        Files.writeString(declaration, Files.readString(declaration).replace("{type: INT,", "{type: NUMBER,"));

        assertThat(copied.run("routes")).isNotEqualTo(ExitCode.OK);
        assertThat(output.err())
                .contains("error: " + declaration + ", line ", ": column status_code: unknown type 'NUMBER'");
    }
}
