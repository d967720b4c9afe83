package com.clarifai.databricks.cli;

import com.clarifai.databricks.delta.TableName;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A table that an option or parameter names. */
final class TableArgument {

    private TableArgument() {}

    /**
     * @param label what the message begins with: the option
     * @throws ParameterException with the label, when the name cannot be used
     */
    static TableName parse(CommandSpec spec, String label, String name, String catalog, String schema) {
        try {
            return TableName.parse(name, catalog, schema);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), label + ": " + e.getMessage(), e);
        }
    }

    /** The only parameter of a command, which takes no catalog and schema beside it. */
    static TableName parse(CommandSpec spec, String name) {
        return parse(spec, "TABLE: give catalog.schema.table", name, null, null);
    }
}
