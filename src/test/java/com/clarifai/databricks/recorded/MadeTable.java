package com.clarifai.databricks.recorded;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table as a CREATE TABLE statement made it.
 *
 * @param columns name to type
 * @param properties as DESCRIBE EXTENDED shows them
 */
public record MadeTable(String name, Map<String, String> columns, String properties) {

    private static final Pattern STATEMENT = Pattern.compile(
            "CREATE TABLE (?:IF NOT EXISTS )?(\\S+) ?\\((.*)\\) USING DELTA(?:.*TBLPROPERTIES ?\\(([^)]*)\\))?.*",
            Pattern.CASE_INSENSITIVE);

    public static MadeTable of(String sql) {
        Matcher statement = STATEMENT.matcher(sql);
        if (!statement.matches()) {
            throw new IllegalArgumentException(sql);
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (String declared : declarations(statement.group(2))) {
            String[] nameAndRest = declared.strip().split(" ", 2);
            columns.put(
                    nameAndRest[0],
                    nameAndRest[1]
                            .replaceFirst(" NOT NULL.*", "")
                            .replaceFirst(" COMMENT '.*", "")
                            .replaceAll("([:,]) ", "$1")
                            .toLowerCase(Locale.ROOT));
        }
        String properties = statement.group(3) == null
                ? ""
                : statement.group(3).replace("'", "").replace(" = ", "=").replace(", ", ",");
        return new MadeTable(statement.group(1), columns, "[" + properties + "]");
    }

    /** Cuts at the commas that are in no type and in no comment. */
    private static List<String> declarations(String columns) {
        List<String> declarations = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i < columns.length(); i++) {
            char c = columns.charAt(i);
            quoted ^= c == '\'';
            if (!quoted) {
                depth += c == '<' || c == '(' ? 1 : c == '>' || c == ')' ? -1 : 0;
            }
            if (c == ',' && depth == 0 && !quoted) {
                declarations.add(columns.substring(start, i));
                start = i + 1;
            }
        }
        declarations.add(columns.substring(start));
        return declarations;
    }

    /** The columns, and then what DESCRIBE EXTENDED shows of the table itself. */
    public Map<String, String> described() {
        Map<String, String> rows = new LinkedHashMap<>(columns);
        rows.put("", "");
        rows.put("# Detailed Table Information", "");
        rows.put("Table Properties", properties);
        return rows;
    }

    /** The columns of a query that names each, with the types that these names have elsewhere. */
    public static Map<String, String> selected(String sql, Map<String, String> types) {
        String list = sql.replaceFirst("DESCRIBE QUERY SELECT ", "").replaceFirst(" FROM .*", "");
        Map<String, String> columns = new LinkedHashMap<>();
        for (String part : list.split(", ")) {
            String name = part.replaceFirst(".* AS (\\w+)$", "$1").strip();
            columns.put(name, types.getOrDefault(name, "string"));
        }
        return columns;
    }
}
