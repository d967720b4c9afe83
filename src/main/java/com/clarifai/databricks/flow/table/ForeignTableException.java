package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.model.ParameterName;

/** A table that this program did not make is not changed, unless its user insists. */
public final class ForeignTableException extends IllegalArgumentException {

    /** @param against what speaks against that this program has made it */
    ForeignTableException(TableName table, String against) {
        super("table " + table.fullName() + " is not changed, as databricks-connect has not made it for this: "
                + against + "; choose another name, or insist with " + ParameterName.named("force"));
    }
}
