package com.clarifai.databricks.flow.run;

/** Another run works on the same table, app and dataset; nothing was done. */
public class RunInProgressException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunInProgressException(String message) {
        super(message);
    }
}
