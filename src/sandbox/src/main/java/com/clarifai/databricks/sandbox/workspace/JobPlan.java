package com.clarifai.databricks.sandbox.workspace;

import java.util.Locale;

/** What is to become of the next run that is submitted. */
enum JobPlan {
    /** What becomes of its jar. */
    NONE,
    /** The submission is refused. */
    DENIED,
    /** It is skipped, or waits in the queue until the next plan where it asked for that. */
    LIMIT,
    /** The jar cannot be installed. */
    LIBRARY,
    /** The cluster is terminated once it runs. */
    CLUSTER,
    /** The driver ends once it runs, as it does without memory. */
    DRIVER;

    /** @throws ApiError INVALID_PARAMETER_VALUE */
    static JobPlan of(String name) {
        try {
            return valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("Unknown plan for a run: " + name);
        }
    }
}
