package com.clarifai.databricks.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableDeclarationTest {

    private static final String HEAD = """
            key: [id, app]
            writers:
              load: whoever loads
              mend: whoever mends
            columns:
              id: {type: STRING NOT NULL, by: [load, mend], comment: "What it's called"}
              app: {type: STRING, by: [load: ":?app"]}
            """;

    @TempDir
    private Path folder;

    @Test
    void oneLineIsEnoughForAColumnInEveryListOfItsWriter() throws IOException {
        DeclaredTable table = declared("""
                  size: {type: BIGINT, by: [load]}
                  seen: {type: TIMESTAMP, by: [load, mend: "NULL"], value: current_timestamp(), comment: when}
                """);

        assertThat(table.name()).isEqualTo("things");
        assertThat(table.definition())
                .isEqualTo("id STRING NOT NULL COMMENT 'What it\\'s called',\n  app STRING,\n  size BIGINT,\n"
                        + "  seen TIMESTAMP COMMENT 'when'");
        assertThat(table.schema("load")).isEqualTo("id STRING, size BIGINT");
        assertThat(table.select("load")).isEqualTo("id, :?app AS app, size, current_timestamp() AS seen");
        assertThat(table.columns("load")).isEqualTo("id, app, size, seen");
        assertThat(table.values("load")).isEqualTo("s.id, :?app, s.size, current_timestamp()");
        assertThat(table.assignments("load")).isEqualTo("t.size = s.size, t.seen = current_timestamp()");
        assertThat(table.assignments("mend")).isEqualTo("t.seen = NULL");
        assertThat(table.of("load", "other")).isEqualTo("other.size");
        assertThat(table.assignments("load - size")).isEqualTo("t.seen = current_timestamp()");
        assertThat(table.writtenBy("mend"::equals)).containsExactly("id", "seen");
    }

    @Test
    void aTypeMayStandOnSeveralLines() throws IOException {
        DeclaredTable table = declared("""
                  regions:
                    type: >-
                      ARRAY<STRUCT<
                        row: FLOAT,
                        tags: MAP<STRING, ARRAY<DECIMAL(10, 2)>>
                      >>
                    by: [load]
                """);

        assertThat(table.schema("load"))
                .isEqualTo("id STRING, regions ARRAY<STRUCT<row: FLOAT, tags: MAP<STRING, ARRAY<DECIMAL(10, 2)>>>>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id: {type: STRING}                       | 'id' is there twice",
                "ID: {type: STRING}                       | 'ID' is there twice",
                "Größe: {type: STRING}                    | column Größe: the name of a column",
                "size: {type: NUMBER, by: [load]}         | column size: unknown type 'NUMBER'",
                "a: {type: \"ARRAY<STRUCT<b: TEXT>>\"}    | column a: unknown type 'TEXT'",
                "a: {type: \"ARRAY<STRING, STRING>\"}     | column a: unknown type 'ARRAY<STRING, STRING>'",
                "a: {type: STRUCT<b STRING>}              | column a: unknown type 'b STRING'",
                "size: {by: [load]}                       | column size has no type",
                "size: {type: INT, by: [export]}          | column size: 'export' is none of the writers load, mend",
                "size: {type: INT, by: load}              | column size: by: a list is expected",
                "size: {type: INT, note: x}               | column size: 'note' is none of type, by, value, comment",
                "size: INT                                | column size: names with values are expected",
                "size: {type: [INT]}                      | column size: a text is expected",
            })
    void whatIsWrongIsRefusedByNameFileAndLine(String line, String problem) {
        assertThatThrownBy(() -> declared("  " + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(folder.resolve("things.yaml") + ", line 8: ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "writers", "columns"})
    void noPartMayBeMissing(String part) {
        assertThatThrownBy(() -> read(HEAD.replace(part + ":", "#").replaceAll("(?m)^#.*\\n(?: .*\\n)*", "")))
                .hasMessageContaining("things.yaml, line 1: '" + part + "' is missing");
    }

    @Test
    void aKeyIsAColumn() {
        assertThatThrownBy(() -> read(HEAD.replace("key: [id, app]", "key: [id, owner]")))
                .hasMessageContaining("things.yaml, line 6: column owner is missing, which is part of the key");
    }

    @Test
    void aChoiceNamesAWriterAndColumnsThatItWrites() throws IOException {
        DeclaredTable table = declared("");

        assertThatThrownBy(() -> table.columns("lod"))
                .hasMessage("table things has no writer 'lod': these are declared: load, mend");
        assertThatThrownBy(() -> table.columns("mend - app"))
                .hasMessage("table things has no column 'app' that 'mend' writes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inputs", "annotations", "rejects", "runs"})
    void theProgramKnowsTheShippedColumnsWhateverAUserMakesOfTheFile(String table) {
        assertThat(TableDeclaration.shippedNames(table))
                .isEqualTo(TableDeclaration.read(Path.of("routes/tables/" + table + ".yaml"))
                        .names());
        assertThat(TableDeclaration.shippedNames("mine")).isEmpty();
    }

    private DeclaredTable declared(String lines) throws IOException {
        return read(HEAD + lines);
    }

    private DeclaredTable read(String yaml) throws IOException {
        Path file = folder.resolve("things.yaml");
        Files.writeString(file, yaml);
        return TableDeclaration.read(file);
    }

    @Test
    void anEmptyFileIsNoDeclaration() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(folder.resolve("things.yaml") + " is empty");
    }

    @Test
    void theTypesOfAMapHaveToBeKnown() throws IOException {
        assertThatThrownBy(() -> declared("  a: {type: \"MAP<STRING, TEXT>\"}\n"))
                .hasMessageContaining("unknown type 'TEXT'");
        assertThat(declared("  a: {type: \"MAP<STRING, INT>\"}\n").names()).containsExactly("id", "app", "a");
    }

    /** So that people can read the statement. */
    @Test
    void longListsGoOnInFurtherLines() throws IOException {
        String name = "a_column_with_a_name_of_fifty_characters_or_so_no_";
        DeclaredTable table = declared("""
                  %1$s1: {type: INT, by: [load]}
                  %1$s2: {type: INT, by: [load]}
                  %1$s3: {type: INT, by: [load]}
                  %1$s4: {type: INT, by: [load]}
                """.formatted(name));

        assertThat(table.columns("load").split("\n"))
                .allSatisfy(line -> assertThat(line.strip().length()).isBetween(50, 115))
                .hasSize(3);
    }
}
