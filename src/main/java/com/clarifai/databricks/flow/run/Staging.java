package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;

/**
 * Where a run puts rows so that SQL can read them: a folder of the staging volume or, where that may not be written, a table
 * of the run.
 *
 * @param folder its whole path
 * @param table null while the folder is used
 */
public record Staging(String folder, TableName table) {

    /**
     * Path of the staging volume.
     *
     * @param main a table in whose schema it lies
     * @param name of the volume
     */
    public static String volume(TableName main, String name) {
        return "/Volumes/" + main.catalog() + "/" + main.schema() + "/" + name;
    }

    public boolean usesTable() {
        return table != null;
    }

    /** What stands after FROM for all parts of a folder of it; one column, {@code value}, has a row as JSON. */
    public String all(String name) {
        return usesTable()
                ? "(SELECT value FROM " + table + " WHERE startswith(part, '" + name + "/'))"
                : "text.`" + folder + "/" + name + "`";
    }

    /** The same for one part. */
    public String part(String name) {
        return usesTable()
                ? "(SELECT value FROM " + table + " WHERE part = '" + name + "')"
                : "text.`" + folder + "/" + name + ".json.gz`";
    }
}
