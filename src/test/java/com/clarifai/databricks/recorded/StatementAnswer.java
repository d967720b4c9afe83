package com.clarifai.databricks.recorded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What the <a href="https://docs.databricks.com/api/workspace/statementexecution">API of statements</a> answers, as JSON. */
public final class StatementAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StatementAnswer() {}

    public static byte[] failed(String message) {
        ObjectNode answer = JSON.createObjectNode().put("statement_id", "st");
        answer.putObject("status")
                .put("state", "FAILED")
                .putObject("error")
                .put("error_code", "BAD_REQUEST")
                .put("message", message);
        return bytes(answer);
    }

    /** @param rows with the same columns each, in one piece */
    public static byte[] succeeded(List<Map<String, Object>> rows) {
        List<String> names =
                rows.isEmpty() ? List.of("nothing") : List.copyOf(rows.get(0).keySet());
        ObjectNode answer = JSON.createObjectNode().put("statement_id", "st");
        answer.putObject("status").put("state", "SUCCEEDED");
        ObjectNode manifest = answer.putObject("manifest").put("format", "JSON_ARRAY");
        ArrayNode columns =
                manifest.putObject("schema").put("column_count", names.size()).putArray("columns");
        for (int i = 0; i < names.size(); i++) {
            boolean isNumber = !rows.isEmpty() && rows.get(0).get(names.get(i)) instanceof Number;
            columns.addObject()
                    .put("name", names.get(i))
                    .put("type_name", isNumber ? "LONG" : "STRING")
                    .put("type_text", isNumber ? "BIGINT" : "STRING")
                    .put("position", i);
        }
        manifest.put("total_chunk_count", 1).put("total_row_count", rows.size());
        describeChunk(manifest.putArray("chunks").addObject(), rows.size());
        ArrayNode data = describeChunk(answer.putObject("result"), rows.size()).putArray("data_array");
        for (Map<String, Object> row : rows) {
            ArrayNode line = data.addArray();
            names.forEach(name ->
                    line.add(row.get(name) == null ? null : row.get(name).toString()));
        }
        return bytes(answer);
    }

    private static ObjectNode describeChunk(ObjectNode chunk, int rows) {
        return chunk.put("chunk_index", 0).put("row_offset", 0).put("row_count", rows);
    }

    private static byte[] bytes(ObjectNode answer) {
        try {
            return JSON.writeValueAsBytes(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
