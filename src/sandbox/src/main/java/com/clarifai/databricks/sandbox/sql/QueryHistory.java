package com.clarifai.databricks.sandbox.sql;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The statements that a warehouse has run, as its
 * <a href="https://docs.databricks.com/api/workspace/queryhistory/list">query history</a> tells of them.
 */
final class QueryHistory {

    /** What the service lists at most; here, what is kept at all. */
    static final int MOST = 1000;

    /** One statement; what came of it is told later. */
    static final class Entry {

        private final String id;
        private final String sql;
        private final Instant began = Instant.now();
        private String status = "QUEUED";
        private Instant ended;

        private Entry(String id, String sql) {
            this.id = id;
            this.sql = sql;
        }

        synchronized void becomes(Statement.State state) {
            switch (state) {
                case PENDING -> {}
                case RUNNING -> status = "RUNNING";
                case SUCCEEDED -> end("FINISHED");
                case FAILED, CANCELED -> end(state.name());
                // the end was told before
                case CLOSED -> {}
            }
        }

        private void end(String how) {
            status = how;
            ended = Instant.now();
        }

        String id() {
            return id;
        }

        String sql() {
            return sql;
        }

        Instant began() {
            return began;
        }

        synchronized String status() {
            return status;
        }

        /** Null while it runs. */
        synchronized Instant ended() {
            return ended;
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    synchronized Entry begin(String id, String sql) {
        Entry entry = new Entry(id, sql);
        entries.addFirst(entry);
        if (entries.size() > MOST) {
            entries.removeLast();
        }
        return entry;
    }

    /** The latest first. */
    synchronized List<Entry> latest(int most) {
        return entries.stream().limit(most).toList();
    }
}
