package com.clarifai.databricks.csv;

/** What was told of the files' dialect cannot be. */
public final class WrongDialectException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String problem;

    WrongDialectException(String parameter, String problem) {
        super(parameter + ": " + problem);
        this.parameter = parameter;
        this.problem = problem;
    }

    /** The parameter that is wrong: {@code charset}, {@code delimiter}, {@code quote} or {@code escape}. */
    public String parameter() {
        return parameter;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }
}
