package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.DeclaredColumn;
import com.clarifai.databricks.delta.DeclaredTable;
import com.clarifai.databricks.delta.TableDeclaration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * docs/tables.md is what is declared of the tables. Where it is not, target/tables.md is what it has to be. Other pages name
 * no column that is not declared.
 */
class TablesPageTest {

    private static final Map<String, String> TITLES = Map.of(
            "inputs", "The table of inputs",
            "annotations", "The table of annotations",
            "rejects", "The table of rejected rows",
            "runs", "The history of runs");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    private static final String INTRODUCTION = """
            # The tables and their columns

            Declared in `routes/tables/`, a file each, where a column is one line: [Changing it](change.md#a-column-of-your-own). `databricks-connect routes --sql` shows the statements with the columns in them. Beside what is listed here a statement may set a column by a rule of its own: which inputs were sent, say, or that a file could not be read.
            """;

    @Test
    void thePageIsWhatIsDeclared() throws IOException {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (String name : List.of("inputs", "annotations", "rejects", "runs")) {
            add(page, declared(name));
        }
        Files.writeString(Path.of("target/tables.md"), page);

        assertThat(Path.of("docs/tables.md")).hasContent(page.toString());
    }

    private static void add(StringBuilder page, DeclaredTable table) {
        page.append("\n## ").append(TITLES.get(table.name())).append("\n\nWho writes a column:\n\n");
        table.writers().forEach((writer, text) -> page.append("* `")
                .append(writer)
                .append("`: ")
                .append(text)
                .append("\n"));
        page.append("\n| column | type | written by | what |\n| --- | --- | --- | --- |\n");
        for (DeclaredColumn column : table.columns()) {
            page.append("| `").append(column.name()).append("` | `");
            page.append(column.type())
                    .append(column.required() ? " NOT NULL" : "")
                    .append("` | ");
            page.append(table.writers().keySet().stream()
                            .filter(column::isWrittenBy)
                            .collect(Collectors.joining(", ")))
                    .append(" | ");
            page.append(column.comment().replace("|", "\\|")).append(" |\n");
        }
    }

    /** The first cells of the tables of columns. */
    @ParameterizedTest
    @CsvSource({
        "docs/import.md, **The tracking table**, inputs",
        "docs/export.md, **The annotations table**, annotations"
    })
    void otherPagesNameColumnsThatAreDeclared(Path page, String before, String table) throws IOException {
        String text = Files.readString(page);
        List<String> named = text.substring(text.indexOf(before))
                .lines()
                .dropWhile(line -> !line.startsWith("| ---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> NAME.matcher(line.split("\\|")[1]).results().map(name -> name.group(1)))
                .toList();

        assertThat(named).hasSizeGreaterThan(5).isSubsetOf(declared(table).names());
    }

    private static DeclaredTable declared(String name) {
        return TableDeclaration.read(Path.of("routes/tables/" + name + ".yaml"));
    }
}
