package com.clarifai.databricks.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The tracking table of imports whose source is in no schema. */
final class TrackingTableOptions {

    @Option(
            names = "--table",
            required = true,
            paramLabel = "NAME",
            description = "Tracking table: catalog.schema.table, or a name in --catalog and --schema.")
    private String table;

    @Option(names = "--catalog", paramLabel = "NAME", description = "Catalog of the tracking table.")
    private String catalog;

    @Option(names = "--schema", paramLabel = "NAME", description = "Schema of the tracking table.")
    private String schema;

    /** @throws ParameterException naming the option that is wrong */
    void check(CommandSpec spec) {
        TableArgument.parse(spec, "--table", table, catalog, schema);
    }
}
