package com.clarifai.databricks.job;

import com.clarifai.databricks.clarifai.AnnotationFilter;
import java.time.Instant;
import java.util.List;

/**
 * What a job on a cluster has to read of a dataset for a run: a file in the folder in which the run stages rows. There is no
 * secret in it.
 *
 * @param folder of the run; the rows go into the folders {@link ChangedRows#INPUTS} and {@link ChangedRows#ANNOTATIONS} of it
 * @param outcome file for what has been counted so far, see {@link ReadOutcome}
 * @param user owner of the app
 * @param baseUrl of Clarifai's API
 * @param requestsPerSecond of all tasks together; 0 for no limit
 * @param batchSize inputs whose annotations are asked for one after the other
 * @param annotations which of them
 * @param since what has not changed since then is not staged; null for everything
 * @param known file of what the tables have of what changed since then, texts of {@link KnownRows}; null for nothing
 * @param search whether to ask for what changed since then, instead of reading the list
 * @param keys whether to tell the keys of all that was read, too
 * @param images whether the images of the inputs are exported before their rows are written: then these go into another folder
 * @param secretScope with the Clarifai token, where the cluster does not have it in its environment
 * @param secretKeys the first of them that is there has it
 */
public record ReadTask(
        String folder,
        String outcome,
        String app,
        String dataset,
        String user,
        String baseUrl,
        double requestsPerSecond,
        int batchSize,
        AnnotationFilter annotations,
        Instant since,
        String known,
        boolean search,
        boolean keys,
        boolean images,
        String secretScope,
        List<String> secretKeys) {

    /** Folder of inputs whose images are still to be exported. */
    public static final String WITH_IMAGES = "read/" + ChangedRows.INPUTS;

    /** Folder of the inputs in that of the run. */
    public String inputsFolder() {
        return images ? WITH_IMAGES : ChangedRows.INPUTS;
    }

    /** @throws IllegalArgumentException when it is no task */
    public static ReadTask parse(byte[] json) {
        return JobFile.parse(json, ReadTask.class, "task");
    }

    public byte[] json() {
        return JobFile.of(this);
    }
}
