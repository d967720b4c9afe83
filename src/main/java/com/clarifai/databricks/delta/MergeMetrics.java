package com.clarifai.databricks.delta;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;

/** How many rows a {@code MERGE} has inserted, updated and deleted. */
public record MergeMetrics(long inserted, long updated, long deleted) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param history the latest rows of {@code DESCRIBE HISTORY}, newest first; a {@code MERGE} that changes nothing leaves
     *     none there
     * @param affected the rows that the statement has reported, which tells its commit from those of other writers
     */
    public static MergeMetrics find(List<Map<String, Object>> history, long affected) {
        if (affected == 0) {
            return new MergeMetrics(0, 0, 0);
        }
        return history.stream()
                .filter(commit -> "MERGE".equals(commit.get("operation")))
                .map(commit -> of(String.valueOf(commit.get("operationMetrics"))))
                .filter(metrics -> metrics.inserted + metrics.updated + metrics.deleted == affected)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the history of the table does not have the merge of "
                        + affected + " rows that has just been done"));
    }

    private static MergeMetrics of(String json) {
        try {
            JsonNode metrics = JSON.readTree(json);
            return new MergeMetrics(
                    metrics.path("numTargetRowsInserted").asLong(),
                    metrics.path("numTargetRowsUpdated").asLong(),
                    metrics.path("numTargetRowsDeleted").asLong());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("DESCRIBE HISTORY gave metrics that are not JSON: " + json, e);
        }
    }
}
