package com.clarifai.databricks.databricks;

/** Where the bearer token of a request comes from. */
@FunctionalInterface
interface TokenSource {

    /**
     * A token that is good for now; null when none was given.
     *
     * @throws DatabricksException when none is given out
     */
    String token();

    /** The workspace refused this token: the next one must be another, where there can be another. */
    default void refused(String token) {}
}
