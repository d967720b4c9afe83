package com.clarifai.databricks.cli;

/** What the process returns. Documented in docs/service.md and at the end of {@code --help}. */
final class ExitCode {

    static final int OK = 0;
    /** The run could not be completed; it can be repeated. */
    static final int FAILED = 1;
    /** An option or a setting is missing or cannot be used; nothing was done. */
    static final int USAGE = 2;
    /** The run is complete, but rows were rejected and {@code --fail-on-rejects} was given. */
    static final int REJECTS = 3;

    private ExitCode() {}
}
