package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.databricks.JobRunState;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunInProgressException;
import com.clarifai.databricks.flow.run.Staging;
import com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job that is still running for a run whose process was killed. A run of the same import takes it over, with what that one
 * had counted and staged; no other may begin beside it.
 */
public final class LeftJob {

    private static final Logger LOG = LoggerFactory.getLogger(LeftJob.class);

    private static final String TASK = "/task.json";

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

    /** Before the run's own job is submitted. */
    public byte[] soFar(@Variable(Run.VARIABLE) Run run) {
        return RunSoFar.of(run).json();
    }

    /**
     * Has the run go on where the killed one was, in its folder.
     *
     * @param soFar what that one had written down
     * @throws RunInProgressException when that one was asked for something else
     */
    public void takeOver(
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
        left.goOn(run);
        run.stageIn(new Staging(folder, null));
        if (left.copy() != null) {
            TableName main = run.tables().main();
            run.readThrough(run.copy().through(new TableName(main.catalog(), main.schema(), left.copy())));
        }
        LOG.info("Takes over {}, which a run has left that did not come to its end", job.what());
    }

    private static RunInProgressException beside(JobRunState job, String why) {
        return new RunInProgressException(job.what()
                + " works on the same table, app and dataset, and " + why
                + ": wait for its end, or cancel it on its page");
    }
}
