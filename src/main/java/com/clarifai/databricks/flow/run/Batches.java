package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.model.InputColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;

/**
 * Cuts a stream of rows or files into batches, lazily: a batch is read when the splitter asks for it.
 *
 * <p>When the application stops, or the run is cancelled, the next batch is refused: those under way finish, and the run ends as interrupted
 * instead of reading on until the shutdown time-out. A run that has lost its lock, or of
 * which a page has failed, fails here.
 */
public final class Batches implements CamelContextAware {

    private static final int ENTRY_BYTES = 48;

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
        return new BatchIterator(run, items, count, Long.MAX_VALUE, item -> 0);
    }

    /** Batches of a run, of up to {@code first} items, then four times as many each time, up to {@code most}. */
    public Iterator<List<Object>> growing(Run run, Iterator<?> items, int first, int most) {
        return new GrowingIterator(run, items, first, most, Long.MAX_VALUE, item -> 0);
    }

    /** Batches of up to {@code count} rows whose {@code source_size} together stays within {@code bytes}, or of one. */
    public Iterator<List<Object>> ofCountAndBytes(Run run, Iterator<?> rows, int count, long bytes) {
        return new BatchIterator(run, rows, count, bytes, Batches::sourceSize);
    }

    /**
     * The same, of a page of several that are under way: waits until the batches of the pages before have been given out. The
     * next page's turn comes with the last batch, so that there is always one to be sent.
     *
     * @param page its number, from 0
     */
    public Iterator<List<Object>> inTurn(Run run, int page, Iterator<?> rows, int count, long bytes) {
        run.turns().takeSending(page);
        return new TurnIterator(run.turns(), ofCountAndBytes(run, rows, count, bytes));
    }

    /**
     * Batches of up to {@code first} rows, then four times as many each time, up to {@code most}, whose values together take
     * about {@code bytes} of memory, or of one.
     */
    public Iterator<List<Object>> growingText(Run run, Iterator<?> rows, int first, int most, long bytes) {
        return new GrowingIterator(run, rows, first, most, bytes, Batches::memory);
    }

    private class BatchIterator implements Iterator<List<Object>> {

        private final Run run;
        private final Iterator<?> items;
        private int maxCount;
        private final long maxBytes;
        private final ToLongFunction<Object> size;
        private Object carried;

        BatchIterator(Run run, Iterator<?> items, int maxCount, long maxBytes, ToLongFunction<Object> size) {
            this.run = run;
            this.items = items;
            this.maxCount = maxCount;
            this.maxBytes = maxBytes;
            this.size = size;
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
                long more = size.applyAsLong(item);
                if (!batch.isEmpty() && bytes + more > maxBytes) {
                    carried = item;
                    return batch;
                }
                carried = null;
                batch.add(item);
                bytes += more;
            }
            return batch;
        }

        void growTo(int most) {
            maxCount = (int) Math.min(most, 4L * maxCount);
        }

        private void refuseWhenStopped() {
            Batches.this.refuseWhenStopped(run);
        }
    }

    private final class GrowingIterator extends BatchIterator {

        private final int most;

        GrowingIterator(Run run, Iterator<?> items, int first, int most, long maxBytes, ToLongFunction<Object> size) {
            super(run, items, Math.min(first, most), maxBytes, size);
            this.most = most;
        }

        @Override
        public List<Object> next() {
            List<Object> batch = super.next();
            growTo(most);
            return batch;
        }
    }

    private void refuseWhenStopped(Run run) {
        if (run != null) {
            run.requireHeld();
            run.turns().refuseWhenFailed();
        }
        boolean cancelled = run != null && run.isCancelled();
        if (cancelled || camelContext != null && camelContext.isStopping()) {
            throw new RunInterruptedException();
        }
    }

    /** Of a page that has failed nothing has to be given back: no other is sent any more. */
    private static final class TurnIterator implements Iterator<List<Object>> {

        private final Turns turns;
        private final Iterator<List<Object>> batches;
        private boolean over;

        TurnIterator(Turns turns, Iterator<List<Object>> batches) {
            this.turns = turns;
            this.batches = batches;
        }

        @Override
        public boolean hasNext() {
            boolean more = batches.hasNext();
            if (!more && !over) {
                over = true;
                turns.giveSending();
            }
            return more;
        }

        @Override
        public List<Object> next() {
            return batches.next();
        }
    }

    /** Roughly: two bytes a character, and what an entry of a map or list takes. */
    private static long memory(Object value) {
        if (value instanceof Map<?, ?> map) {
            long bytes = 0;
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                bytes += ENTRY_BYTES + memory(entry.getValue());
            }
            return bytes;
        }
        if (value instanceof Collection<?> items) {
            return items.stream().mapToLong(item -> ENTRY_BYTES + memory(item)).sum();
        }
        return value instanceof CharSequence text ? 2L * text.length() : value == null ? 0 : Long.BYTES;
    }

    private static long sourceSize(Object row) {
        return row instanceof Map<?, ?> map && map.get(InputColumns.SOURCE_SIZE) instanceof Number size
                ? size.longValue()
                : 0;
    }
}
