package com.clarifai.databricks.databricks;

import com.clarifai.databricks.io.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends a read that waits too long for its next bytes.
 *
 * <p>The time-out of {@link java.net.http.HttpRequest} ends with the head of the answer; without this a connection that
 * dies silently would hold its reader for ever. A slow reader is none of its concern.
 */
final class StallGuard extends BulkInputStream {

    private static final long NOT_READING = 0;

    private final InputStream in;
    private final long limitNanos;
    private final Future<?> watch;
    private volatile long readingSince = NOT_READING;
    private volatile boolean stalled;

    StallGuard(InputStream in, Duration limit, ScheduledExecutorService scheduler) {
        this.in = in;
        this.limitNanos = limit.toNanos();
        this.watch = scheduler.scheduleWithFixedDelay(this::check, limitNanos, limitNanos / 2, TimeUnit.NANOSECONDS);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count;
        readingSince = System.nanoTime() | 1;
        try {
            count = in.read(bytes, offset, length);
        } catch (IOException e) {
            throw stalled ? timeout(e) : e;
        } finally {
            readingSince = NOT_READING;
        }
        if (stalled) {
            throw timeout(null);
        }
        if (count < 0) {
            watch.cancel(false);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        in.close();
    }

    private void check() {
        long since = readingSince;
        if (since != NOT_READING && System.nanoTime() - since > limitNanos) {
            stalled = true;
            watch.cancel(false);
            try {
                in.close();
            } catch (IOException e) {
                // the reader learns of the stall, which is what matters
            }
        }
    }

    private static HttpTimeoutException timeout(IOException cause) {
        HttpTimeoutException timeout = new HttpTimeoutException("the answer stalled");
        if (cause != null) {
            timeout.initCause(cause);
        }
        return timeout;
    }
}
