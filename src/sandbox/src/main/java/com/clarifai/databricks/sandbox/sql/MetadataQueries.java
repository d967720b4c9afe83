package com.clarifai.databricks.sandbox.sql;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Queries of {@link InformationSchema} whose results have the columns of Databricks' {@code SHOW … IN CATALOG} statements,
 * by which its JDBC driver finds them.
 */
final class MetadataQueries {

    private static final Pattern PLAIN = Pattern.compile("[\\w-]+");

    /** Upper case but for the names within a type. */
    private static final String TYPE = "concat(upper(substring_index(full_data_type, '<', 1)),"
            + " substring(full_data_type, length(substring_index(full_data_type, '<', 1)) + 1))";

    private MetadataQueries() {}

    static String schemas(List<String> catalogs, String pattern) {
        return "SELECT schema_name AS databaseName, catalog_name AS catalog FROM " + all(catalogs, "schemata")
                + " WHERE " + pattern + " ORDER BY catalog_name, schema_name";
    }

    /** @param where about {@code table_schema} and {@code table_name}, as in the next ones */
    static String tables(List<String> catalogs, String where) {
        return "SELECT table_schema AS namespace, table_name AS tableName, false AS isTemporary, '' AS information,"
                + " table_catalog AS catalogName, if(table_type = 'VIEW', 'VIEW', 'TABLE') AS tableType,"
                + " comment AS remarks FROM " + all(catalogs, "tables") + " WHERE " + where
                + " ORDER BY tableType, table_catalog, table_schema, table_name";
    }

    static String columns(List<String> catalogs, String where) {
        return "SELECT column_name AS col_name, table_catalog AS catalogName, table_schema AS namespace,"
                + " table_name AS tableName, " + TYPE + " AS columnType, CAST(null AS INT) AS columnSize,"
                + " numeric_scale AS decimalDigits, numeric_precision_radix AS radix,"
                + " CAST(is_nullable = 'YES' AS STRING) AS isNullable, comment AS remarks,"
                + " ordinal_position AS ordinalPosition, 'NO' AS isAutoIncrement, 'NO' AS isGenerated FROM "
                + all(catalogs, "columns") + " WHERE " + where
                + " ORDER BY table_catalog, table_schema, table_name, ordinal_position";
    }

    static String functions(List<String> catalogs, String where) {
        return "SELECT routine_name AS functionName, routine_catalog AS catalogName, routine_schema AS namespace,"
                + " comment AS remarks, CAST(1 AS SMALLINT) AS functionType, specific_name AS specificName FROM "
                + all(catalogs, "routines") + " WHERE " + where + " ORDER BY routine_schema, routine_name";
    }

    static String primaryKeys(ObjectName table) {
        String usage = "`" + table.catalog() + "`.information_schema.key_column_usage";
        return "SELECT table_catalog AS catalogName, table_schema AS namespace, table_name AS tableName,"
                + " column_name AS col_name, ordinal_position AS keySeq, constraint_name AS constraintName FROM "
                + usage
                + " WHERE position_in_unique_constraint IS NULL AND " + is("table_schema", table.schema()) + " AND "
                + is("table_name", table.name()) + " ORDER BY ordinal_position";
    }

    /** The foreign keys of the tables that the condition, about {@code k.table_schema} and so on, chooses. */
    static String foreignKeys(List<String> catalogs, String where) {
        return "SELECT p.table_catalog AS parentCatalogName, p.table_schema AS parentNamespace,"
                + " p.table_name AS parentTableName, p.column_name AS parentColName, k.table_catalog AS catalogName,"
                + " k.table_schema AS namespace, k.table_name AS tableName, k.column_name AS col_name,"
                + " k.ordinal_position AS keySeq, CAST(3 AS SMALLINT) AS updateRule, CAST(3 AS SMALLINT) AS deleteRule,"
                + " k.constraint_name AS constraintName, p.constraint_name AS parentConstraintName,"
                + " CAST(7 AS SMALLINT) AS deferrability FROM " + all(catalogs, "key_column_usage") + " k JOIN "
                + all(catalogs, "referential_constraints")
                + " r USING (constraint_catalog, constraint_schema, constraint_name) JOIN "
                + all(catalogs, "key_column_usage")
                + " p ON p.constraint_catalog = r.unique_constraint_catalog"
                + " AND p.constraint_schema = r.unique_constraint_schema"
                + " AND p.constraint_name = r.unique_constraint_name"
                + " AND p.ordinal_position = k.position_in_unique_constraint WHERE " + where
                + " ORDER BY k.table_schema, k.table_name, k.constraint_name, k.ordinal_position";
    }

    private static String all(List<String> catalogs, String table) {
        return catalogs.stream()
                .map(catalog -> "SELECT * FROM `" + catalog + "`.information_schema." + table)
                .collect(Collectors.joining(" UNION ALL ", "(", ")"));
    }

    static String is(String column, String value) {
        return column + " = " + literal(value);
    }

    /** A pattern of JDBC: {@code %} for any text, {@code _} for a character, null for everything. */
    static String like(String column, String pattern) {
        if (pattern == null || pattern.equals("%") || pattern.equals("*")) {
            return "true";
        }
        String lower = pattern.toLowerCase(Locale.ROOT);
        return PLAIN.matcher(lower).matches() && !lower.contains("_")
                ? is(column, lower)
                : "lower(" + column + ") LIKE " + literal(lower);
    }

    /** A pattern of SHOW statements: {@code *} for any text, {@code .} for a character, {@code |} between two patterns. */
    static String matches(String column, String pattern) {
        if (pattern == null || pattern.equals("*")) {
            return "true";
        }
        return PLAIN.matcher(pattern).matches()
                ? is(column, pattern.toLowerCase(Locale.ROOT))
                : column + " RLIKE " + literal("(?i)^(?:" + pattern.replace("*", ".*") + ")$");
    }

    static String literal(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
