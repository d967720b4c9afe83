package com.clarifai.databricks.sandbox.sql;

import java.util.List;
import java.util.Map;

/**
 * A table or view as Unity Catalog's {@code GET /api/2.1/unity-catalog/tables/{full_name}} tells it.
 *
 * @param type {@code MANAGED} or {@code VIEW}
 * @param properties TBLPROPERTIES, those of Delta included
 * @param location URI of the table's directory, null for a view
 * @param viewDefinition the query of a view, null for a table
 * @param comment null if there is none
 */
public record TableDescription(
        String name,
        String type,
        List<Column> columns,
        Map<String, String> properties,
        String location,
        String viewDefinition,
        String comment) {

    /**
     * @param typeText as in {@code array<struct<id:string>>}
     * @param typeName as in {@code ARRAY}, {@code LONG}
     * @param comment null if there is none
     * @param position counted from 0
     */
    public record Column(
            String name, String typeText, String typeName, boolean nullable, String comment, int position) {}
}
