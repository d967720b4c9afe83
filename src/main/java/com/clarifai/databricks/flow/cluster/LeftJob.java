package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.databricks.JobRunState;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunInProgressException;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.model.ParameterName;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job whose run was killed. A run of the same takes it over, with what that one had counted and staged: one that is still
 * running, beside which no other may begin, or one that has done all of its work while nobody waited.
 */
public final class LeftJob {

    private static final Logger LOG = LoggerFactory.getLogger(LeftJob.class);

    private static final String TASK = "/task.json";
    /** Whether there is something that a killed run has left, with which this one goes on. */
    private static final String LEFT = "left";
    /** How many inputs the dataset had. */
    private static final String COUNTED = "counted";

    /**
     * The folder that it works on.
     *
     * @param job what was found to be running under the name of this run's job
     * @param volume name of the staging volume
     * @throws RunInProgressException when it is none of this application's
     */
    public String folder(@Variable(Run.VARIABLE) Run run, @Body JobRunState job, String volume) {
        String within = Staging.volume(run.tables().main(), volume) + "/";
        return job.parameters().stream()
                .filter(path -> path.startsWith(within) && path.endsWith(TASK))
                .map(path -> path.substring(0, path.length() - TASK.length()))
                .filter(folder -> folder.indexOf('/', within.length()) < 0)
                .findFirst()
                .orElseThrow(() -> beside(job, "is none that was started with this staging volume"));
    }

    /** @throws RunInProgressException when the run has removed what it had staged, and its job goes on nevertheless */
    public void requireStaged(@Variable("leftJob") JobRunState job, @Body VolumeFile found) {
        if (found == null) {
            throw beside(job, "has lost the files that it works on");
        }
    }

    /**
     * Before a run that does its work on this machine.
     *
     * @param job what was found to be running under the name that this run's job would have; null when there is none
     * @throws RunInProgressException when there is one, which sends the same
     */
    public void refuseBeside(@Body JobRunState job) {
        if (job != null) {
            throw beside(
                    job,
                    "sends what a killed run has left to it (" + ParameterName.named("on", "cluster")
                            + " takes it over)");
        }
    }

    /** Before the run's own job is submitted. */
    public byte[] soFar(@Variable(Run.VARIABLE) Run run, @Variable(COUNTED) Long counted) {
        return RunSoFar.of(run, counted).json();
    }

    /**
     * Has the run go on where the killed one was, in its folder.
     *
     * @param soFar what that one had written down
     * @throws RunInProgressException when that one was asked for something else
     */
    public void takeOver(
            Exchange exchange,
            @Variable(Run.VARIABLE) Run run,
            @Variable("leftJob") JobRunState job,
            @Variable("leftFolder") String folder,
            @Body byte[] soFar) {
        RunSoFar left;
        try {
            left = RunSoFar.parse(soFar);
        } catch (JsonProcessingException e) {
            throw beside(job, "was started by another version of this application");
        }
        if (!left.parameters().equals(run.history().parameters())) {
            throw beside(job, "has other parameters, " + left.parameters());
        }
        goOn(exchange, run, left, folder);
        LOG.info("Takes over {}, which a run has left that did not come to its end", job.what());
    }

    /**
     * Where the latest run of the same kind and subject has staged its rows, if it was killed.
     *
     * @param found its row, or none
     * @param volume name of the staging volume
     */
    public String folderOfKilled(
            @Variable(Run.VARIABLE) Run run, @Body List<Map<String, Object>> found, String volume) {
        return found.isEmpty()
                ? null
                : Staging.volume(run.tables().main(), volume) + "/"
                        + found.get(0).get("run_id");
    }

    /**
     * The same for a job that has done its work, unless that was asked for something else: the variable {@code left} becomes
     * true then.
     */
    public void takeOverDone(
            Exchange exchange,
            @Variable(Run.VARIABLE) Run run,
            @Variable("leftFolder") String folder,
            @Body byte[] soFar) {
        RunSoFar left;
        try {
            left = RunSoFar.parse(soFar);
        } catch (JsonProcessingException e) {
            LOG.info("What a job has done in {} was started by another version: it is not taken over", folder);
            return;
        }
        if (!left.parameters().equals(run.history().parameters())) {
            LOG.info("What a job has done in {} was for other parameters: it is not taken over", folder);
            return;
        }
        goOn(exchange, run, left, folder);
        LOG.info("Takes over what a job has done in {} for a run that did not come to its end", folder);
    }

    private static void goOn(Exchange exchange, Run run, RunSoFar left, String folder) {
        exchange.setVariable(LEFT, true);
        left.goOn(run);
        // where it is not known, any number will do
        exchange.setVariable(COUNTED, left.counted() == null ? 0 : left.counted());
        run.stageIn(new Staging(folder, null));
        if (left.copy() != null) {
            TableName main = run.tables().main();
            run.readThrough(run.copy().through(new TableName(main.catalog(), main.schema(), left.copy())));
        }
    }

    private static RunInProgressException beside(JobRunState job, String why) {
        return new RunInProgressException(job.what()
                + " works on the same table, app and dataset, and " + why
                + ": wait for its end, or cancel it on its page");
    }
}
