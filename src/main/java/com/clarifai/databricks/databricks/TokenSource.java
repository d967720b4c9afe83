package com.clarifai.databricks.databricks;

import java.time.Duration;

/** Where the bearer token of a request comes from. */
@FunctionalInterface
interface TokenSource {

    Duration MOST_MARGIN = Duration.ofMinutes(5);

    /** How long before its end a token is replaced, so that what begins with it has time to end. @param life of the token */
    static Duration margin(Duration life) {
        Duration quarter = life.dividedBy(4);
        return quarter.compareTo(MOST_MARGIN) > 0 ? MOST_MARGIN : quarter;
    }

    /**
     * A token that is good for now; null when none was given.
     *
     * @throws DatabricksException when none is given out
     */
    String token();

    /** The workspace refused this token: the next one must be another, where there can be another. */
    default void refused(String token) {}
}
