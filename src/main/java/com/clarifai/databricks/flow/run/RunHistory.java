package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.parameter.DeclaredParameters;
import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.json.JsonText;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.util.ObjectHelper;

/**
 * What the history of runs records, and which runs this process has under way: one at a time for each subject, which is
 * a table with the app and dataset whose rows it holds.
 */
public final class RunHistory {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final int MAX_ERROR_LENGTH = 1_000;

    private final ConcurrentMap<String, Run> active = new ConcurrentHashMap<>();
    private boolean enabled = true;
    private String table;
    private String lease;
    private Duration leaseTime;

    /** Without a history, only the runs of this process keep out of each other's way. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /** Name of the history table, in the catalog and schema of the flow's table. */
    public void setTable(String table) {
        this.table = table;
    }

    /** How long a run counts as running after it has last renewed its row, as SQL writes an interval. */
    public void setLease(String lease) {
        this.lease = lease;
        this.leaseTime = SqlInterval.parse(lease);
    }

    /** The table of the history for a run; null without a history, and in a dry run. */
    public TableName place(@Variable(Run.VARIABLE) Run run, @Header("dryRun") Boolean dryRun) {
        TableName owned = run.tables().main();
        return enabled && !Boolean.TRUE.equals(dryRun) ? new TableName(owned.catalog(), owned.schema(), table) : null;
    }

    /**
     * Gives the run its row, which is not written yet; in a dry run none, and without a history one that belongs to no table.
     *
     * @throws RunInProgressException when this process has another run of the same subject under way
     */
    public void begin(
            Exchange exchange,
            @Variable(Run.VARIABLE) Run run,
            @Header("app") String app,
            @Header("dataset") String dataset,
            @Header("dryRun") Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            return;
        }
        String subject = subject(run, app, dataset);
        hold(subject, run);
        run.record(new HistoryRow(place(run, dryRun), subject, JsonText.of(parameters(exchange, run)), host()));
    }

    /** The warehouse or cluster of the run, if it is for a run, is known to be running. */
    public void reachable(@Variable(Run.VARIABLE) Run run) {
        if (run != null) {
            run.meetCompute();
        }
    }

    /**
     * Settles the row of a run that was refused before it began. It gets none in a dry run, without a history, and where its
     * compute was not reached: nothing is started only to record that nothing was done. That another run is under way is no
     * failure either.
     *
     * @return whether a row is to be written
     */
    public boolean refused(
            Exchange exchange,
            @Variable(Run.VARIABLE) Run run,
            @Header("app") String app,
            @Header("dataset") String dataset,
            @Header("dryRun") Boolean dryRun) {
        if (run == null || run.history() != null || !run.hasCompute() || run.tables() == RunTables.NONE) {
            return false;
        }
        TableName place = place(run, dryRun);
        Exception problem = run.failure();
        if (place == null || problem == null || exchange.getContext().isStopping()) {
            return false;
        }
        // else Camel would take every statement of the onCompletion for one whose repetitions are used up, and not run
        // it
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        run.record(new HistoryRow(place, subject(run, app, dataset), JsonText.of(parameters(exchange, run)), host()));
        run.recordEnd(new HistoryRow.End("FAILED", error(problem), JsonText.of(Map.of()), "", ""));
        return true;
    }

    private static String subject(Run run, String app, String dataset) {
        // Unity Catalog does not tell names apart by case, Clarifai does
        return run.tables().main().fullName().toLowerCase(Locale.ROOT) + " " + app + "/" + dataset;
    }

    /** Those of the headers that are parameters of flows and have a value, by name. */
    private static Map<String, Object> parameters(Exchange exchange, Run run) {
        FlowParameters flows = exchange.getContext().getRegistry().findSingleByType(FlowParameters.class);
        Map<String, Object> parameters = new LinkedHashMap<>();
        // an application that runs the routes without this command line has none
        Set<String> names = new LinkedHashSet<>(flows == null ? Set.of() : flows.names());
        DeclaredParameters.of(exchange.getContext(), run.flow()).ifPresent(declared -> names.addAll(declared.all()));
        for (String name : names) {
            String value = exchange.getMessage().getHeader(name, "", String.class);
            if (!value.isEmpty()) {
                parameters.put(name, value);
            }
        }
        return parameters;
    }

    private void hold(String subject, Run own) {
        Run other = active.putIfAbsent(subject, own);
        if (other != null) {
            throw new RunInProgressException(
                    "run " + other.id() + " of this process works on " + subject + "; wait for it to end");
        }
    }

    /** The run has ended, and all that there is to write of it is written: another one of its subject may begin. */
    public void release(@Variable(Run.VARIABLE) Run run) {
        active.values().remove(run);
    }

    /**
     * The body is the rows of other runs that are under way on the same subject.
     *
     * @throws RunInProgressException when there is one
     */
    public void refuseBeside(@Body List<Map<String, Object>> others, @Variable(Run.VARIABLE) Run run) {
        if (!others.isEmpty()) {
            Map<String, Object> other = others.get(0);
            throw new RunInProgressException("run " + other.get("run_id") + " (" + other.get("flow") + ") on host "
                    + other.get("host") + " has been working on "
                    + run.history().subject() + " since "
                    + TIME.format(SqlTime.ofMicros(other.get("since")))
                    + "; wait for it to end, or if it has died try again after "
                    + lease.toLowerCase(Locale.ROOT));
        }
    }

    /** The row of the run is written: from now on it is to be renewed. */
    public void recorded(@Variable(Run.VARIABLE) Run run) {
        run.holdUntil(Instant.now().plus(leaseTime));
    }

    /** The row of the run is about to be renewed. */
    public void renewing(@Variable(Run.VARIABLE) Run run) {
        run.askToHold(Instant.now());
    }

    /** @param rows those of the run that still say that it is running */
    public void renewed(@Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> rows) {
        if (!run.hasLock()) {
            return; // it has ended meanwhile
        }
        if (rows.isEmpty()) {
            run.loseToAnother();
        } else {
            run.holdUntil(run.askedToHold().plus(leaseTime));
        }
    }

    /** The runs of this process whose rows are to be renewed. */
    public List<Run> active() {
        return active.values().stream().filter(Run::hasLock).toList();
    }

    /** Settles what the row is to say of the run's end. It has completed if, and only if, its counts were found to add up. */
    public void end(Exchange exchange, @Variable(Run.VARIABLE) Run run) {
        // else Camel would take every statement of the doFinally for one whose repetitions are used up, and not run it
        exchange.getExchangeExtension().setRedeliveryExhausted(false);
        run.release();
        boolean completed = run.phase() == Run.Phase.DONE;
        Exception problem = completed ? null : exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        run.recordEnd(new HistoryRow.End(
                completed ? "COMPLETED" : interrupted(exchange, run, problem) ? "INTERRUPTED" : "FAILED",
                problem == null ? "" : error(problem),
                JsonText.of(counts(run)),
                run.latestChange().equals(Instant.EPOCH)
                        ? ""
                        : run.latestChange().toString(),
                run.dataset() == null ? "" : Objects.toString(run.dataset().selection(), "")));
    }

    private static boolean interrupted(Exchange exchange, Run run, Exception problem) {
        return exchange.getContext().isStopping()
                || run.isCancelled()
                || ObjectHelper.getException(RunInterruptedException.class, problem) != null;
    }

    private static String error(Exception problem) {
        String error = Failure.describe(problem);
        return error.length() <= MAX_ERROR_LENGTH ? error : error.substring(0, MAX_ERROR_LENGTH);
    }

    private static Map<String, Object> counts(Run run) {
        return run.summary().entrySet().stream()
                .filter(entry -> entry.getValue() instanceof Long)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, LinkedHashMap::new));
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
