package com.clarifai.databricks.flow.run;

/** The run no longer holds the lock on its tables: it stops, so that it does not write beside another one. */
public class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param why what became of the lock */
    public LeaseLostException(String why) {
        super("stopped, as the run has lost its lock (runs.lease): " + why + "; run it again to complete it");
    }
}
