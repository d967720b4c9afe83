package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.job.KnownRows;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What of a dataset an export or update reads, and how it is to be written. Safe for use by several threads. */
public final class DatasetRead {

    private final IfExists ifExists;
    private final boolean update;
    private volatile Deletes deletes;
    private volatile String selection;
    private volatile Instant since;
    private volatile boolean whole;
    private volatile boolean comparable = true;
    private volatile KnownRows known = KnownRows.NONE;
    private final Set<TableKind> staged = ConcurrentHashMap.newKeySet();
    private final Map<TableKind, TableTrial> trials = new ConcurrentHashMap<>();
    private volatile ImageFolder images = ImageFolder.NONE;

    /**
     * @param ifExists what to do where there is such a table already
     * @param update whether the tables have to be there
     * @param deletes what to do with rows of what the dataset has no longer
     */
    public DatasetRead(IfExists ifExists, boolean update, Deletes deletes) {
        this.ifExists = ifExists == null ? IfExists.fail : ifExists;
        this.update = update;
        this.deletes = deletes == null ? Deletes.ignore : deletes;
    }

    public IfExists ifExists() {
        return ifExists;
    }

    /** Whether it follows tables of an earlier export. */
    public boolean isUpdate() {
        return update;
    }

    public Deletes deletes() {
        return deletes;
    }

    /** Whether rows of what the dataset has no longer are marked or removed. */
    public boolean isForgetting() {
        return deletes != Deletes.ignore;
    }

    /**
     * Which app, dataset, tables and annotations, as JSON: of these an earlier run may have read everything; null when this
     * run does not read all of it.
     */
    public String selection() {
        return selection;
    }

    public void select(String json) {
        selection = json;
    }

    /** Not all of the selection is read: nothing may be taken for deleted, nor for known by later updates. */
    public void missSome() {
        selection = null;
        deletes = Deletes.ignore;
    }

    /** Only what changed since then is staged; null for everything. */
    public Instant since() {
        return since;
    }

    public void readSince(Instant time) {
        since = time;
    }

    /** The tables cannot do with what changed since the last run. */
    public boolean isWhole() {
        return whole;
    }

    public void readWhole() {
        whole = true;
    }

    /** Whether the tables have what tells in which state of Clarifai a row is. */
    public boolean isComparable() {
        return comparable;
    }

    public void compareNone() {
        comparable = false;
    }

    /** What of the tables need not be staged; never what an import has written. */
    public KnownRows known() {
        return known;
    }

    public void know(KnownRows rows) {
        known = rows;
    }

    /** Whether there is a row for the table of a kind. */
    public boolean hasStaged(TableKind kind) {
        return staged.contains(kind);
    }

    public void noteStaged(TableKind kind) {
        staged.add(kind);
    }

    /** Of a dry run: how the table of a kind would be written. */
    public TableTrial trial(TableKind kind) {
        return trials.get(kind);
    }

    public void tryOut(TableTrial trial) {
        trials.put(trial.kind(), trial);
    }

    public ImageFolder images() {
        return images;
    }

    public void writeImages(ImageFolder folder) {
        images = folder;
    }
}
