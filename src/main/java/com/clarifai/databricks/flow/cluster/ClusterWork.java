package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.clarifai.OnExisting;
import com.clarifai.databricks.databricks.HousekeepingFiles;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunInterruptedException;
import com.clarifai.databricks.flow.table.SqlParameters;
import com.clarifai.databricks.job.JobOutcome;
import com.clarifai.databricks.job.JobTask;
import com.clarifai.databricks.model.ImageLimits;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** What a run gives to a job on the user's cluster, and takes from it. */
public final class ClusterWork extends JobSettings {

    private static final Pattern PARAMETER = Pattern.compile(":\\?(\\w+)");

    private final SqlParameters parameters = new SqlParameters();
    private long batchBytes;
    private int parallelBatches;

    public void setBatchBytes(long batchBytes) {
        this.batchBytes = batchBytes;
    }

    public void setParallelBatches(int parallelBatches) {
        this.parallelBatches = parallelBatches;
    }

    /**
     * The name of the job's run, by which one that was started by a process that is gone is found again: the same for the
     * same table, app and dataset, of which one run at a time is under way.
     */
    public String name(@Variable(Run.VARIABLE) Run run, @Header("app") String app, @Header("dataset") String dataset) {
        return "databricks-connect " + run.flow() + " " + run.tables().main().fullName() + " " + app + "/" + dataset;
    }

    /**
     * A statement as the job runs it: the staged rows are a view there, and the parameters stand in it.
     *
     * @param statement made with rows that were staged as {@code folder/wave}
     */
    public String statement(
            Exchange exchange, @Variable(Run.VARIABLE) Run run, @Variable("part") String part, @Body String statement) {
        Map<String, Object> values = parameters.of(exchange);
        return PARAMETER
                .matcher(statement.replace(run.staging().part(part), JobTask.VIEW))
                .replaceAll(found -> Matcher.quoteReplacement(text(values.get(found.group(1)))));
    }

    private static String text(Object value) {
        return value == null
                ? "NULL"
                : "'" + value.toString().replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** @throws IllegalStateException when the run could not stage its rows in files */
    public byte[] task(
            @Variable(Run.VARIABLE) Run run,
            @Header("app") String app,
            @Header("dataset") String dataset,
            @Header("CamelClarifaiUserId") String user,
            @Header("onExisting") OnExisting onExisting,
            @Header("allowDuplicateUrl") Boolean allowDuplicateUrl,
            @Header("verify") Boolean verify,
            @Variable("earlierStatement") String earlier,
            @Variable("claimStatement") String claim,
            @Variable("renameStatement") String rename,
            @Variable("trackStatement") String track,
            @Variable("rejectStatement") String reject) {
        String folder = run.staging().folder();
        return new JobTask(
                        folder + "/rows",
                        folder + "/ended",
                        folder + "/outcome.json",
                        app,
                        dataset,
                        user,
                        baseUrl(),
                        requestsPerSecond(),
                        batchSize(),
                        batchBytes,
                        parallelBatches,
                        Boolean.TRUE.equals(verify),
                        onExisting == null ? OnExisting.SKIP.name() : onExisting.name(),
                        Boolean.TRUE.equals(allowDuplicateUrl),
                        run.hadRows(),
                        run.hadRejects(),
                        secretScope(),
                        secretKeys(),
                        run.folder() == null ? null : new JobTask.Pictures(ImageLimits.MAX_BYTES),
                        new JobTask.Statements(earlier, claim, rename, track, reject))
                .json();
    }

    /** What stands for the outcome until the job has written one. */
    public byte[] nothingYet() {
        return new JobOutcome(0, Map.of(), 0, 0).json();
    }

    /** Whether there is anything for a job to do, or one is at work already. */
    public boolean hasRows(@Variable(Run.VARIABLE) Run run, @Variable("left") Boolean left) {
        return Boolean.TRUE.equals(left) || run.planned() > 0;
    }

    /** The id of the run that has staged the rows: of this one, or of a killed one whose job it has taken over. */
    public String stagedBy(@Variable(Run.VARIABLE) Run run) {
        String folder = run.staging().folder();
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** Those of a page whose files a cluster reads: Spark leaves out those whose names begin as hidden ones do. */
    public List<Map<String, Object>> readable(@Body List<Map<String, Object>> rows) {
        return rows.stream()
                .filter(row -> {
                    String path = String.valueOf(row.get(InputColumns.SOURCE_URI));
                    return !HousekeepingFiles.isHidden(path.substring(path.lastIndexOf('/') + 1));
                })
                .toList();
    }

    /** Rows go through files of a volume: where that may not be written, there is no way to a job. */
    public void requireFiles(@Variable(Run.VARIABLE) Run run) {
        if (run.staging().usesTable()) {
            throw new IllegalArgumentException(
                    "a run on the cluster needs a volume that may be written for its rows and its" + " jar: "
                            + run.staging().folder() + " cannot be; see staging.volume");
        }
    }

    /**
     * Counts what the job has done.
     *
     * @param outcome what it has written last
     * @param result of the run, as the workspace names it
     * @throws RunInterruptedException when it was cancelled, here or in the workspace
     */
    public void ended(
            @Variable(Run.VARIABLE) Run run,
            @Variable("outcome") byte[] outcome,
            @Header("CamelDatabricksRunResult") String result) {
        JobOutcome counted = JobOutcome.parse(outcome);
        counted.ends().forEach((end, number) -> run.add(count(Outcome.valueOf(end)), number));
        if (counted.ends().containsKey(Outcome.UNKNOWN.name())) {
            run.report(Count.UNKNOWN);
        }
        run.add(Count.ANNOTATIONS, counted.annotations());
        run.add(Count.REJECTED_ANNOTATIONS, counted.rejectedAnnotations());
        run.addUploaded(counted.done());
        refuseCancelled(run, result);
    }

    static void refuseCancelled(Run run, String result) {
        if ("CANCELED".equals(result)) {
            if (run.isCancelled()) {
                throw new RunInterruptedException();
            }
            throw new RunInterruptedException("somebody has cancelled its job in Databricks before the end");
        }
    }

    private static Count count(Outcome end) {
        return switch (end) {
            case IMPORTED -> Count.IMPORTED;
            case UPDATED -> Count.UPDATED;
            case EXISTING -> Count.EXISTING;
            case REJECTED -> Count.REJECTED;
            case UNKNOWN -> Count.UNKNOWN;
        };
    }
}
