package com.clarifai.databricks.sandbox.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/**
 * The schema in each catalog that tells what is in the catalog.
 *
 * <p>Source of its tables and columns: <a
 * href="https://docs.databricks.com/aws/en/sql/language-manual/sql-ref-information-schema">Information schema</a>. Columns
 * about features that the sandbox does not have are left out.
 */
final class InformationSchema {

    static final String NAME = "information_schema";

    private static final String HISTORY =
            ", created TIMESTAMP, created_by STRING, last_altered TIMESTAMP, last_altered_by STRING";
    private static final String TABLE = "table_catalog STRING, table_schema STRING, table_name STRING";
    private static final String CONSTRAINT =
            "constraint_catalog STRING, constraint_schema STRING, constraint_name STRING";
    private static final String SPECIFIC = "specific_catalog STRING, specific_schema STRING, specific_name STRING";

    private record Definition(String columns, Function<InformationRows, Stream<Object[]>> rows) {}

    private static final Map<String, Definition> TABLES = new TreeMap<>(Map.of(
            "catalogs",
            new Definition(
                    "catalog_name STRING, catalog_owner STRING, comment STRING" + HISTORY, InformationRows::catalogs),
            "schemata",
            new Definition(
                    "catalog_name STRING, schema_name STRING, schema_owner STRING, comment STRING" + HISTORY,
                    InformationRows::schemata),
            "tables",
            new Definition(
                    TABLE + ", table_type STRING, is_insertable_into STRING, commit_action STRING, table_owner STRING,"
                            + " comment STRING" + HISTORY + ", data_source_format STRING, storage_sub_directory STRING",
                    InformationRows::tables),
            "columns",
            new Definition(
                    TABLE + ", column_name STRING, ordinal_position INT, column_default STRING, is_nullable STRING,"
                            + " full_data_type STRING, data_type STRING, character_maximum_length BIGINT,"
                            + " character_octet_length BIGINT, numeric_precision INT, numeric_precision_radix INT,"
                            + " numeric_scale INT, datetime_precision INT, is_identity STRING, is_generated STRING,"
                            + " is_updatable STRING, partition_index INT, comment STRING",
                    InformationRows::columns),
            "views",
            new Definition(
                    TABLE
                            + ", view_definition STRING, check_option STRING, is_updatable STRING, is_insertable_into STRING,"
                            + " sql_path STRING",
                    InformationRows::views),
            "volumes",
            new Definition(
                    "volume_catalog STRING, volume_schema STRING, volume_name STRING, volume_type STRING,"
                            + " volume_owner STRING, comment STRING, storage_location STRING" + HISTORY,
                    InformationRows::volumes),
            "table_constraints",
            new Definition(
                    CONSTRAINT + ", " + TABLE
                            + ", constraint_type STRING, is_deferrable STRING, initially_deferred STRING,"
                            + " enforced STRING, comment STRING",
                    InformationRows::constraints),
            "key_column_usage",
            new Definition(
                    CONSTRAINT + ", " + TABLE + ", column_name STRING, ordinal_position INT,"
                            + " position_in_unique_constraint INT",
                    InformationRows::keyColumns),
            "referential_constraints",
            new Definition(
                    CONSTRAINT + ", unique_constraint_catalog STRING, unique_constraint_schema STRING,"
                            + " unique_constraint_name STRING, match_option STRING, update_rule STRING, delete_rule STRING",
                    InformationRows::references),
            "routines",
            new Definition(
                    SPECIFIC
                            + ", routine_catalog STRING, routine_schema STRING, routine_name STRING, routine_owner STRING,"
                            + " routine_type STRING, data_type STRING, full_data_type STRING, routine_body STRING,"
                            + " routine_definition STRING, is_deterministic STRING, comment STRING" + HISTORY,
                    InformationRows::routines)));

    private InformationSchema() {}

    static boolean is(String[] namespace) {
        return namespace.length > 0 && namespace[namespace.length - 1].equalsIgnoreCase(NAME);
    }

    /** Their names in order. */
    static List<String> tables() {
        return List.copyOf(TABLES.keySet());
    }

    static Optional<InformationTable> table(Inventory inventory, String catalog, String name) {
        return Optional.ofNullable(TABLES.get(name.toLowerCase(Locale.ROOT)))
                .map(definition ->
                        new InformationTable(name, StructType.fromDDL(definition.columns()), asked -> definition
                                .rows()
                                .apply(new InformationRows(inventory, catalog, asked))
                                .toList()));
    }

    /** Databricks has views in this place. */
    static Optional<TableDescription> describe(String name) {
        return Optional.ofNullable(TABLES.get(name))
                .map(definition -> new TableDescription(
                        name,
                        "VIEW",
                        TableDescriptions.columns(StructType.fromDDL(definition.columns())),
                        Map.of(),
                        null,
                        null,
                        null));
    }
}
