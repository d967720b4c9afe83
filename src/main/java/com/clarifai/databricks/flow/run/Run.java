package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.model.WaitListener;
import com.google.common.base.CaseFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One run of a flow: its id, what it is doing and what it has counted so far. Safe for use by several threads. */
public final class Run implements WaitListener {

    /** The exchange variable that holds the run. */
    public static final String VARIABLE = "run";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** What is counted. */
    public enum Count {
        READ,
        IMPORTED,
        /** Only in flows that {@link #report} it. */
        UPDATED,
        EXISTING,
        REJECTED,
        SKIPPED,
        /** Clarifai holds the input in a state that is not known here; only in flows that have met one. */
        UNKNOWN,
        /** Inputs read from Clarifai. */
        INPUTS,
        /** How many Clarifai counts in the dataset; only where these are more than were read. */
        INPUTS_COUNTED,
        /** Annotations, not rows; only in flows that {@link #report} it. */
        ANNOTATIONS,
        /** Annotations, not rows; only in flows that {@link #report} it. */
        REJECTED_ANNOTATIONS,
        INPUTS_INSERTED,
        INPUTS_UPDATED,
        INPUTS_DELETED,
        ANNOTATIONS_INSERTED,
        ANNOTATIONS_UPDATED,
        ANNOTATIONS_DELETED,
        /** Rows of both tables that were written to staged files for comparison by SQL. */
        STAGED,
        /** Original images written to a volume; only in flows that {@link #report} it. */
        IMAGES,
        /** Images that were in the volume already and are unchanged; only in flows that {@link #report} it. */
        IMAGES_EXISTING,
        /** Images that could not be exported; only in flows that {@link #report} it. */
        IMAGES_FAILED,
        /** Files whose rows were read; only in flows that {@link #report} it. */
        FILES,
        /** Files of a folder that were left out or are empty; only in flows that {@link #report} it. */
        FILES_SKIPPED,
        /** Files of a folder that could not be read, each of which is a rejected row; only in flows that {@link #report} it. */
        FILES_REJECTED,
        /** Tables that are missing; only in dry runs that have met one. */
        TABLES_CREATED,
        /** Datasets that are missing; only in dry runs that have met one. */
        DATASETS_CREATED
    }

    /** Every source row or file that was read ends in exactly one of these. */
    private static final Set<Count> ENDS =
            EnumSet.of(Count.IMPORTED, Count.UPDATED, Count.EXISTING, Count.REJECTED, Count.SKIPPED, Count.UNKNOWN);

    /** What a run does, one after the other. */
    public enum Phase {
        CHECKING("Checking what can be checked", ""),
        LISTING("Listing the source", "files"),
        PLANNING("Finding out what is new", ""),
        UPLOADING("Uploading to Clarifai", "inputs"),
        READING("Reading the dataset", "inputs"),
        WRITING("Writing the tables", ""),
        DONE("Finishing", "");

        private final String doing;
        private final String unit;

        Phase(String doing, String unit) {
            this.doing = doing;
            this.unit = unit;
        }

        /** In words. */
        String doing(boolean dryRun) {
            return dryRun && this == UPLOADING ? "Finding out what would be uploaded" : doing;
        }
    }

    private final String id;
    private final String flow;
    private final Instant startedAt = Instant.now();
    private final AtomicLongArray counts = new AtomicLongArray(Count.values().length);
    private final AtomicLong planned = new AtomicLong();
    private final AtomicLong uploaded = new AtomicLong();
    private final Set<Count> reported = Collections.synchronizedSet(EnumSet.noneOf(Count.class));
    private final AtomicReference<Instant> latestChange = new AtomicReference<>(Instant.EPOCH);
    private final SourceNotes notes = new SourceNotes();
    private volatile RunTables tables = RunTables.NONE;
    private final Set<TableName> found = ConcurrentHashMap.newKeySet();
    private volatile String folder;
    private volatile boolean localFiles;
    private volatile Staging staging;
    private volatile HistoryRow history;
    private volatile HistoryRow.End ending;
    private volatile DatasetRead dataset;
    private volatile TableCopy copy;
    private volatile boolean rejectsBefore;
    private volatile boolean rowsBefore;
    private volatile boolean meetsExisting;
    private volatile long plannedAt;
    private volatile Turns turns = new Turns(this);
    private volatile RunListener listener = RunListener.NONE;
    private volatile Phase phase = Phase.CHECKING;
    private volatile Instant phaseSince = startedAt;
    private volatile Pace pace = new Pace(startedAt);
    private volatile long expected;
    private volatile Wait wait;
    private volatile boolean dryRun;
    private volatile Consumer<Intention> intentions;
    private volatile Instant cancelledAt;
    private volatile boolean takenOver;
    private volatile boolean computeRuns;
    private volatile Exception failure;
    /** {@link Instant#MAX} without a lock: before its row is written, after its end, and without a history. */
    private volatile Instant heldUntil = Instant.MAX;

    private volatile Instant askedToHold = Instant.now();
    private volatile Instant goesOnFrom = Instant.MAX;

    /** A run with a new id, which sorts by time and can be a file name. */
    public static Run open(String flow) {
        return new Run(
                STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8), flow);
    }

    public Run(String id, String flow) {
        this.id = id;
        this.flow = flow;
    }

    public String id() {
        return id;
    }

    public String flow() {
        return flow;
    }

    /** The tables that it works on. */
    public RunTables tables() {
        return tables;
    }

    public void workOn(RunTables chosen) {
        tables = chosen;
    }

    /** The checks before the run have seen this table: it need not be asked for once more. */
    public void foundTable(TableName table) {
        found.add(table);
    }

    public boolean hasFound(TableName table) {
        return found.contains(table);
    }

    /** Whoever has started it may have files of this machine read. */
    public Run withLocalFiles() {
        localFiles = true;
        return this;
    }

    public boolean mayReadLocalFiles() {
        return localFiles;
    }

    /** Of an import of files: the whole path of the folder that it reads. */
    public String folder() {
        return folder;
    }

    public void readFolder(String path) {
        folder = path;
    }

    /** Where it puts rows so that SQL can read them; null before that is chosen, and in a dry run. */
    public Staging staging() {
        return staging;
    }

    public void stageIn(Staging place) {
        staging = place;
    }

    /** Its row in the history of runs; null before it has begun. */
    public HistoryRow history() {
        return history;
    }

    void record(HistoryRow row) {
        history = row;
    }

    /** Whether it has a row in the history of runs. */
    public boolean isRecorded() {
        return history != null && history.table() != null;
    }

    /** Whether its warehouse or cluster was found to be running. */
    public boolean hasCompute() {
        return computeRuns;
    }

    void meetCompute() {
        computeRuns = true;
    }

    /** What its flow has failed for; null when it has not, or not yet. */
    Exception failure() {
        return failure;
    }

    public void failFor(Exception problem) {
        failure = problem;
    }

    /** What its row says of its end; null while it is under way. */
    public HistoryRow.End ending() {
        return ending;
    }

    void recordEnd(HistoryRow.End end) {
        ending = end;
    }

    /** Of an export or update: what it reads. */
    public DatasetRead dataset() {
        return dataset;
    }

    public void read(DatasetRead read) {
        dataset = read;
    }

    /** Of an import of a table: the copy that it reads. */
    public TableCopy copy() {
        return copy;
    }

    public void readThrough(TableCopy table) {
        copy = table;
    }

    /** Whether the table of rejected rows had some of this app and dataset when the run began. */
    public boolean hadRejects() {
        return rejectsBefore;
    }

    /** Whether its tables had rows of this app and dataset when the run began. */
    public boolean hadRows() {
        return rowsBefore;
    }

    public void noteEarlier(boolean rejects, boolean rows) {
        rejectsBefore = rejects;
        rowsBefore = rows;
    }

    /** Whether most inputs of the batch that was sent last existed already. */
    public boolean meetsExisting() {
        return meetsExisting;
    }

    public void noteExisting(boolean most) {
        meetsExisting = most;
    }

    /** What there is to say of the files that it reads. */
    public SourceNotes notes() {
        return notes;
    }

    /** How long it has been under way. */
    public Duration age() {
        return Duration.between(startedAt, Instant.now());
    }

    /** Has the listener told of what comes from now on. */
    public void observe(RunListener observer) {
        listener = observer;
        observer.began(this);
    }

    public void addBytes(long bytes) {
        listener.sent(this, bytes);
    }

    public void end() {
        listener.ended(this);
    }

    public Phase phase() {
        return phase;
    }

    /** @throws LeaseLostException when the run may no longer go on */
    public void enter(Phase next) {
        requireHeld();
        if (phase != next) {
            phaseSince = Instant.now();
            pace = new Pace(phaseSince);
            expected = 0;
            wait = null;
            phase = next;
        }
    }

    /** How much there is to do in the phase that it has entered. */
    public void expect(long number) {
        expected = number;
    }

    /** Something that it has to wait for at this moment; null when that is over. */
    @Override
    public void waitsFor(Wait something) {
        wait = something;
    }

    /** Nothing will be changed. */
    public void tryOnly() {
        dryRun = true;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Names to somebody, who may be called by many threads, everything that the run would do; it is a dry run. */
    public void listTo(Consumer<Intention> reader) {
        intentions = reader;
    }

    /** Whether somebody has asked for everything that it would do. */
    public boolean isListing() {
        return intentions != null;
    }

    /** Of a dry run: something that the run itself would do. */
    public void would(Intention intention) {
        Consumer<Intention> reader = intentions;
        if (reader != null) {
            reader.accept(intention);
        }
    }

    /** Of a dry run: the run itself would make this. */
    public void wouldCreate(Count counted, String what, String name) {
        report(counted);
        add(counted, 1);
        would(Intention.create(what, name));
    }

    /** How far it is now. */
    public Progress progress() {
        Phase now = phase;
        Instant time = Instant.now();
        long done = done();
        OptionalDouble perSecond = now == Phase.DONE ? OptionalDouble.empty() : pace.perSecond(time, done);
        long left = expected - done;
        return new Progress(
                now,
                now.doing(dryRun),
                Duration.between(phaseSince, time),
                done,
                expected,
                now.unit,
                perSecond.isPresent() ? perSecond.getAsDouble() : null,
                left > 0 && perSecond.isPresent()
                        ? Duration.ofSeconds(Math.round(left / perSecond.getAsDouble()))
                        : null,
                wait);
    }

    /** What has been done in this phase. */
    private long done() {
        return switch (phase) {
            case LISTING -> get(Count.READ);
            case READING -> get(Count.INPUTS);
            // of the rows of files, and in a dry run, it is not known beforehand how many there are to be sent
            case UPLOADING -> expected > 0 ? uploaded.get() : Math.max(uploaded.get(), ended());
            case CHECKING, PLANNING, WRITING, DONE -> 0;
        };
    }

    private long ended() {
        return ENDS.stream().mapToLong(this::get).sum();
    }

    /** Asks the run to end: what it has in hand is finished, the rest is left to the next run. */
    public void cancel() {
        cancelledAt = Instant.now();
    }

    /** When it was asked to end; null while it was not. */
    public Instant cancelledAt() {
        return cancelledAt;
    }

    @Override
    public boolean isCancelled() {
        return cancelledAt != null;
    }

    /** Its lock is known to be its own until then, by the clock of this machine; other runs leave its tables alone. */
    void holdUntil(Instant time) {
        heldUntil = time;
    }

    /** When its row is asked to be renewed; what comes of it counts from then. */
    void askToHold(Instant time) {
        askedToHold = time;
    }

    Instant askedToHold() {
        return askedToHold;
    }

    /** Whether its row in the history says that it is running. */
    boolean hasLock() {
        return !heldUntil.equals(Instant.MAX);
    }

    /** Its row is about to say how it ended. */
    void release() {
        heldUntil = Instant.MAX;
    }

    /** Another run has found its lock to have run out, and may be at work on the same tables. */
    void loseToAnother() {
        takenOver = true;
    }

    /** @throws LeaseLostException when another run may be at work on the same tables */
    void requireHeld() {
        if (takenOver) {
            throw new LeaseLostException("another run took over");
        }
        if (Instant.now().isAfter(heldUntil)) {
            throw new LeaseLostException("it could not be renewed in time, so another run may have taken over");
        }
    }

    /** Has the summary name what the flow counts. */
    public void report(Count... counts) {
        reported.addAll(List.of(counts));
    }

    /** Whether the summary names it. */
    public boolean reports(Count count) {
        return reported.contains(count);
    }

    public void add(Count count, long number) {
        counts.addAndGet(count.ordinal(), number);
        pace.reached(Instant.now(), done());
        listener.counted(this, count, number);
    }

    public long get(Count count) {
        return counts.get(count.ordinal());
    }

    /** When it began, by the clock of this machine; where it has taken over another one's work, when that one did. */
    public Instant startedAt() {
        return goesOnFrom.isBefore(startedAt) ? goesOnFrom : startedAt;
    }

    /** It goes on with the work of a run that began then. */
    public void goOnFrom(Instant time) {
        goesOnFrom = time;
    }

    /**
     * Notes when something that was read was last changed in Clarifai. What another run has begun to read may have changed in
     * places that it had passed: of that, only what is older than its beginning has been seen for certain.
     */
    public void sawChange(Instant time) {
        Instant certain = time.isAfter(goesOnFrom) ? goesOnFrom : time;
        latestChange.accumulateAndGet(certain, (a, b) -> a.isAfter(b) ? a : b);
    }

    /** The latest change that was seen, by Clarifai's clock; the epoch as long as there is none. */
    public Instant latestChange() {
        return latestChange.get();
    }

    public void addUploaded(long number) {
        uploaded.addAndGet(number);
        pace.reached(Instant.now(), done());
    }

    public void planMore(long number) {
        planned.addAndGet(number);
    }

    /**
     * When the first plan of an import of a volume was made, in microseconds since 1970 by the warehouse's clock: what is
     * tracked as sent since then, this run has sent.
     */
    public long plannedAt() {
        return plannedAt;
    }

    public void notePlanned(long micros) {
        if (plannedAt == 0) {
            plannedAt = micros;
        }
    }

    /** A source of pages begins: what is known of those of another one does not count any more. */
    Turns beginPages() {
        turns = new Turns(this);
        return turns;
    }

    Turns turns() {
        return turns;
    }

    /** How many inputs are to be brought to an end; known once the phase is {@link Phase#UPLOADING}. */
    public long planned() {
        return planned.get();
    }

    /** How many of the planned inputs have been sent, found to be there, or refused. */
    public long uploaded() {
        return uploaded.get();
    }

    /**
     * Ends the run.
     *
     * @throws IllegalStateException when what was read and what became of it do not add up
     */
    public void complete() {
        long ended = ended();
        if (ended != get(Count.READ)) {
            throw new IllegalStateException("of " + get(Count.READ) + " rows read only " + ended
                    + " are accounted for; run it again to complete the rest, and report this as a defect");
        }
        enter(Phase.DONE);
    }

    /** The summary, in the order and with the names that {@code --json} prints. */
    public Map<String, Object> summary() {
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("runId", id);
        summary.put("flow", flow);
        Arrays.stream(Count.values())
                .filter(reported::contains)
                .forEach(count ->
                        summary.put(CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, count.name()), get(count)));
        if (!notes.readAs().isEmpty()) {
            summary.put("readAs", notes.readAs().keySet());
        }
        if (!notes.lines().isEmpty()) {
            summary.put("notes", notes.lines());
        }
        summary.put("seconds", age().toMillis() / 1000.0);
        return summary;
    }
}
