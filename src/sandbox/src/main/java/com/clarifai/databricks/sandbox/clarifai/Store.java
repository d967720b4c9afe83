package com.clarifai.databricks.sandbox.clarifai;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The file with everything but image bytes. Changes that belong together are made in one {@link #write}; commits happen
 * between writes only, so that a killed process finds a consistent state again, at most {@value #COMMIT_MILLIS} ms old.
 */
final class Store implements AutoCloseable {

    private static final int COMMIT_MILLIS = 200;
    private static final int CACHE_MEGABYTES = 64;
    // space of older states is used again after this time; the default keeps 45 s, hundreds of megabytes under load
    private static final int RETENTION_MILLIS = 1000;
    private static final int FILL_PERCENT = 50;
    private static final int COMPACT_BYTES = 4 << 20;

    private final MVStore file;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final AtomicLong sequence = new AtomicLong();
    private final ScheduledExecutorService committer;

    Store(Path path) {
        file = new MVStore.Builder()
                .fileName(path.toString())
                .cacheSize(CACHE_MEGABYTES)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .open();
        file.setRetentionTime(RETENTION_MILLIS);
        committer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "clarifai-store");
            thread.setDaemon(true);
            return thread;
        });
        committer.scheduleWithFixedDelay(this::commit, COMMIT_MILLIS, COMMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    Index index(String name) {
        return new Index(file.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE)));
    }

    /** Greater than any number handed out before, earlier runs included: microseconds since 1970, or one more. */
    long nextSequence() {
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        return sequence.updateAndGet(last -> Math.max(last + 1, now));
    }

    <T> T read(Supplier<T> reading) {
        lock.readLock().lock();
        try {
            return reading.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    <T> T write(Supplier<T> writing) {
        lock.writeLock().lock();
        try {
            return writing.get();
        } finally {
            lock.writeLock().unlock();
        }
    }

    void change(Runnable changes) {
        write(() -> {
            changes.run();
            return null;
        });
    }

    private void commit() {
        change(() -> {
            file.commit();
            file.compact(FILL_PERCENT, COMPACT_BYTES);
        });
    }

    @Override
    public void close() {
        committer.shutdown();
        change(file::close);
    }
}
