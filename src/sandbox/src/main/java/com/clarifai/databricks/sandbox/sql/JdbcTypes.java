package com.clarifai.databricks.sandbox.sql;

import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The types of SQL as {@link java.sql.Types} numbers them. */
final class JdbcTypes {

    private static final Map<String, Integer> CODES = new LinkedHashMap<>();

    static {
        CODES.put("STRING", Types.VARCHAR);
        CODES.put("BOOLEAN", Types.BOOLEAN);
        CODES.put("TINYINT", Types.TINYINT);
        CODES.put("SMALLINT", Types.SMALLINT);
        CODES.put("INT", Types.INTEGER);
        CODES.put("BIGINT", Types.BIGINT);
        CODES.put("FLOAT", Types.FLOAT);
        CODES.put("DOUBLE", Types.DOUBLE);
        CODES.put("DECIMAL", Types.DECIMAL);
        CODES.put("DATE", Types.DATE);
        CODES.put("TIMESTAMP", Types.TIMESTAMP);
        CODES.put("TIMESTAMP_NTZ", Types.TIMESTAMP);
        CODES.put("BINARY", Types.BINARY);
        CODES.put("ARRAY", Types.ARRAY);
        CODES.put("MAP", Types.JAVA_OBJECT);
        CODES.put("STRUCT", Types.STRUCT);
    }

    private JdbcTypes() {}

    /** An expression for the number of a type, {@link Types#OTHER} for the rest of them. */
    static String codeOf(String name) {
        return CODES.entrySet().stream()
                .map(type -> " WHEN '" + type.getKey() + "' THEN " + type.getValue())
                .collect(Collectors.joining("", "CASE " + name, " ELSE " + Types.OTHER + " END"));
    }

    /** The rows of {@link java.sql.DatabaseMetaData#getTypeInfo}. */
    static String query() {
        return CODES.entrySet().stream()
                .map(type -> "('" + type.getKey() + "', " + type.getValue() + ")")
                .collect(Collectors.joining(
                        ", ",
                        "SELECT name AS TYPE_NAME, code AS DATA_TYPE, CAST(null AS INT) AS PRECISION,"
                                + " CAST(null AS STRING) AS LITERAL_PREFIX, CAST(null AS STRING) AS LITERAL_SUFFIX,"
                                + " CAST(null AS STRING) AS CREATE_PARAMS, CAST(1 AS SMALLINT) AS NULLABLE,"
                                + " name = 'STRING' AS CASE_SENSITIVE, CAST(3 AS SMALLINT) AS SEARCHABLE,"
                                + " false AS UNSIGNED_ATTRIBUTE, false AS FIXED_PREC_SCALE, false AS AUTO_INCREMENT,"
                                + " CAST(null AS STRING) AS LOCAL_TYPE_NAME, CAST(0 AS SMALLINT) AS MINIMUM_SCALE,"
                                + " CAST(0 AS SMALLINT) AS MAXIMUM_SCALE, CAST(null AS INT) AS SQL_DATA_TYPE,"
                                + " CAST(null AS INT) AS SQL_DATETIME_SUB, 10 AS NUM_PREC_RADIX FROM VALUES ",
                        " AS t(name, code)"));
    }
}
