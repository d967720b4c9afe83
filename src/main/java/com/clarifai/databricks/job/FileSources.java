package com.clarifai.databricks.job;

import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputIds;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which file an input was made of. Ids are made of file names, so two files, of two volumes for instance, may come to the
 * same id; the metadata of each input says its file, under the name of the column {@code source_uri}. The routes call it by
 * name.
 */
public final class FileSources {

    /** What the address of a file of somebody's own machine begins with. */
    public static final String OF_A_MACHINE = "file://";

    /** Not a column: the id that the table has planned for a row that now has another. */
    public static final String PLANNED_ID = "planned_id";

    /** Puts its file into the metadata of each row that is to be uploaded; what a step has put there itself stays. */
    public void tell(List<Map<String, Object>> rows) {
        rows.stream().filter(row -> row.get(InputColumns.STATUS) == null).forEach(FileSources::tell);
    }

    private static void tell(Map<String, Object> row) {
        ObjectNode metadata =
                metadata(row) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        if (!metadata.has(InputColumns.SOURCE_URI)) {
            metadata.put(InputColumns.SOURCE_URI, String.valueOf(row.get(InputColumns.SOURCE_URI)));
        }
        row.put(InputColumns.INPUT_METADATA, metadata.toString());
    }

    /**
     * Of a page that has been sent, or looked up: the rows whose input existed and was made of another file. They are not
     * there yet, so they lose what was found of it, have the id that no other file has, and are told their file. An input that names no file is
     * taken to be the file's.
     */
    public List<Map<String, Object>> renamed(List<Map<String, Object>> rows) {
        List<Map<String, Object>> renamed = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            String path = String.valueOf(row.get(InputColumns.SOURCE_URI));
            String unique = InputIds.uniqueId(path.substring(path.lastIndexOf('/') + 1), path);
            if (row.get(InputColumns.EXISTING_DATA) instanceof byte[] existing) {
                // what it says itself, not what it would have been told to say
                row.put(InputColumns.INPUT_METADATA, InputRows.metadata(existing));
                if (isAnother(metadata(row), path) && !unique.equals(row.get(InputColumns.INPUT_ID))) {
                    rename(row, unique);
                    renamed.add(row);
                }
            }
        }
        return renamed;
    }

    private static void rename(Map<String, Object> row, String id) {
        Map<String, Object> planned = new HashMap<>();
        planned.put(PLANNED_ID, row.get(InputColumns.INPUT_ID));
        planned.put(InputColumns.INPUT_ID, id);
        for (String kept : List.of(
                InputColumns.SOURCE_URI,
                InputColumns.SOURCE_SIZE,
                InputColumns.SOURCE_MODIFIED_AT,
                InputColumns.CONCEPTS)) {
            planned.put(kept, row.get(kept));
        }
        row.clear();
        row.putAll(planned);
        tell(row);
    }

    private static boolean isAnother(JsonNode metadata, String path) {
        JsonNode source = metadata.path(InputColumns.SOURCE_URI);
        String file = source.isTextual() ? source.asText() : "";
        return (file.startsWith("/Volumes/") || file.startsWith(OF_A_MACHINE)) && !file.equals(path);
    }

    private static JsonNode metadata(Map<String, Object> row) {
        Object metadata = row.get(InputColumns.INPUT_METADATA);
        try {
            return metadata == null || metadata.toString().isBlank()
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonText.tree(metadata.toString());
        } catch (JsonProcessingException e) {
            // of a step of the user's own; the upload rejects it with the reason
            return NullNode.getInstance();
        }
    }
}
