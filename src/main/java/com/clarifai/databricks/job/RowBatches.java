package com.clarifai.databricks.job;

import com.clarifai.databricks.model.InputColumns;
import com.google.common.collect.AbstractIterator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Rows in batches of a bounded number and of bounded bytes of pictures, or of one. */
final class RowBatches extends AbstractIterator<List<Map<String, Object>>> {

    private final Iterator<Map<String, Object>> rows;
    private final int count;
    private final long bytes;
    private Map<String, Object> next;

    RowBatches(Iterator<Map<String, Object>> rows, int count, long bytes) {
        this.rows = rows;
        this.count = count;
        this.bytes = bytes;
    }

    @Override
    protected List<Map<String, Object>> computeNext() {
        List<Map<String, Object>> batch = new ArrayList<>();
        long size = 0;
        while (batch.size() < count && (next != null || rows.hasNext())) {
            Map<String, Object> row = next == null ? rows.next() : next;
            next = null;
            size += size(row);
            if (!batch.isEmpty() && size > bytes) {
                next = row;
                return batch;
            }
            batch.add(row);
        }
        return batch.isEmpty() ? endOfData() : batch;
    }

    private static long size(Map<String, Object> row) {
        return row.get(InputColumns.IMAGE_BYTES) instanceof byte[] picture ? picture.length : 0;
    }
}
