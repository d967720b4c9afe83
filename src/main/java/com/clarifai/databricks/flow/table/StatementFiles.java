package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.DeclaredTable;
import com.clarifai.databricks.delta.TableDeclaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The statements in {@code routes/sql/}, to be looked at without a run. */
public final class StatementFiles {

    private static final Pattern CALL =
            Pattern.compile("\\$\\{bean:declared\\?method=(\\w+)\\('([^'}]*)'(?:, '(\\w+)')?\\)}");
    private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");

    private final Path routes;
    private final ColumnLists columns;

    /** @param routes the folder with {@code sql/} and {@code tables/} in it */
    public StatementFiles(Path routes) {
        this.routes = routes;
        this.columns = ColumnLists.in(routes);
    }

    /** The files, by name. */
    public List<Path> files() {
        return files("sql", ".sql");
    }

    /**
     * A statement with its columns filled in; what only a run knows is left as the file has it.
     *
     * @throws IllegalArgumentException with file and line, when a list of columns cannot be made
     */
    public String filled(Path statement) {
        StringBuilder filled = new StringBuilder();
        String text = read(statement);
        Matcher call = CALL.matcher(text);
        while (call.find()) {
            try {
                String list = list(call.group(1), call.group(2), call.group(3));
                call.appendReplacement(
                        filled, Matcher.quoteReplacement(list.replace("\n", "\n" + margin(text, call.start()))));
            } catch (IllegalArgumentException e) {
                throw wrong(statement, line(text, call.start()), e.getMessage());
            }
        }
        call.appendTail(filled);
        int unread = text.replaceAll(CALL.pattern(), "").indexOf("bean:declared");
        if (unread >= 0) {
            throw wrong(
                    statement,
                    line(text, unread),
                    "a list of columns is written ${bean:declared?method=set('inputs.rows - concepts')}");
        }
        return filled.toString();
    }

    /** Refuses what cannot be read, and a column that is gone from its declaration but not from the statements. */
    void check() {
        List<DeclaredTable> tables =
                files("tables", ".yaml").stream().map(TableDeclaration::read).toList();
        files().forEach(this::filled);
        for (DeclaredTable table : tables) {
            List<String> missing = new ArrayList<>(TableDeclaration.shippedNames(table.name()));
            missing.removeAll(table.names());
            if (!missing.isEmpty()) {
                files().forEach(statement -> refuse(missing, table, statement));
            }
        }
    }

    private void refuse(List<String> missing, DeclaredTable table, Path statement) {
        String text = read(statement);
        if (!isOf(table, text)) {
            return;
        }
        String rules = COMMENT.matcher(CALL.matcher(text).replaceAll("")).replaceAll("");
        for (String column : missing) {
            Matcher named = Pattern.compile("\\b" + column + "\\b").matcher(rules);
            if (named.find()) {
                throw new IllegalArgumentException(routes.resolve("tables").resolve(table.name() + ".yaml")
                        + ": column " + column + " is missing, which " + statement + " names in line "
                        + line(rules, named.start()));
            }
        }
    }

    private static boolean isOf(DeclaredTable table, String statement) {
        return CALL.matcher(statement)
                .results()
                .anyMatch(call -> call.group(2).split("\\.", 2)[0].equals(table.name()));
    }

    private String list(String form, String choice, String alias) {
        return switch (form) {
            case "define" -> columns.define(choice);
            case "schema" -> columns.schema(choice);
            case "select" -> columns.select(choice, null);
            case "names" -> columns.names(choice);
            case "values" -> columns.values(choice, null);
            case "set" -> columns.set(choice, null);
            case "of" -> columns.of(choice, alias);
            default -> throw new IllegalArgumentException("there is no list '" + form + "' of columns");
        };
    }

    /** So that the lines of a list stand below each other; they are indented by two already. */
    private static String margin(String text, int place) {
        String line = text.substring(text.lastIndexOf('\n', place) + 1, place);
        int spaces = line.length() - line.stripLeading().length();
        return " ".repeat(Math.max(0, spaces - 2));
    }

    private static long line(String text, int place) {
        return text.substring(0, place).chars().filter(c -> c == '\n').count() + 1;
    }

    private static IllegalArgumentException wrong(Path file, long line, String problem) {
        return new IllegalArgumentException(file + ", line " + line + ": " + problem);
    }

    private List<Path> files(String folder, String ending) {
        try (Stream<Path> files = Files.list(routes.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(routes.resolve(folder) + " cannot be read", e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
