package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.DeclaredTable;
import com.clarifai.databricks.delta.TableDeclaration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * The lists of columns in statements, from the declarations in {@code routes/tables/}. The files in {@code routes/sql/} call
 * it as the bean {@code declared}: {@code ${bean:declared?method=set('inputs.rows - concepts')}}. The first part of such a choice
 * names the table, the second a writer, and what follows the columns that are left out; see {@link DeclaredTable}.
 *
 * <p>What has been read of a file holds until the program ends, so that a run has the same columns from its first page to its
 * last.
 */
public final class ColumnLists {

    private final Map<String, DeclaredTable> tables = new ConcurrentHashMap<>();
    private Path routes;
    private boolean reload;

    /** The folder of the routes, with {@code sql/} and {@code tables/} in it. */
    public void setDirectory(String directory) {
        routes = Path.of(directory);
    }

    /** Whether changes of the files are to be taken up at once, as those of the routes are. */
    public void setReload(boolean reload) {
        this.reload = reload;
    }

    public static ColumnLists in(Path routes) {
        ColumnLists lists = new ColumnLists();
        lists.setDirectory(routes.toString());
        return lists;
    }

    /**
     * Reads all declarations, and looks in all statements for what these do not declare.
     *
     * @throws IllegalArgumentException with file and line, when something is wrong in them
     */
    public void check() {
        new StatementFiles(routes).check();
    }

    /** The columns as {@code CREATE TABLE} takes them. */
    public String define(String table) {
        return table(table).definition();
    }

    /** The columns of rows that are JSON, as {@code from_json} takes them between quotes. */
    public String schema(String choice) {
        return table(choice).schema(columns(choice));
    }

    /** What to select of such rows. */
    public String select(String choice, Exchange exchange) {
        return evaluated(table(choice).select(columns(choice)), exchange);
    }

    /** The columns of an {@code INSERT}. */
    public String names(String choice) {
        return table(choice).columns(columns(choice));
    }

    /** The values of an {@code INSERT}. */
    public String values(String choice, Exchange exchange) {
        return evaluated(table(choice).values(columns(choice)), exchange);
    }

    /** The assignments of an {@code UPDATE}. */
    public String set(String choice, Exchange exchange) {
        return evaluated(table(choice).assignments(columns(choice)), exchange);
    }

    /** The columns of rows, but the key, of another row. */
    public String of(String choice, String alias) {
        return table(choice).of(columns(choice), alias);
    }

    /** What is declared of the table that a choice names. */
    DeclaredTable table(String choice) {
        String name = choice.split("\\.", 2)[0].strip();
        return reload ? read(name) : tables.computeIfAbsent(name, this::read);
    }

    private DeclaredTable read(String name) {
        Path file = routes.resolve("tables").resolve(name + ".yaml");
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("no table '" + name + "' is declared: there is no " + file);
        }
        return TableDeclaration.read(file);
    }

    private static String columns(String choice) {
        String[] parts = choice.split("\\.", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("'" + choice + "' names no writer: inputs.export, say");
        }
        return parts[1].strip();
    }

    /** The declared SQL may name what only a run knows, as the statements do; without a run it is left as it is. */
    private static String evaluated(String list, Exchange exchange) {
        return exchange == null || !list.contains("${")
                ? list
                : exchange.getContext()
                        .resolveLanguage("simple")
                        .createExpression(list)
                        .evaluate(exchange, String.class);
    }
}
