package com.clarifai.databricks.flow.run;

/** The application is stopping, or the run was cancelled; what the run had in hand is finished, the rest is left for the next run. */
public class RunInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunInterruptedException() {
        super("stopped before the end; run it again to complete it");
    }

    /** @param by what has stopped it */
    public RunInterruptedException(String by) {
        super(by + "; run it again to complete it");
    }
}
