package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.TableName;

/** A table that this program did not make is not changed, unless its user insists. */
public final class ForeignTableException extends IllegalArgumentException {

    private final String problem;

    /** @param against what speaks against that this program has made it */
    ForeignTableException(TableName table, String against) {
        super(problem(table, against) + "; choose another name, or insist with the parameter force");
        this.problem = problem(table, against);
    }

    private static String problem(TableName table, String against) {
        return "table " + table.fullName() + " is not changed, as databricks-connect has not made it for this: "
                + against;
    }

    /** What the message says without the way out, which has a name of its own on the page and on the command line. */
    public String problem() {
        return problem;
    }
}
