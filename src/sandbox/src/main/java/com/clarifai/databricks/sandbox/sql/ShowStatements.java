package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.Extensions.NAME;
import static com.clarifai.databricks.sandbox.sql.Extensions.TEXT;
import static com.clarifai.databricks.sandbox.sql.Extensions.text;
import static com.clarifai.databricks.sandbox.sql.MetadataQueries.is;
import static com.clarifai.databricks.sandbox.sql.MetadataQueries.matches;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.classic.SparkSession;

/** The {@code SHOW … IN CATALOG} statements by which the JDBC driver asks a warehouse for metadata. */
final class ShowStatements implements Extension {

    private static final String SCOPE = " IN (?:ALL CATALOGS|CATALOG " + NAME + ")";
    private static final String LIKE = "(?: LIKE " + TEXT + ")?";
    private static final Pattern SCHEMAS = Extensions.pattern("SHOW SCHEMAS IN ALL CATALOGS" + LIKE);
    private static final Pattern OBJECTS = Extensions.pattern("SHOW (TABLES|COLUMNS|FUNCTIONS)" + SCOPE
            + "(?: SCHEMA LIKE " + TEXT + ")?(?: TABLE LIKE " + TEXT + ")?" + LIKE);
    private static final Pattern KEYS =
            Extensions.pattern("SHOW (FOREIGN )?KEYS IN CATALOG " + NAME + " IN SCHEMA " + NAME + " IN TABLE " + NAME);

    private final TableDirectories tables;

    ShowStatements(TableDirectories tables) {
        this.tables = tables;
    }

    @Override
    public Optional<Dataset<Row>> run(SparkSession session, String sql) throws ParseException {
        Matcher objects = OBJECTS.matcher(sql);
        if (objects.matches()) {
            return Optional.of(session.sql(objects(session, objects)));
        }
        Matcher keys = KEYS.matcher(sql);
        if (keys.matches()) {
            return Optional.of(session.sql(keys(session, keys)));
        }
        Matcher schemas = SCHEMAS.matcher(sql);
        if (schemas.matches()) {
            String pattern = text(schemas.group(1), schemas.group(2));
            return Optional.of(
                    session.sql(MetadataQueries.schemas(tables.catalogs(), matches("schema_name", pattern))));
        }
        return Optional.empty();
    }

    private String objects(SparkSession session, Matcher show) throws ParseException {
        List<String> catalogs = show.group(2) == null ? tables.catalogs() : List.of(catalog(session, show.group(2)));
        String schema = text(show.group(3), show.group(4));
        String table = text(show.group(5), show.group(6));
        String name = text(show.group(7), show.group(8));
        String inSchema = matches("table_schema", schema);
        return switch (show.group(1).toUpperCase(Locale.ROOT)) {
            case "TABLES" -> MetadataQueries.tables(catalogs, inSchema + " AND " + matches("table_name", name));
            case "COLUMNS" ->
                MetadataQueries.columns(
                        catalogs,
                        inSchema + " AND " + matches("table_name", table) + " AND " + matches("column_name", name));
            default ->
                MetadataQueries.functions(
                        catalogs, matches("routine_schema", schema) + " AND " + matches("routine_name", name));
        };
    }

    private String keys(SparkSession session, Matcher show) throws ParseException {
        ObjectName table = ObjectName.of(
                session,
                List.of(catalog(session, show.group(2)), name(session, show.group(3)), name(session, show.group(4))));
        return show.group(1) == null
                ? MetadataQueries.primaryKeys(table)
                : MetadataQueries.foreignKeys(
                        List.of(table.catalog()),
                        is("k.table_schema", table.schema()) + " AND " + is("k.table_name", table.name()));
    }

    private String catalog(SparkSession session, String text) throws ParseException {
        return tables.catalog(name(session, text)).getFileName().toString();
    }

    private static String name(SparkSession session, String text) throws ParseException {
        return String.join(".", ObjectName.parts(session, text));
    }
}
