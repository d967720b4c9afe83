package com.clarifai.databricks.sandbox.sql;

import java.util.List;
import java.util.Map;

/**
 * A table as Unity Catalog's {@code GET /api/2.1/unity-catalog/tables/{full_name}} tells it.
 *
 * @param type {@code MANAGED}
 * @param properties TBLPROPERTIES, those of Delta included
 * @param location URI of the table's directory
 * @param comment null if there is none
 */
public record TableDescription(
        String name,
        String type,
        List<Column> columns,
        Map<String, String> properties,
        String location,
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
