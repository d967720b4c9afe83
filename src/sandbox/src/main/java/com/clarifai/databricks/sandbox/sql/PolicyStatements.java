package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Extensions.NAME;

import com.clarifai.databricks.sandbox.sql.TablePolicies.Call;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;

/** {@code ALTER TABLE … SET ROW FILTER …} and {@code ALTER TABLE … ALTER COLUMN … SET MASK …}, and the ends of both. */
final class PolicyStatements implements Extension {

    private static final String TABLE = "ALTER TABLE " + NAME;
    private static final Pattern SET_FILTER =
            Extensions.pattern(TABLE + " SET ROW FILTER " + NAME + " ON\\s*\\((.*)\\)");
    private static final Pattern DROP_FILTER = Extensions.pattern(TABLE + " DROP ROW FILTER");
    private static final Pattern SET_MASK = Extensions.pattern(TABLE + " (?:ALTER|CHANGE) (?:COLUMN )?" + NAME
            + " SET MASK " + NAME + "(?: USING COLUMNS\\s*\\((.*)\\))?");
    private static final Pattern DROP_MASK =
            Extensions.pattern(TABLE + " (?:ALTER|CHANGE) (?:COLUMN )?" + NAME + " DROP MASK");
    private static final Pattern CONSTANT = Pattern.compile("(?i)'.*'|[-\\d.]+|true|false|null");

    private final SparkSession spark;
    private final TableDirectories tables;

    PolicyStatements(SparkSession spark, TableDirectories tables) {
        this.spark = spark;
        this.tables = tables;
    }

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) throws ParseException, IOException {
        Matcher statement;
        if ((statement = SET_FILTER.matcher(sql)).matches()) {
            Table table = table(session, statement.group(1));
            table.write(
                    table.policies().withFilter(call(session, statement.group(2), table, null, statement.group(3))));
        } else if ((statement = DROP_FILTER.matcher(sql)).matches()) {
            Table table = table(session, statement.group(1));
            table.write(table.policies().withFilter(null));
        } else if ((statement = SET_MASK.matcher(sql)).matches()) {
            Table table = table(session, statement.group(1));
            String column = statement.group(2);
            Call mask = call(session, statement.group(3), table, column, statement.group(4));
            table.write(table.policies().withMask(bare(column), mask));
        } else if ((statement = DROP_MASK.matcher(sql)).matches()) {
            Table table = table(session, statement.group(1));
            table.write(table.policies().withMask(bare(statement.group(2)), null));
        } else {
            return Optional.empty();
        }
        return Optional.of(session.emptyDataFrame());
    }

    private record Table(Path directory, TableDescription description) {

        TablePolicies policies() {
            return TablePolicies.of(directory);
        }

        void write(TablePolicies policies) throws IOException {
            policies.write(directory);
        }

        String column(String name) {
            return description.columns().stream()
                    .map(TableDescription.Column::name)
                    .filter(name::equalsIgnoreCase)
                    .findFirst()
                    .orElseThrow(() -> WorkspaceException.noSuchColumn(name, description.name()));
        }
    }

    private Table table(SparkSession session, String text) throws ParseException {
        ObjectName name = ObjectName.parse(session, text);
        Path directory = tables.table(name.catalog(), name.schema(), name.name());
        TableDescription description = TableDescriptions.of(spark, directory)
                .filter(found -> found.type().equals("MANAGED"))
                .orElseThrow(() -> WorkspaceException.noSuchTable(name.fullName()));
        return new Table(directory, description);
    }

    /** @param masked the first argument, null if there is none */
    private Call call(SparkSession session, String function, Table table, String masked, String others)
            throws ParseException {
        List<String> arguments = new ArrayList<>();
        if (masked != null) {
            arguments.add(argument(masked, table));
        }
        if (others != null && !others.isBlank()) {
            Arrays.stream(others.split(","))
                    .map(text -> argument(text.strip(), table))
                    .forEach(arguments::add);
        }
        ObjectName name = ObjectName.parse(session, function);
        Path schema = tables.schema(name.catalog(), name.schema());
        if (!StoredFunction.exists(schema, name.name())) {
            throw WorkspaceException.noSuchFunction(name.fullName());
        }
        int expected = StoredFunction.read(schema, name.name()).parameterCount();
        if (expected != arguments.size()) {
            throw WorkspaceException.wrongArguments(name.fullName(), expected, arguments.size());
        }
        return new Call(name, arguments);
    }

    private static String argument(String text, Table table) {
        return CONSTANT.matcher(text).matches()
                ? text
                : TablePolicies.ROW + "." + TablePolicies.quoted(table.column(bare(text)));
    }

    private static String bare(String column) {
        return column.replace("`", "").toLowerCase(Locale.ROOT);
    }
}
