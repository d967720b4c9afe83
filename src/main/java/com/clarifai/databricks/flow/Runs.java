package com.clarifai.databricks.flow;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.Run.Count;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.support.SynchronizationAdapter;

/** Opens runs: gives each its id and turns the options that came with it into what the routes use. */
public final class Runs {

    /** The exchange variable that holds the {@link Run}. */
    public static final String VARIABLE = "run";

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** A run with a new id, which sorts by time and can be a file name. */
    public static Run open(String flow) {
        return new Run(
                STAMP.format(Instant.now()) + "-" + UUID.randomUUID().toString().substring(0, 8), flow);
    }

    /**
     * Puts the run into the exchange, unless whoever started the flow has done so to watch it, and checks the names.
     *
     * <p>Sets the headers {@code runId}, {@code target} (the quoted name of the tracking table),
     * {@code rejects} (of the table of rejected rows beside it) and {@code verify}.
     *
     * @throws IllegalArgumentException when an option is missing or a name cannot be used
     */
    public void begin(
            Exchange exchange,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("table") String table,
            @Header("verify") Boolean verify) {
        TableName target = TableName.parse(table, catalog, schema);
        run(exchange).report(Count.READ, Count.IMPORTED, Count.EXISTING, Count.REJECTED, Count.SKIPPED);
        exchange.getMessage().setHeader("target", target);
        exchange.getMessage()
                .setHeader("rejects", new TableName(target.catalog(), target.schema(), target.table() + "_rejects"));
        // a string: the JDBC driver takes no boolean parameters
        exchange.getMessage().setHeader("verify", Boolean.toString(Boolean.TRUE.equals(verify)));
    }

    /**
     * The same for an export or update. Sets the headers {@code runId}, {@code inputs} and {@code annotations} (the quoted
     * names of the two tables), {@code target} (of the first, whose schema has the staging volume) and, with images,
     * {@code imagesFolder}.
     *
     * @throws IllegalArgumentException when an option is missing, a name cannot be used or both tables are the same
     */
    public void beginExport(
            Exchange exchange,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("inputsTable") String inputsTable,
            @Header("annotationsTable") String annotationsTable,
            @Header("images") Boolean images,
            @Header("volume") String volume,
            @Header("path") String path) {
        TableName inputs = TableName.parse(inputsTable, catalog, schema);
        TableName annotations = TableName.parse(annotationsTable, catalog, schema);
        if (inputs.toString().equalsIgnoreCase(annotations.toString())) {
            throw new IllegalArgumentException("the inputs table and the annotations table are both "
                    + inputs.fullName() + ": they have to differ");
        }
        run(exchange)
                .report(
                        Count.INPUTS,
                        Count.ANNOTATIONS,
                        Count.INPUTS_INSERTED,
                        Count.INPUTS_UPDATED,
                        Count.ANNOTATIONS_INSERTED,
                        Count.ANNOTATIONS_UPDATED);
        exchange.getMessage().setHeader("target", inputs);
        exchange.getMessage().setHeader("inputs", inputs);
        exchange.getMessage().setHeader("annotations", annotations);
        if (Boolean.TRUE.equals(images)) {
            exchange.getMessage()
                    .setHeader(
                            "imagesFolder",
                            ImageFiles.folder(volume, path, catalog, schema).toString());
        }
    }

    /** The same for a table that is rewritten. Sets the headers {@code runId} and {@code target}. */
    public void beginMigration(Exchange exchange, @Header("table") String table) {
        TableName target = TableName.parse(table, null, null);
        run(exchange).report(Count.INPUTS, Count.ANNOTATIONS, Count.INPUTS_INSERTED, Count.ANNOTATIONS_INSERTED);
        exchange.getMessage().setHeader("target", target);
    }

    /** A new id for an inputs-add job, in the form of the ids that Clarifai's own clients make: 32 hexadecimal digits. */
    public String jobId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    private static Run run(Exchange exchange) {
        Run run = exchange.getVariable(VARIABLE, Run.class);
        if (run == null) {
            run = open(exchange.getFromRouteId());
            exchange.setVariable(VARIABLE, run);
        }
        exchange.getMessage().setHeader("runId", run.id());
        exchange.getMessage().setHeader("runFlow", run.flow());
        RunListener listener = exchange.getContext().getRegistry().findSingleByType(RunListener.class);
        if (listener != null) {
            observe(exchange, run, listener);
        }
        return run;
    }

    private static void observe(Exchange exchange, Run run, RunListener listener) {
        run.observe(listener);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                run.end();
            }
        });
    }
}
