package com.clarifai.databricks.component.databricks;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FileTooLargeException;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.io.StoreException;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Rejection;
import com.clarifai.databricks.transfer.Picture;
import com.clarifai.databricks.transfer.Transfer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.apache.camel.RuntimeCamelException;
import org.slf4j.MDC;

/**
 * Fills rows with the bytes of the files they name, or with addresses of these.
 *
 * @param threads read the files of a batch at the same time; how many of them read is for the client to limit
 */
record RowImages(Transfer transfer, int maxBytes, ExecutorService threads) {

    /**
     * A row that has a status is settled. One whose file cannot be used is rejected and says why.
     *
     * @throws InterruptedException when this thread may not wait for them any more
     */
    void readInto(List<Map<String, Object>> rows) throws InterruptedException {
        Map<String, String> log = MDC.getCopyOfContextMap();
        List<? extends Future<?>> reads = rows.stream()
                .filter(row -> row.get(InputColumns.STATUS) == null)
                .map(row -> threads.submit(() -> {
                    MDC.setContextMap(log == null ? Map.of() : log);
                    readInto(row);
                }))
                .toList();
        try {
            for (Future<?> read : reads) {
                read.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new RuntimeCamelException(e.getCause());
        } finally {
            reads.forEach(read -> read.cancel(true));
        }
    }

    private void readInto(Map<String, Object> row) {
        Object source = row.get(InputColumns.SOURCE_URI);
        VolumePath path;
        try {
            path = VolumePath.parse(String.valueOf(source));
        } catch (IllegalArgumentException e) {
            Rejection.mark(row, source == null ? "the row names no file" : e.getMessage());
            return;
        }
        try {
            put(row, path, transfer.get(path, maxBytes));
        } catch (FileTooLargeException | IllegalArgumentException e) {
            Rejection.mark(row, e.getMessage());
        } catch (DatabricksException e) {
            Rejection.mark(row, reason(path, e));
            row.put(InputColumns.UNREAD, true);
        } catch (StoreException e) {
            Rejection.mark(row, reason(path, e));
            row.put(InputColumns.UNREAD, e.kind() != StoreException.Kind.TOO_LARGE);
        }
    }

    private static void put(Map<String, Object> row, VolumePath path, Picture picture) {
        if (picture.link() != null) {
            row.put(InputColumns.SIGNED_URL, picture.link().toString());
        } else if (picture.bytes().size() == 0) {
            Rejection.mark(row, Rejection.empty(path));
        } else {
            row.put(InputColumns.IMAGE_BYTES, picture.bytes());
        }
    }

    /** Other kinds are not the file's own fault: what concerns all files ends the run, so that it can be repeated. */
    private static String reason(VolumePath path, DatabricksException problem) {
        return switch (problem.kind()) {
            case NOT_FOUND -> Rejection.gone(path);
            case PERMISSION_DENIED, INVALID -> problem.getMessage();
            default -> throw problem;
        };
    }

    private String reason(VolumePath path, StoreException problem) {
        return switch (problem.kind()) {
            case GONE -> Rejection.gone(path);
            case TOO_LARGE -> Rejection.tooLarge(path, maxBytes);
            case REFUSED -> problem.getMessage();
            case UNAVAILABLE -> throw problem;
        };
    }
}
