package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.Run;

/** A run that did not come to its end; the cause says why. */
final class RunFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Run run;

    RunFailedException(Run run, Throwable cause) {
        super(cause);
        this.run = run;
    }

    Run run() {
        return run;
    }
}
