package com.clarifai.databricks.sandbox.sql;

import static com.clarifai.databricks.sandbox.sql.MetadataQueries.is;
import static com.clarifai.databricks.sandbox.sql.MetadataQueries.like;

import com.databricks.jdbc.model.client.thrift.generated.TGetColumnsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetCrossReferenceReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetFunctionsReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetPrimaryKeysReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetSchemasReq;
import com.databricks.jdbc.model.client.thrift.generated.TGetTablesReq;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The queries that answer the Thrift protocol's questions about metadata. Their columns have the names and the order of
 * {@link java.sql.DatabaseMetaData}; a driver may go by either.
 */
final class ThriftMetadata {

    private final Supplier<List<String>> catalogs;

    ThriftMetadata(Supplier<List<String>> catalogs) {
        this.catalogs = catalogs;
    }

    String catalogs() {
        return values("TABLE_CAT", catalogs.get().stream());
    }

    String tableTypes() {
        return values("TABLE_TYPE", Stream.of("TABLE", "VIEW"));
    }

    private static String values(String column, Stream<String> values) {
        return values.map(value -> "(" + MetadataQueries.literal(value) + ")")
                .collect(Collectors.joining(", ", "SELECT * FROM VALUES ", " AS t(" + column + ") ORDER BY 1"));
    }

    String schemas(TGetSchemasReq request) {
        return "SELECT databaseName AS TABLE_SCHEM, catalog AS TABLE_CATALOG FROM ("
                + MetadataQueries.schemas(in(request.getCatalogName()), like("schema_name", request.getSchemaName()))
                + ")";
    }

    String tables(TGetTablesReq request) {
        String types = request.isSetTableTypes() && !request.getTableTypes().isEmpty()
                ? request.getTableTypes().stream()
                        .map(MetadataQueries::literal)
                        .collect(Collectors.joining(", ", " WHERE tableType IN (", ")"))
                : "";
        return "SELECT catalogName AS TABLE_CAT, namespace AS TABLE_SCHEM, tableName AS TABLE_NAME,"
                + " tableType AS TABLE_TYPE, coalesce(remarks, '') AS REMARKS, CAST(null AS STRING) AS TYPE_CAT,"
                + " CAST(null AS STRING) AS TYPE_SCHEM, CAST(null AS STRING) AS TYPE_NAME,"
                + " CAST(null AS STRING) AS SELF_REFERENCING_COL_NAME, CAST(null AS STRING) AS REF_GENERATION FROM ("
                + MetadataQueries.tables(
                        in(request.getCatalogName()),
                        like("table_schema", request.getSchemaName()) + " AND "
                                + like("table_name", request.getTableName()))
                + ")" + types;
    }

    /** Positions are counted from 0 here, and the driver adds 1. */
    String columns(TGetColumnsReq request) {
        return "SELECT catalogName AS TABLE_CAT, namespace AS TABLE_SCHEM, tableName AS TABLE_NAME,"
                + " col_name AS COLUMN_NAME, " + typeCode("columnType") + " AS DATA_TYPE, columnType AS TYPE_NAME,"
                + " columnSize AS COLUMN_SIZE, CAST(null AS INT) AS BUFFER_LENGTH, decimalDigits AS DECIMAL_DIGITS,"
                + " radix AS NUM_PREC_RADIX, if(isNullable = 'true', 1, 0) AS NULLABLE,"
                + " coalesce(remarks, '') AS REMARKS, CAST(null AS STRING) AS COLUMN_DEF,"
                + " CAST(null AS INT) AS SQL_DATA_TYPE, CAST(null AS INT) AS SQL_DATETIME_SUB,"
                + " CAST(null AS INT) AS CHAR_OCTET_LENGTH, ordinalPosition - 1 AS ORDINAL_POSITION,"
                + " if(isNullable = 'true', 'YES', 'NO') AS IS_NULLABLE, CAST(null AS STRING) AS SCOPE_CATALOG,"
                + " CAST(null AS STRING) AS SCOPE_SCHEMA, CAST(null AS STRING) AS SCOPE_TABLE,"
                + " CAST(null AS SMALLINT) AS SOURCE_DATA_TYPE, 'NO' AS IS_AUTO_INCREMENT FROM ("
                + MetadataQueries.columns(
                        in(request.getCatalogName()),
                        like("table_schema", request.getSchemaName()) + " AND "
                                + like("table_name", request.getTableName()) + " AND "
                                + like("column_name", request.getColumnName()))
                + ")";
    }

    String functions(TGetFunctionsReq request) {
        return "SELECT catalogName AS FUNCTION_CAT, namespace AS FUNCTION_SCHEM, functionName AS FUNCTION_NAME,"
                + " coalesce(remarks, '') AS REMARKS, CAST(functionType AS INT) AS FUNCTION_TYPE,"
                + " specificName AS SPECIFIC_NAME FROM ("
                + MetadataQueries.functions(
                        in(request.getCatalogName()),
                        like("routine_schema", request.getSchemaName()) + " AND "
                                + like("routine_name", request.getFunctionName()))
                + ")";
    }

    String primaryKeys(TGetPrimaryKeysReq request) {
        ObjectName table = new ObjectName(
                catalog(request.getCatalogName()), lower(request.getSchemaName()), lower(request.getTableName()));
        return "SELECT catalogName AS TABLE_CAT, namespace AS TABLE_SCHEM, tableName AS TABLE_NAME,"
                + " col_name AS COLUMN_NAME, keySeq AS KEY_SEQ, constraintName AS PK_NAME FROM ("
                + MetadataQueries.primaryKeys(table) + ")";
    }

    /** The foreign keys of one table, or to one table, or between two. */
    String crossReference(TGetCrossReferenceReq request) {
        List<String> conditions = new ArrayList<>();
        if (request.getForeignTableName() != null) {
            conditions.add(is("k.table_catalog", catalog(request.getForeignCatalogName())));
            conditions.add(is("k.table_schema", lower(request.getForeignSchemaName())));
            conditions.add(is("k.table_name", lower(request.getForeignTableName())));
        }
        if (request.getParentTableName() != null) {
            conditions.add(is("p.table_catalog", catalog(request.getParentCatalogName())));
            conditions.add(is("p.table_schema", lower(request.getParentSchemaName())));
            conditions.add(is("p.table_name", lower(request.getParentTableName())));
        }
        return "SELECT parentCatalogName AS PKTABLE_CAT, parentNamespace AS PKTABLE_SCHEM,"
                + " parentTableName AS PKTABLE_NAME, parentColName AS PKCOLUMN_NAME, catalogName AS FKTABLE_CAT,"
                + " namespace AS FKTABLE_SCHEM, tableName AS FKTABLE_NAME, col_name AS FKCOLUMN_NAME,"
                + " keySeq AS KEY_SEQ, updateRule AS UPDATE_RULE, deleteRule AS DELETE_RULE, constraintName AS FK_NAME,"
                + " parentConstraintName AS PK_NAME, deferrability AS DEFERRABILITY FROM ("
                + MetadataQueries.foreignKeys(
                        catalogs.get(), conditions.isEmpty() ? "true" : String.join(" AND ", conditions))
                + ")";
    }

    /** @param pattern may be null, empty or {@code %} for all of them, in which case it is no pattern */
    private List<String> in(String pattern) {
        return pattern == null || pattern.isEmpty() || pattern.equals("%") || pattern.equals("*")
                ? catalogs.get()
                : List.of(catalog(pattern));
    }

    private String catalog(String name) {
        String known = lower(name).replace("\\", "");
        if (!catalogs.get().contains(known)) {
            throw WorkspaceException.noSuchCatalog(name);
        }
        return known;
    }

    private static String lower(String name) {
        return name == null ? "default" : name.toLowerCase(Locale.ROOT);
    }

    private static String typeCode(String type) {
        return JdbcTypes.codeOf("regexp_extract(" + type + ", '^[A-Z_]+', 0)");
    }
}
