package com.clarifai.databricks.cli;

import com.clarifai.databricks.delta.TableName;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A table that an option or parameter names. */
final class TableArgument {

    private TableArgument() {}

    /**
     * @param option that names the table, which the message begins with
     * @throws ParameterException with the option, when the name cannot be used
     */
    static TableName parse(CommandSpec spec, String option, String name, String catalog, String schema) {
        return parse(spec, option, option, name, catalog, schema);
    }

    private static TableName parse(
            CommandSpec spec, String option, String label, String name, String catalog, String schema) {
        try {
            return TableName.parse(name, catalog, schema);
        } catch (IllegalArgumentException e) {
            throw WrongOption.of(spec, option, label + ": " + e.getMessage(), e);
        }
    }

    /** The only parameter of a command, which takes no catalog and schema beside it. */
    static TableName parse(CommandSpec spec, String name) {
        return parse(spec, "TABLE", "TABLE: give catalog.schema.table", name, null, null);
    }
}
