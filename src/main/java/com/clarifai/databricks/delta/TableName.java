package com.clarifai.databricks.delta;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three-level name of a table in Unity Catalog.
 *
 * <p>Names come from outside and end up in SQL, so only what Unity Catalog allows is accepted (<a
 * href="https://docs.databricks.com/en/sql/language-manual/sql-ref-names.html">names</a>: no period, space, slash or
 * control character, at most 255 characters), without quotes, back-ticks and back-slashes, which no table needs.
 */
public record TableName(String catalog, String schema, String table) {

    private static final int MAX_LENGTH = 255;
    private static final int MAX_QUOTED_LENGTH = 3 * (MAX_LENGTH + 3);
    /** A period that is not between back-ticks. */
    private static final Pattern SEPARATOR = Pattern.compile("\\.(?=(?:[^`]*`[^`]*`)*[^`]*$)");

    private static final Pattern QUOTED = Pattern.compile("`((?:[^`]|``)*)`");
    private static final Pattern REFUSED = Pattern.compile("[\\s\\p{Cntrl}./\\\\`'\";]");

    public TableName {
        check("catalog", catalog);
        check("schema", schema);
        check("table", table);
    }

    /**
     * @param name a table name, to be found in the given catalog and schema, or a full three-level name; each part as it
     *     is called or as SQL has it, between back-ticks
     * @throws IllegalArgumentException naming the part that cannot be used and why
     */
    public static TableName parse(String name, String defaultCatalog, String defaultSchema) {
        if (name != null && name.length() > MAX_QUOTED_LENGTH) {
            throw new IllegalArgumentException(
                    "table name is longer than three names of " + MAX_LENGTH + " characters");
        }
        List<String> parts = name == null ? List.of("") : parts(name.strip());
        return switch (parts.size()) {
            case 1 -> new TableName(defaultCatalog, defaultSchema, parts.get(0));
            case 3 -> new TableName(parts.get(0), parts.get(1), parts.get(2));
            default ->
                throw new IllegalArgumentException(
                        "table '" + name + "' is neither a table name nor catalog.schema.table");
        };
    }

    private static List<String> parts(String name) {
        return Arrays.stream(SEPARATOR.split(name, -1)).map(TableName::unquoted).toList();
    }

    private static String unquoted(String part) {
        Matcher quoted = QUOTED.matcher(part);
        return quoted.matches() ? quoted.group(1).replace("``", "`") : part;
    }

    /** A table of one run, in the same schema: {@code prefix} and the run's id, as far as it can stand in a name. */
    public TableName ofRun(String prefix, String runId) {
        return new TableName(catalog, schema, prefix + "_" + runId.replaceAll("[^A-Za-z0-9]", "_"));
    }

    private static void check(String part, String name) {
        if (name == null || name.isEmpty()) {
            throw new IllegalArgumentException(part + " name is missing");
        }
        if (name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(part + " name is longer than " + MAX_LENGTH + " characters");
        }
        if (REFUSED.matcher(name).find()) {
            throw new IllegalArgumentException(part + " name '" + name
                    + "' holds a space, quote, back-tick, slash, period or other character that is not allowed");
        }
    }

    /** The name as a person writes it: {@code catalog.schema.table}. */
    public String fullName() {
        return catalog + "." + schema + "." + table;
    }

    /** The name as SQL takes it, each part between back-ticks. */
    @Override
    public String toString() {
        return "`" + catalog + "`.`" + schema + "`.`" + table + "`";
    }
}
