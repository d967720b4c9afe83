package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.flow.RunSetup;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.table.ColumnLists;
import com.clarifai.databricks.flow.table.StagedRows;
import com.clarifai.databricks.flow.table.StatementFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped statements, with the columns that their declarations have and with those that a user makes of them. */
class StatementFilesTest {

    private static final Path SHIPPED = Path.of("routes");

    @TempDir
    private Path home;

    static List<Path> files() {
        return new StatementFiles(SHIPPED).files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatIsShownOfAStatementIsWhatRuns(Path file) throws Exception {
        try (DefaultCamelContext context = context()) {
            Exchange run = run(context);
            String ran = evaluated(ofAnyRun(Files.readString(file)), run);
            String shown = new StatementFiles(SHIPPED).filled(file);

            assertThat(ran)
                    .isEqualToNormalizingWhitespace(evaluated(ofAnyRun(shown), run))
                    .doesNotContain("${");
            assertThat(shown).doesNotContain("bean:declared");
        }
    }

    /** Were the statements of a page to read all rows of the app, an import would cost the square of its pages. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "claim-rows ; t.input_id = s.input_id AND t.app_id",
                "track-rows ; t.input_id = s.input_id AND t.app_id",
                "track-inputs ; t.input_id = s.input_id AND t.app_id",
                "track-rejects ; t.source_uri = s.source_uri AND t.app_id",
                "rename-rows ; .input_id = (planned_id|if\\(s.leaves, s.planned_id, s.input_id\\)) AND .\\.app_id",
                "find-unfinished ; input_id IN \\(SELECT input_id FROM page\\)",
                "next-page ; run_id = :\\?runId AND status = 'PENDING'"
            })
    void whatRunsOnceForAPageNamesItsRowsInEachTableByTheirKeysOrTheRun(String name, String rows) throws IOException {
        String statement = Files.readString(SHIPPED.resolve("sql/" + name + ".sql"));

        assertThat(matches(rows, statement)).isPositive().isEqualTo(matches("variable\\.run\\.tables", statement));
    }

    private static long matches(String pattern, String statement) {
        return Pattern.compile(pattern).matcher(statement).results().count();
    }

    @Test
    void aColumnOfAUserIsOneLine() throws IOException {
        StatementFiles statements =
                changed("  input_type: ", "  camera: {type: STRING, by: [export, rows]}\n  input_type: ");

        assertThatCode(() -> ColumnLists.in(home.resolve("routes")).check()).doesNotThrowAnyException();
        assertThat(filled(statements, "create-inputs-table")).contains("\n  camera STRING,\n  input_type ");
        assertThat(filled(statements, "staged-inputs"))
                .containsSubsequence("SELECT\n  input_id, camera, input_type", "from_json", "camera STRING");
        assertThat(filled(statements, "track-rows"))
                .containsSubsequence(
                        "camera STRING", "t.camera = s.camera", "input_id, camera, ", "s.input_id, s.camera, ");
        assertThat(filled(statements, "plan-import")).doesNotContain("camera");
    }

    @Test
    void theWorkedChangeOfTheTableLayoutIsALineForEachColumn() throws IOException {
        EditedRoutes.copyOf(Path.of(""), home).apply("table-layout");
        StatementFiles statements = new StatementFiles(home.resolve("routes"));

        assertThat(Files.readAllLines(Path.of("examples/table-layout/table-layout.patch")))
                .filteredOn(line -> line.matches("\\+[^+].*"))
                .hasSize(2);
        assertThat(filled(statements, "create-inputs-table"))
                .contains("\n  label STRING COMMENT 'The concept", "\n  split STRING COMMENT 'validation for");
        assertThat(filled(statements, "staged-inputs")).contains(".name AS label", "'training') AS split");
    }

    @Test
    void theLineThatTheDocumentationShowsIsEnough() throws IOException {
        String line = Files.readString(Path.of("docs/change.md"))
                .lines()
                .filter(text -> text.startsWith("  split: "))
                .findFirst()
                .orElseThrow();
        StatementFiles statements = changed("  input_type: ", line + "\n  input_type: ");

        assertThat(filled(statements, "create-inputs-table")).contains("  split STRING COMMENT 'validation for");
        assertThat(filled(statements, "staged-inputs"))
                .contains("  input_id, IF(pmod(xxhash64(s.input_id), 10) = 0, 'validation', 'training') AS split");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "  source_size:    | plan-import.sql | source_size is missing",
                "  input_modified_at: | staged-inputs.sql | input_modified_at is missing",
            })
    void aColumnThatAStatementNeedsIsMissedAtTheStart(String line, String file, String problem) throws IOException {
        changed(line, "  #");

        assertThatThrownBy(() -> ColumnLists.in(home.resolve("routes")).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(home.resolve("routes/tables/inputs.yaml") + ": column " + problem)
                .hasMessageContaining(file + " names in line ");
    }

    @Test
    void aColumnThatNoStatementNeedsMayGo() throws IOException {
        StatementFiles statements = changed("  text_raw: ", "  # text_raw: ");

        assertThatCode(() -> ColumnLists.in(home.resolve("routes")).check()).doesNotThrowAnyException();
        assertThat(filled(statements, "staged-inputs")).doesNotContain("text_raw");
    }

    @Test
    void aRunHasTheSameColumnsToItsEndUnlessChangesAreTakenUp() throws IOException {
        changed("  text_raw: ", "  text_raw: ");
        ColumnLists steady = ColumnLists.in(home.resolve("routes"));
        ColumnLists fresh = ColumnLists.in(home.resolve("routes"));
        fresh.setReload(true);
        String before = steady.names("inputs.export");
        assertThat(fresh.names("inputs.export")).isEqualTo(before).contains("text_raw");

        Path file = home.resolve("routes/tables/inputs.yaml");
        Files.writeString(file, Files.readString(file).replace("  text_raw: ", "  raw_text: "));

        assertThat(steady.names("inputs.export")).isEqualTo(before);
        assertThat(fresh.names("inputs.export")).contains("raw_text").doesNotContain("text_raw");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${bean:declared?method=set('inputs.lines')}  | table inputs has no writer 'lines'",
                "${bean:declared?method=set('inputs.rows - x')} | table inputs has no column 'x' that 'rows' writes",
                "${bean:declared?method=set('inputs')}        | names no writer",
                "${bean:declared?method=set('things.rows')}   | no table 'things' is declared",
                "${bean:declared?method=sett('inputs.rows')}  | there is no list 'sett'",
                "${bean:declared?method=set(inputs.rows)}     | a list of columns is written",
            })
    void aListOfAStatementThatCannotBeMadeIsRefusedAtTheStart(String call, String problem) throws IOException {
        EditedRoutes.copyOf(Path.of(""), home);
        Path file = home.resolve("routes/sql/mine.sql");
        Files.writeString(file, "-- mine\nUPDATE x SET\n  " + call + "\n");

        assertThatThrownBy(() -> ColumnLists.in(home.resolve("routes")).check())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file + ", line 3: ")
                .hasMessageContaining(problem);
    }

    private StatementFiles changed(String line, String instead) throws IOException {
        EditedRoutes.copyOf(Path.of(""), home);
        Path file = home.resolve("routes/tables/inputs.yaml");
        String yaml = Files.readString(file);
        assertThat(yaml).containsOnlyOnce(line);
        Files.writeString(file, yaml.replace(line, instead));
        return new StatementFiles(home.resolve("routes"));
    }

    private String filled(StatementFiles statements, String name) {
        return statements.filled(home.resolve("routes/sql/" + name + ".sql"));
    }

    private static DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("declared", ColumnLists.in(SHIPPED));
        context.getRegistry().bind("staged", new StagedRows());
        Properties settings = new Properties();
        Stream.of("runs.lease", "import.max-row-bytes", "sql.page-bytes", "import.page-size")
                .forEach(name -> settings.setProperty(name, "7"));
        context.getPropertiesComponent().setInitialProperties(settings);
        context.start();
        return context;
    }

    private static Exchange run(DefaultCamelContext context) {
        Exchange run = new DefaultExchange(context);
        run.setVariable(Run.VARIABLE, new Run("the-run", "import-csv"));
        new RunSetup().beginImportOfRows(run, "main", "default", "inputs");
        new StagedRows().open(run.getVariable(Run.VARIABLE, Run.class), "staging");
        return run;
    }

    /** Without what only a run knows. */
    private static String ofAnyRun(String statement) {
        return statement.replaceAll("\\$\\{(variable\\.(?!run\\.id)|bean:staged)[^}]*}", "of the run");
    }

    private static String evaluated(String text, Exchange run) {
        return run.getContext().resolveLanguage("simple").createExpression(text).evaluate(run, String.class);
    }
}
