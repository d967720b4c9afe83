package com.clarifai.databricks.recorded;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.databricks.recorded.ScriptedSql.Statement;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code rejects} shows and writes of the tables of an import. */
class RejectsFlowTest {

    private static final List<String> FILES = List.of("FROM `main`.`default`.`inputs`");
    private static final List<String> ROWS = List.of("FROM `main`.`default`.`inputs_rejects`");

    private final RecordedFlow flow = new RecordedFlow();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        flow.close();
    }

    @BeforeEach
    void rejectFilesAndRows() {
        flow.sql()
                .rowsInTurn(
                        FILES,
                        List.of(
                                IntStream.range(0, 500)
                                        .mapToObj(i -> row("f" + i, null))
                                        .toList(),
                                List.of(row("last", null))));
        flow.sql().rowsInTurn(ROWS, List.of(List.of(row("file.csv#line=2", "{\"inputid\":\"a, \\\"b\\\"\"}"))));
    }

    private static Map<String, Object> row(String source, String raw) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("source", source);
        row.put("input", null);
        row.put("app", "app");
        row.put("dataset", "pictures");
        row.put("code", null);
        row.put("reason", "no picture");
        row.put("raw", raw);
        row.put("run", "run-1");
        row.put("position", source + " app pictures");
        return row;
    }

    @Test
    void allOfThemAreWrittenPageByPageAsCsv() throws IOException {
        Path file = folder.resolve("rejected.csv");

        Ended ended = flow.run("rejects", "main.default.inputs", "--output", file.toString());

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(Files.readAllLines(file))
                .hasSize(503)
                .startsWith("source,input,app,dataset,code,reason,raw,run", "f0,,app,pictures,,no picture,,run-1")
                .endsWith(
                        "file.csv#line=2,,app,pictures,,no picture,\"{\"\"inputid\"\":\"\"a, \\\"\"b\\\"\"\"\"}\",run-1");
        assertThat(flow.sql().statements(FILES.toArray(String[]::new)))
                .extracting(Statement::values)
                .last()
                .asString()
                .contains("f499 app pictures");
    }

    @Test
    void jsonIsOneArray() throws IOException {
        Path file = folder.resolve("rejected.json");
        ObjectMapper json = new ObjectMapper();

        flow.run("rejects", "main.default.inputs", "--output", file.toString(), "--run", "run-1");
        rejectFilesAndRows();
        Ended shown = flow.run("rejects", "main.default.inputs", "--json", "--limit=3");

        assertThat(json.readTree(file.toFile())).hasSize(502);
        assertThat(json.readTree(shown.out())).hasSize(3);
        assertThat(flow.sql().statements(ROWS.toArray(String[]::new)).get(0).values())
                .contains("run-1");
    }

    @Test
    void thereAreMoreThanItShows() {
        Ended ended = flow.run("rejects", "main.default.inputs", "--limit=2");

        assertThat(ended.out()).contains("f0", "f1", "no picture").doesNotContain("f2", "position");
        assertThat(ended.err()).contains("--output");
    }

    @Test
    void aFileThatIsThereIsNotReplaced() throws IOException {
        Path file = Files.writeString(folder.resolve("mine.csv"), "mine");

        assertThat(flow.run("rejects", "main.default.inputs", "--output", file.toString())
                        .error())
                .contains("it is there already");
        assertThat(flow.run("rejects", "main.default.inputs", "--output", "rejected.xls")
                        .error())
                .contains(".csv or .json");

        assertThat(file).hasContent("mine");
    }
}
