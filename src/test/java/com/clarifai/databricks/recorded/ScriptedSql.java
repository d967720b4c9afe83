package com.clarifai.databricks.recorded;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A warehouse that runs nothing: it takes down the statements that reach it through the real driver and answers each by
 * the rule that was given last of those whose words it has. Without a rule, tables are missing until they are made,
 * queries have no rows, and changes change none.
 */
public final class ScriptedSql {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A statement as it arrived, its line breaks and indentations as single spaces, and the values of its parameters. */
    public record Statement(String sql, List<String> values) {

        boolean has(List<String> words) {
            return words.stream().allMatch(sql::contains);
        }
    }

    /** What a statement is answered with: rows, or an error. */
    private record Result(List<Map<String, Object>> rows, String error) {

        private static Result rows(List<Map<String, Object>> rows) {
            return new Result(rows, null);
        }
    }

    private record Rule(List<String> words, Function<Statement, Result> result) {}

    private final List<Statement> statements = new CopyOnWriteArrayList<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final Map<String, Map<String, String>> tables = new TreeMap<>();
    private final Map<String, String> types = new TreeMap<>();

    ScriptedSql(FakeWorkspace workspace) {
        workspace
                .on(
                        "POST /api/2.0/sql/warehouses/" + RecordedFlow.WAREHOUSE + "/sessions",
                        FakeWorkspace.json("{\"session_id\":\"s\"}"))
                .on("DELETE /api/2.0/sql/sessions/s", FakeWorkspace.json("{}"))
                .on("DELETE /api/2.0/sql/statements/st", FakeWorkspace.json("{}"))
                .on("POST /api/2.0/sql/statements/", FakeWorkspace.answering(this::answer));
    }

    /** Each statement that has all the words has these rows. */
    public void rows(List<String> words, List<Map<String, Object>> rows) {
        rules.add(0, new Rule(words, statement -> Result.rows(rows)));
    }

    /** The rows of each statement that has all the words are made of it. */
    void answer(List<String> words, Function<Statement, List<Map<String, Object>>> rows) {
        rules.add(0, new Rule(words, statement -> Result.rows(rows.apply(statement))));
    }

    /** The first such statement has the first rows, the second one the second, and all that follow have none. */
    public void rowsInTurn(List<String> words, List<List<Map<String, Object>>> answers) {
        List<List<Map<String, Object>>> left = new ArrayList<>(answers);
        rules.add(0, new Rule(words, statement -> Result.rows(left.isEmpty() ? List.of() : left.remove(0))));
    }

    /** Each statement that has all the words has the rows that are made when it comes. */
    public void rowsFrom(List<String> words, Supplier<List<Map<String, Object>>> rows) {
        rules.add(0, new Rule(words, statement -> Result.rows(rows.get())));
    }

    /** As {@link #rows}, but one row. */
    public void row(List<String> words, Map<String, Object> row) {
        rows(words, List.of(row));
    }

    /** What a MERGE answers. */
    public static Map<String, Object> merged(int inserted, int updated, int deleted) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("num_affected_rows", inserted + updated + deleted);
        counts.put("num_updated_rows", updated);
        counts.put("num_deleted_rows", deleted);
        counts.put("num_inserted_rows", inserted);
        return counts;
    }

    /** Each statement that has all the words fails with this message, which begins with the error class in brackets. */
    public void fail(List<String> words, String message) {
        rules.add(0, new Rule(words, statement -> new Result(null, message)));
    }

    /** There is such a table. @param columns name to type, and what else DESCRIBE EXTENDED shows of it */
    public void table(String name, Map<String, String> columns) {
        tables.put(plain(name), columns);
    }

    /** The tables of another warehouse are there, as they were made there. */
    void tablesOf(ScriptedSql other) {
        tables.putAll(other.tables);
        types.putAll(other.types);
    }

    /** What has reached the warehouse so far, in this order. */
    public List<Statement> statements() {
        return List.copyOf(statements);
    }

    /** Those of them that have all the words. */
    public List<Statement> statements(String... words) {
        return statements.stream()
                .filter(statement -> statement.has(List.of(words)))
                .toList();
    }

    public void forget() {
        statements.clear();
    }

    private FakeWorkspace.Answer answer(String path, byte[] body) throws IOException {
        JsonNode request = JSON.readTree(body);
        List<String> values = new ArrayList<>();
        request.path("parameters")
                .forEach(parameter -> values.add(parameter.path("value").asText(null)));
        Statement statement = new Statement(
                request.path("statement")
                        .asText()
                        .replaceAll("(?m)^\\s*--.*$", "")
                        .strip()
                        .replaceAll("\\s+", " "),
                values);
        statements.add(statement);
        Result result = rules.stream()
                .filter(rule -> statement.has(rule.words()))
                .findFirst()
                .map(rule -> rule.result().apply(statement))
                .orElseGet(() -> usual(statement));
        return FakeWorkspace.json(new String(
                result.error() == null
                        ? StatementAnswer.succeeded(result.rows())
                        : StatementAnswer.failed(result.error()),
                StandardCharsets.UTF_8));
    }

    private Result usual(Statement statement) {
        String[] words = statement.sql().split("[\\s(]+");
        if (statement.sql().startsWith("CREATE TABLE")) {
            MadeTable made = MadeTable.of(statement.sql());
            tables.putIfAbsent(plain(made.name()), made.described());
            types.putAll(made.columns());
        }
        if (statement.sql().startsWith("DROP TABLE")) {
            tables.remove(plain(words[words.length - 1]));
        }
        if (statement.sql().startsWith("DESCRIBE QUERY")) {
            return Result.rows(described(MadeTable.selected(statement.sql(), types)));
        }
        if (statement.sql().startsWith("DESCRIBE TABLE")) {
            Map<String, String> table = tables.get(plain(words[words.length - 1]));
            return table == null
                    ? new Result(null, "[TABLE_OR_VIEW_NOT_FOUND] there is none. SQLSTATE: 42P01")
                    : Result.rows(described(table));
        }
        if (statement.sql().startsWith("MERGE")) {
            return Result.rows(List.of(merged(0, 0, 0)));
        }
        if (statement.sql().matches("(INSERT|UPDATE|DELETE) .*")) {
            return Result.rows(List.of(Map.of("num_affected_rows", 0, "num_inserted_rows", 0)));
        }
        return Result.rows(List.of());
    }

    private static List<Map<String, Object>> described(Map<String, String> columns) {
        return columns.entrySet().stream()
                .map(column -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("col_name", column.getKey());
                    row.put("data_type", column.getValue());
                    row.put("comment", null);
                    return row;
                })
                .toList();
    }

    private static String plain(String table) {
        return table.replace("`", "");
    }
}
