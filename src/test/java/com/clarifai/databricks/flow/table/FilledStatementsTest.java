package com.clarifai.databricks.flow.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements of a user's own, with their columns filled in. */
class FilledStatementsTest {

    @TempDir
    private Path routes;

    @BeforeEach
    void declaration() throws IOException {
        Files.createDirectories(routes.resolve("sql"));
        Files.createDirectories(routes.resolve("tables"));
        Files.writeString(routes.resolve("tables/things.yaml"), """
                key: [id]
                writers: {load: whoever loads}
                columns:
                  id: {type: STRING, by: [load]}
                  size: {type: INT, by: [load]}
                """);
        Files.writeString(routes.resolve("tables/notes.txt"), "no declaration");
        Files.writeString(routes.resolve("sql/notes.txt"), "no statement");
    }

    /** So that people can read them. */
    @Test
    void theLinesOfAListStandBelowEachOther() throws IOException {
        assertThat(filled("CREATE TABLE t (\n    ${bean:declared?method=define('things')}\n)"))
                .isEqualTo("CREATE TABLE t (\n    id STRING,\n    size INT\n)");
        assertThat(filled("(${bean:declared?method=define('things')})")).isEqualTo("(id STRING,\n  size INT)");
        assertThat(filled("  (${bean:declared?method=names('things.load')})")).isEqualTo("  (id, size)");
        assertThat(filled("${bean:declared?method=of('things.load', 'other')}")).isEqualTo("other.size");
    }

    @Test
    void aListThatCannotBeMadeIsToldWithItsLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filled("x\n${bean:declared?method=values('things.lod')}"))
                .withMessageContaining("mine.sql, line 2: table things has no writer 'lod'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filled("${bean:declared?method=odd('things.load')}"))
                .withMessageContaining("line 1: there is no list 'odd' of columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filled("${bean:declared?method=set(\"things.load\")}"))
                .withMessageContaining("line 1: a list of columns is written");
    }

    @Test
    void onlyStatementsAndDeclarationsAreRead() throws IOException {
        write("SELECT 1");

        assertThat(new StatementFiles(routes).files()).containsExactly(routes.resolve("sql/mine.sql"));
        ColumnLists.in(routes).check();
    }

    private String filled(String text) throws IOException {
        return new StatementFiles(routes).filled(write(text));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(routes.resolve("sql/mine.sql"), text);
    }
}
