package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FileTooLargeException;
import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.databricks.model.Outcome;
import java.util.List;
import java.util.Map;

/** Fills rows with the bytes of the files they name. */
record RowImages(VolumeFiles files, int maxBytes) {

    /** A row that has a status is settled. One whose file cannot be used is rejected and says why. */
    void readInto(List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            if (row.get(InputColumns.STATUS) == null) {
                readInto(row);
            }
        }
    }

    private void readInto(Map<String, Object> row) {
        Object source = row.get(InputColumns.SOURCE_URI);
        VolumePath path;
        try {
            path = VolumePath.parse(String.valueOf(source));
        } catch (IllegalArgumentException e) {
            reject(row, source == null ? "the row names no file" : e.getMessage());
            return;
        }
        try {
            byte[] bytes = files.readAll(path, maxBytes);
            if (bytes.length == 0) {
                reject(row, path + " is empty");
            } else {
                row.put(InputColumns.IMAGE_BYTES, bytes);
            }
        } catch (FileTooLargeException e) {
            reject(row, e.getMessage());
        } catch (DatabricksException e) {
            if (e.kind() != DatabricksException.Kind.NOT_FOUND) {
                throw e;
            }
            reject(row, path + " is gone");
        }
    }

    private static void reject(Map<String, Object> row, String reason) {
        row.put(InputColumns.STATUS, InputStatus.REJECTED.name());
        row.put(InputColumns.STATUS_MESSAGE, reason);
        row.put(InputColumns.OUTCOME, Outcome.REJECTED);
    }
}
