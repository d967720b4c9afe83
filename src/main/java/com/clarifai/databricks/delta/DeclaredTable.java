package com.clarifai.databricks.delta;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is declared of a table, in {@code routes/tables/}, and the lists of its columns that statements have.
 *
 * <p>Most lists are of a choice of columns: {@code plan} for those that this writer writes, {@code plan - concepts - status}
 * for these but two. In them the table is called {@code t} and the row that is written {@code s}.
 *
 * @param name {@code inputs}, {@code annotations}, {@code rejects} or {@code runs}
 * @param key the columns that identify a row
 * @param writers who writes columns, and what that is in words
 */
public record DeclaredTable(String name, List<String> key, Map<String, String> writers, List<DeclaredColumn> columns) {

    private static final int LINE = 110;

    public DeclaredTable {
        key = List.copyOf(key);
        columns = List.copyOf(columns);
    }

    /** The names of all columns. */
    public List<String> names() {
        return columns.stream().map(DeclaredColumn::name).toList();
    }

    /** The names of the columns that any of these writers writes. */
    public List<String> writtenBy(Predicate<String> writer) {
        return columns.stream()
                .filter(column -> column.writers().keySet().stream().anyMatch(writer))
                .map(DeclaredColumn::name)
                .toList();
    }

    /** All columns as {@code CREATE TABLE} takes them, one a line. */
    public String definition() {
        return columns.stream().map(DeclaredColumn::definition).collect(Collectors.joining(",\n  "));
    }

    /** The columns that rows have values for, with their types, as {@code from_json} takes them between quotes. */
    public String schema(String choice) {
        Choice chosen = choose(choice);
        return list(chosen.ofRows(), DeclaredColumn::field);
    }

    /** What to select of rows, to have all columns of a writer. */
    public String select(String choice) {
        Choice chosen = choose(choice);
        return list(
                chosen.columns,
                column -> column.isOfRow(chosen.writer)
                        ? column.name()
                        : column.value(chosen.writer) + " AS " + column.name());
    }

    /** The columns that rows have values for, but the key, of another row with that alias. */
    public String of(String choice, String alias) {
        List<DeclaredColumn> ofRows = choose(choice).ofRows();
        return list(without(ofRows, Set.copyOf(key)), column -> alias + "." + column.name());
    }

    /** The columns of an {@code INSERT}. */
    public String columns(String choice) {
        return list(choose(choice).columns, DeclaredColumn::name);
    }

    /** Their values. */
    public String values(String choice) {
        Choice chosen = choose(choice);
        return list(chosen.columns, column -> column.value(chosen.writer));
    }

    /** The assignments of an {@code UPDATE}, which leaves the key alone. */
    public String assignments(String choice) {
        Choice chosen = choose(choice);
        return list(
                without(chosen.columns, Set.copyOf(key)),
                column -> "t." + column.name() + " = " + column.value(chosen.writer));
    }

    private record Choice(String writer, List<DeclaredColumn> columns) {

        List<DeclaredColumn> ofRows() {
            return columns.stream().filter(column -> column.isOfRow(writer)).toList();
        }
    }

    private Choice choose(String choice) {
        List<String> parts = Arrays.stream(choice.split("-")).map(String::strip).toList();
        String writer = parts.get(0);
        if (!writers.containsKey(writer)) {
            throw new IllegalArgumentException("table " + name + " has no writer '" + writer + "': these are declared: "
                    + String.join(", ", writers.keySet()));
        }
        List<DeclaredColumn> written =
                columns.stream().filter(column -> column.isWrittenBy(writer)).toList();
        List<String> left = parts.subList(1, parts.size());
        for (String column : left) {
            if (written.stream().noneMatch(found -> found.name().equals(column))) {
                throw new IllegalArgumentException(
                        "table " + name + " has no column '" + column + "' that '" + writer + "' writes");
            }
        }
        List<DeclaredColumn> chosen = without(written, Set.copyOf(left));
        if (chosen.isEmpty()) {
            throw new IllegalArgumentException("table " + name + " has no column that '" + choice + "' writes");
        }
        return new Choice(writer, chosen);
    }

    private static List<DeclaredColumn> without(List<DeclaredColumn> columns, Set<String> left) {
        return columns.stream().filter(column -> !left.contains(column.name())).toList();
    }

    /** With commas, and lines that can be read. */
    private static String list(List<DeclaredColumn> columns, Function<DeclaredColumn, String> part) {
        StringBuilder list = new StringBuilder();
        int length = 0;
        for (DeclaredColumn column : columns) {
            String text = part.apply(column);
            if (length > 0) {
                boolean full = length + text.length() > LINE;
                list.append(full ? ",\n  " : ", ");
                length = full ? 0 : length;
            }
            list.append(text);
            length += text.length() + 2;
        }
        return list.toString();
    }
}
