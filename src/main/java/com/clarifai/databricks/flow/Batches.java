package com.clarifai.databricks.flow;

import com.clarifai.databricks.model.InputColumns;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * Cuts a stream of rows or files into batches, lazily: a batch is read when the splitter asks for it.
 *
 * <p>When the application stops, or the run is cancelled, the next batch is refused: those under way finish, and the run ends as interrupted
 * instead of reading on until the shutdown time-out. A run that has lost its lock fails here.
 */
public final class Batches implements CamelContextAware {

    private CamelContext camelContext;

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    /** Batches of up to {@code count} items that are of no run. */
    public Iterator<List<Object>> ofCount(Iterator<?> items, int count) {
        return ofCount(null, items, count);
    }

    /** Batches of up to {@code count} items of a run. */
    public Iterator<List<Object>> ofCount(Run run, Iterator<?> items, int count) {
        return new BatchIterator(run, items, count, Long.MAX_VALUE);
    }

    /** Batches of up to {@code count} rows whose {@code source_size} together stays within {@code bytes}, or of one. */
    public Iterator<List<Object>> ofCountAndBytes(Run run, Iterator<?> rows, int count, long bytes) {
        return new BatchIterator(run, rows, count, bytes);
    }

    private final class BatchIterator implements Iterator<List<Object>> {

        private final Run run;
        private final Iterator<?> items;
        private final int maxCount;
        private final long maxBytes;
        private Object carried;

        BatchIterator(Run run, Iterator<?> items, int maxCount, long maxBytes) {
            this.run = run;
            this.items = items;
            this.maxCount = maxCount;
            this.maxBytes = maxBytes;
        }

        @Override
        public boolean hasNext() {
            return carried != null || items.hasNext();
        }

        @Override
        public List<Object> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            refuseWhenStopped();
            List<Object> batch = new ArrayList<>(Math.min(maxCount, 1024));
            long bytes = 0;
            while (batch.size() < maxCount && hasNext()) {
                Object item = carried != null ? carried : items.next();
                long size = maxBytes == Long.MAX_VALUE ? 0 : sourceSize(item);
                if (!batch.isEmpty() && bytes + size > maxBytes) {
                    carried = item;
                    return batch;
                }
                carried = null;
                batch.add(item);
                bytes += size;
            }
            return batch;
        }

        private void refuseWhenStopped() {
            if (run != null) {
                run.requireHeld();
            }
            boolean cancelled = run != null && run.isCancelled();
            if (cancelled || camelContext != null && camelContext.isStopping()) {
                throw new RunInterruptedException();
            }
        }
    }

    private static long sourceSize(Object row) {
        return row instanceof Map<?, ?> map && map.get(InputColumns.SOURCE_SIZE) instanceof Number size
                ? size.longValue()
                : 0;
    }
}
