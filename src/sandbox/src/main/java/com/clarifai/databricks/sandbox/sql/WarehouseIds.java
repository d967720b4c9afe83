package com.clarifai.databricks.sandbox.sql;

import java.util.regex.Pattern;

/**
 * The ids by which the one SQL warehouse is known.
 *
 * @param id its own
 * @param alias another one, which no list shows, for scripts that do not want to look it up
 */
public record WarehouseIds(String id, String alias) {

    private static final Pattern WELL_FORMED = Pattern.compile("[0-9a-f]{16}");

    /** Whether the warehouse may be called so. */
    public boolean contains(String called) {
        return called.equals(id) || called.equals(alias);
    }

    /** Databricks tells what cannot be an id ({@code 400}) from one that nothing has ({@code 404}). */
    public static boolean isWellFormed(String id) {
        return WELL_FORMED.matcher(id).matches();
    }

    /** What Databricks says of an id that the warehouse does not have. */
    public static String refusal(String id) {
        return isWellFormed(id) ? "SQL warehouse " + id + " does not exist." : id + " is not a valid endpoint id.";
    }
}
