package com.clarifai.databricks.flow.check;

import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.json.JsonText;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** What an import of a volume would do with a page of files. The routes of its dry run call it by name. */
public final class TriedFiles {

    /** The files of a page, as a JSON array. */
    public String uris(@Body List<Map<String, Object>> rows) {
        return JsonText.of(
                rows.stream().map(row -> row.get(InputColumns.SOURCE_URI)).toList());
    }

    /**
     * The page, its rows settled where the files themselves or the table say how they would end: rejected or existing. The
     * others have no status, as for {@code clarifai:lookupInputs}.
     *
     * @param tracked what the table has of these files, as find-tracked.sql gives it
     */
    public List<Map<String, Object>> compare(
            @Body List<Map<String, Object>> tracked,
            @Variable("files") List<Map<String, Object>> rows,
            @Header("verify") Boolean verify,
            @Header("retryRejected") Boolean retryRejected) {
        boolean all = Boolean.TRUE.equals(verify);
        boolean rejected = all || Boolean.TRUE.equals(retryRejected);
        Map<Object, Map<String, Object>> bySource = tracked.stream()
                .collect(Collectors.toMap(
                        row -> row.get(InputColumns.SOURCE_URI), Function.identity(), (first, second) -> first));
        rows.forEach(
                row -> settle(row, bySource.getOrDefault(row.get(InputColumns.SOURCE_URI), Map.of()), all, rejected));
        return rows;
    }

    private static void settle(
            Map<String, Object> file, Map<String, Object> tracked, boolean verify, boolean retryRejected) {
        boolean refused = InputStatus.REJECTED.name().equals(file.get(InputColumns.STATUS));
        Object before = tracked.get(InputColumns.STATUS);
        if (InputStatus.PROCESSED.name().equals(before) && !verify) {
            end(file, InputStatus.PROCESSED, Outcome.EXISTING);
        } else if (refused
                || InputStatus.REJECTED.name().equals(before) && !retryRejected && unchanged(file, tracked)) {
            end(file, InputStatus.REJECTED, Outcome.REJECTED);
        } else {
            file.remove(InputColumns.STATUS);
            file.remove(InputColumns.STATUS_MESSAGE);
            if (tracked.get(InputColumns.INPUT_ID) != null) {
                file.put(InputColumns.INPUT_ID, tracked.get(InputColumns.INPUT_ID));
            }
        }
    }

    private static boolean unchanged(Map<String, Object> file, Map<String, Object> tracked) {
        Object size = tracked.get(InputColumns.SOURCE_SIZE);
        Object modified = tracked.get(InputColumns.SOURCE_MODIFIED_AT);
        return size != null
                && ((Number) size).longValue() == ((Number) file.get(InputColumns.SOURCE_SIZE)).longValue()
                && Objects.equals(
                        modified == null ? null : SqlTime.ofMicros(modified),
                        file.get(InputColumns.SOURCE_MODIFIED_AT));
    }

    private static void end(Map<String, Object> file, InputStatus status, Outcome outcome) {
        file.put(InputColumns.STATUS, status.name());
        file.put(InputColumns.OUTCOME, outcome.name());
    }
}
