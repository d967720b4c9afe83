package com.clarifai.databricks.job;

/**
 * What a job on a cluster has to do for a run: a file beside the rows that the run has staged. There is no secret in it.
 *
 * @param rows folder of the staged rows, a file a page, gzipped JSON lines
 * @param ended folder for how they ended, in the same form
 * @param outcome file for what has been counted so far, see {@link JobOutcome}
 * @param access where they are sent
 * @param batchSize inputs in one request, at most
 * @param batchBytes bytes of one request, at most
 * @param parallelBatches requests under way at the same time, at most, of one task
 * @param verify whether to ask for every input before it is sent
 * @param onExisting name of a {@link com.clarifai.databricks.clarifai.OnExisting}
 * @param knowsRows whether earlier runs have left rows of the app and dataset in the tables
 * @param knowsRejects whether they have left rejected ones
 * @param pictures how the pictures of files in volumes are read; null where Clarifai takes them by URL
 * @param statements in which a table or file of staged rows is the view of {@link #VIEW}
 */
public record JobTask(
        String rows,
        String ended,
        String outcome,
        DatasetAccess access,
        int batchSize,
        long batchBytes,
        int parallelBatches,
        boolean verify,
        String onExisting,
        boolean allowDuplicateUrl,
        boolean knowsRows,
        boolean knowsRejects,
        Pictures pictures,
        Statements statements) {

    /** What stands after FROM in the statements: one column {@code value}, a row as JSON. */
    public static final String VIEW = "clarifai_staged_rows";

    /** @param maxBytes of one picture; larger ones are not read */
    public record Pictures(int maxBytes) {}

    /**
     * The SQL of the flow.
     *
     * @param earlier asks what the tables know of rows; null where they have been asked
     * @param claim tracks what is about to be sent
     * @param rename gives rows another id, whose input turned out to be another file's; null where there are no files
     * @param track tracks how rows ended
     * @param reject does the same for the table of rejected rows; null where they are tracked with the others
     */
    public record Statements(String earlier, String claim, String rename, String track, String reject) {}

    /** @throws IllegalArgumentException when it is no task */
    public static JobTask parse(byte[] json) {
        return JobFile.parse(json, JobTask.class, "task");
    }

    public byte[] json() {
        return JobFile.of(this);
    }
}
