package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.flow.StatementFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The statements are those of before, in {@code src/test/resources/sql-before}, but for white space, comments, the names of
 * what only a run knows, and the order in which an assignment or a list of columns has its parts.
 */
class SameStatementsTest {

    private static final Path BEFORE = Path.of("src/test/resources/sql-before");
    private static final Path NOW = Path.of("routes/sql");
    private static final Pattern ASSIGNMENTS = Pattern.compile("UPDATE SET (.*?)(?= WHEN (?:NOT )?MATCHED|$)");
    private static final Pattern INSERT = Pattern.compile("INSERT \\((.*?)\\) VALUES \\((.*)\\)");
    private static final Pattern SCHEMA = Pattern.compile("from_json\\(value, '([^']*)'");

    static Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(BEFORE)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theStatementIsTheSame(String file) throws IOException {
        assertThat(normal(now(file))).isEqualTo(normal(Files.readString(BEFORE.resolve(file))));
    }

    private static String now(String file) {
        return new StatementFiles(NOW.getParent()).filled(NOW.resolve(file));
    }

    private static String normal(String sql) {
        String text = sql.replaceAll("(?m)--.*$", " ")
                .replaceAll("\\$\\{[^}]*}", "?")
                .replaceAll(":\\?\\w+", ":?")
                .replaceAll("\\s+", " ")
                .replace("STRUCT< ", "STRUCT<")
                .replace("> >>", ">>>")
                .strip();
        text = each(ASSIGNMENTS, text, found -> "UPDATE SET " + sorted(parts(found.group(1))));
        text = each(SCHEMA, text, found -> "from_json(value, '" + sorted(parts(found.group(1))) + "'");
        return each(INSERT, text, found -> "INSERT " + pairs(parts(found.group(1)), parts(found.group(2))));
    }

    private static String each(Pattern pattern, String text, java.util.function.Function<Matcher, String> change) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder changed = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(changed, Matcher.quoteReplacement(change.apply(matcher)));
        }
        return matcher.appendTail(changed).toString();
    }

    private static String pairs(List<String> columns, List<String> values) {
        assertThat(values).hasSameSizeAs(columns);
        return sorted(IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " = " + values.get(i))
                .toList());
    }

    private static String sorted(List<String> parts) {
        return parts.stream().sorted(Comparator.naturalOrder()).collect(Collectors.joining(", "));
    }

    /** What commas separate that are in no brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>(List.of(""));
        int depth = 0;
        for (char c : text.toCharArray()) {
            depth += "(<".indexOf(c) >= 0 ? 1 : ")>".indexOf(c) >= 0 ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add("");
            } else {
                parts.set(parts.size() - 1, parts.get(parts.size() - 1) + c);
            }
        }
        return parts.stream().map(String::strip).toList();
    }
}
