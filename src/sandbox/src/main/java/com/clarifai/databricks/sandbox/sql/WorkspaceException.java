package com.clarifai.databricks.sandbox.sql;

import org.apache.spark.SparkThrowable;

/** A failure that Databricks knows by a name of its own, which open-source Spark does not have. */
final class WorkspaceException extends RuntimeException implements SparkThrowable {

    private final String condition;
    private final String sqlState;

    /** @param sqlState null if Databricks assigns none to the condition */
    WorkspaceException(String condition, String sqlState, String text) {
        super("[" + condition + "] " + text + (sqlState == null ? "" : " SQLSTATE: " + sqlState));
        this.condition = condition;
        this.sqlState = sqlState;
    }

    static WorkspaceException noSuchCatalog(String catalog) {
        return new WorkspaceException(
                "NO_SUCH_CATALOG_EXCEPTION",
                "42704",
                "Catalog '" + catalog
                        + "' was not found. Please verify the catalog name and then retry the query or command again.");
    }

    static WorkspaceException notATable(String view) {
        return new WorkspaceException(
                "EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE", "42809", "Expected a table but " + view + " is a view.");
    }

    static WorkspaceException invalidName(String name) {
        return new WorkspaceException(
                "INVALID_NAME", "42602", "'" + name + "' is not a valid name for an object in Unity Catalog.");
    }

    static WorkspaceException tooManyParameters(int count, int most) {
        return new WorkspaceException(
                "INVALID_PARAMETER_MARKER_VALUE",
                "22023",
                "A statement may have " + most + " parameter markers at most, this one has " + count + ".");
    }

    static WorkspaceException tooLargeParameters(long bytes, long most) {
        return new WorkspaceException(
                "INVALID_PARAMETER_MARKER_VALUE",
                "22023",
                "The values of a statement's parameters may have " + most + " bytes together, these have " + bytes
                        + ".");
    }

    /** Of a path that is neither in a volume nor in an external location. */
    static WorkspaceException noAnyFile() {
        return new WorkspaceException(
                "INSUFFICIENT_PERMISSIONS",
                "42501",
                "Insufficient privileges: User does not have permission SELECT on any file.");
    }

    static WorkspaceException noExternalLocation(String path) {
        return new WorkspaceException(
                "NO_PARENT_EXTERNAL_LOCATION_FOR_PATH",
                null,
                "No parent external location found for path '" + path
                        + "'. Please create an external location on one of the parent paths and then retry the query or"
                        + " command again.");
    }

    /** @param what {@code TABLE} or {@code VOLUME} */
    static WorkspaceException mayNotCreate(String what, String schema) {
        return mayNot("CREATE " + what, "Schema '" + schema + "'");
    }

    /** @param on as in {@code Schema 'main.default'} */
    static WorkspaceException mayNot(String privilege, String on) {
        return new WorkspaceException(
                "INSUFFICIENT_PERMISSIONS",
                "42501",
                "Insufficient privileges: User does not have " + privilege + " on " + on + ".");
    }

    /** @param entity as in {@code main.default.t:TABLE} */
    static WorkspaceException notApplicable(String privilege, String entity) {
        return new WorkspaceException(
                "INVALID_PARAMETER_VALUE",
                "22023",
                "Privilege " + privilege + " is not applicable to this entity [" + entity + "].");
    }

    static WorkspaceException noSuchSchema(String schema) {
        return new WorkspaceException("SCHEMA_NOT_FOUND", "42704", "The schema " + schema + " cannot be found.");
    }

    static WorkspaceException noSuchTable(String table) {
        return new WorkspaceException(
                "TABLE_OR_VIEW_NOT_FOUND", "42P01", "The table or view " + table + " cannot be found.");
    }

    static WorkspaceException noSuchColumn(String column, String table) {
        return new WorkspaceException(
                "UNRESOLVED_COLUMN.WITHOUT_SUGGESTION",
                "42703",
                "A column with name " + column + " cannot be resolved in " + table + ".");
    }

    static WorkspaceException noSuchFunction(String function) {
        return new WorkspaceException("ROUTINE_NOT_FOUND", "42883", "The routine " + function + " cannot be found.");
    }

    static WorkspaceException functionExists(String function) {
        return new WorkspaceException(
                "ROUTINE_ALREADY_EXISTS",
                "42723",
                "Cannot create the routine " + function + " because a routine of that name already exists.");
    }

    static WorkspaceException wrongArguments(String function, int expected, int given) {
        return new WorkspaceException(
                "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
                "42605",
                "The " + function + " requires " + expected + " parameters but the actual number is " + given + ".");
    }

    static WorkspaceException noSuchVolume(String volume) {
        return new WorkspaceException("VOLUME_NOT_FOUND", "42704", "Volume " + volume + " does not exist.");
    }

    static WorkspaceException volumeExists(String volume) {
        return new WorkspaceException(
                "VOLUME_ALREADY_EXISTS", "42710", "Cannot create volume " + volume + " because it already exists.");
    }

    static WorkspaceException mayNotRead(String externalLocation) {
        return new WorkspaceException(
                "UNAUTHORIZED_ACCESS",
                "42501",
                "Unauthorized access: PERMISSION_DENIED: User does not have READ FILES on External Location '"
                        + externalLocation + "'.");
    }

    @Override
    public String getCondition() {
        return condition;
    }

    @Override
    public String getSqlState() {
        return sqlState;
    }
}
