package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.component.clarifai.AnnotationOptions;
import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.job.ReadOutcome;
import com.clarifai.databricks.job.ReadTask;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** What an export or update gives to a job that reads its dataset, and takes from it. */
public final class ClusterRead extends JobSettings {

    /** What the tables have of what changed lately, where it is staged. */
    private static final String KNOWN = "known/rows";

    public byte[] task(Exchange exchange, @Variable(Run.VARIABLE) Run run, @Header("search") Boolean search) {
        Message message = exchange.getMessage();
        DatasetRead dataset = run.dataset();
        Staging staging = run.staging();
        boolean compares = dataset.since() != null && dataset.isComparable();
        return new ReadTask(
                        staging.folder(),
                        staging.folder() + "/outcome.json",
                        message.getHeader("app", String.class),
                        message.getHeader("dataset", String.class),
                        message.getHeader(ClarifaiConstants.USER_ID, String.class),
                        baseUrl(),
                        requestsPerSecond(),
                        batchSize(),
                        AnnotationOptions.filter(message),
                        dataset.since(),
                        compares ? staging.folder() + "/" + KNOWN + ".json.gz" : null,
                        Boolean.TRUE.equals(search),
                        dataset.isForgetting(),
                        dataset.images().path() != null,
                        secretScope(),
                        secretKeys())
                .json();
    }

    /** What stands for the outcome until the job has written one. */
    public byte[] nothingYet() {
        return ReadOutcome.NONE.json();
    }

    /**
     * Counts what the job has read, and what of it is staged for the tables; inputs with their images are not, see {@link
     * #hasImages}.
     *
     * @param outcome what it has written last
     * @param result of the run, as the workspace names it
     * @throws com.clarifai.databricks.flow.run.RunInterruptedException when it was cancelled
     */
    public void ended(
            @Variable(Run.VARIABLE) Run run,
            @Variable("outcome") byte[] outcome,
            @Header("CamelDatabricksRunResult") String result) {
        ReadOutcome counted = ReadOutcome.parse(outcome);
        run.add(Count.INPUTS, counted.inputs());
        run.add(Count.ANNOTATIONS, counted.annotations());
        run.sawChange(counted.latestChange());
        stage(run, TableKind.annotations, counted.stagedAnnotations());
        if (run.dataset().images().path() == null) {
            stage(run, TableKind.inputs, counted.stagedInputs());
        }
        if (counted.partly()) {
            run.dataset().missSome();
        }
        ClusterWork.refuseCancelled(run, result);
    }

    private static void stage(Run run, TableKind kind, long rows) {
        run.add(Count.STAGED, rows);
        if (rows > 0) {
            run.dataset().noteStaged(kind);
        }
    }

    /** Whether the job has read inputs whose images are to be exported before their rows are staged. */
    public boolean hasImages(@Variable(Run.VARIABLE) Run run, @Variable("outcome") byte[] outcome) {
        return run.dataset().images().path() != null
                && ReadOutcome.parse(outcome).stagedInputs() > 0;
    }
}
