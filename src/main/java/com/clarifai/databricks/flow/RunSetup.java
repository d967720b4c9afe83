package com.clarifai.databricks.flow;

import com.clarifai.databricks.component.clarifai.ClarifaiConstants;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.dataset.Changes;
import com.clarifai.databricks.flow.dataset.ImageFiles;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.Deletes;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.ImageFolder;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.run.RunListener;
import com.clarifai.databricks.flow.run.RunTables;
import com.clarifai.databricks.model.WaitListener;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;

/** Starts flows: turns the parameters that one came with into what its {@link Run} knows. */
public final class RunSetup {

    /**
     * Puts the run into the exchange, unless whoever started the flow has done so to watch it, and checks the names.
     *
     * @throws IllegalArgumentException when an option is missing or a name cannot be used
     */
    public void beginImport(
            Exchange exchange,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("table") String table,
            @Header("volume") String volume,
            @Header("path") String path) {
        beginFiles(
                exchange,
                TableName.parse(table, catalog, schema),
                "/Volumes/" + catalog + "/" + schema + "/" + volume + "/" + Objects.toString(path, ""));
    }

    private static void beginFiles(Exchange exchange, TableName table, String folder) {
        Run run = begin(exchange);
        run.workOn(RunTables.ofImport(table));
        run.readFolder(folder);
        run.report(Count.READ, Count.IMPORTED, Count.EXISTING, Count.REJECTED, Count.SKIPPED);
        Message message = exchange.getMessage();
        // strings: the JDBC driver takes no boolean parameters
        for (String choice : List.of("verify", "retryRejected")) {
            message.setHeader(choice, Boolean.toString(message.getHeader(choice, false, Boolean.class)));
        }
    }

    /**
     * The same for a folder of this machine.
     *
     * @param folder its URI
     */
    public void beginImportOfFolder(
            Exchange exchange,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("table") String table,
            @Header("folder") String folder) {
        beginFiles(exchange, TableName.parse(table, catalog, schema), folder);
    }

    /** The same for rows of files or tables, which may update inputs and bring annotations. */
    public void beginImportOfRows(
            Exchange exchange,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("table") String table) {
        Run run = begin(exchange);
        run.workOn(RunTables.ofImport(TableName.parse(table, catalog, schema)));
        run.report(Count.READ, Count.IMPORTED, Count.EXISTING, Count.REJECTED, Count.SKIPPED);
        run.report(Count.UPDATED, Count.ANNOTATIONS, Count.REJECTED_ANNOTATIONS);
        Message message = exchange.getMessage();
        message.setHeader(ClarifaiConstants.ON_EXISTING, message.getHeader("onExisting"));
        message.setHeader(ClarifaiConstants.ALLOW_DUPLICATE_URL, message.getHeader("allowDuplicateUrl"));
    }

    /**
     * The same for an export.
     *
     * @throws IllegalArgumentException when an option is missing, a name cannot be used or both tables are the same
     */
    public void beginExport(Exchange exchange, @Header("ifExists") IfExists ifExists) {
        beginExport(exchange, new DatasetRead(ifExists, false, null));
    }

    /**
     * The same for an update.
     *
     * @throws IllegalArgumentException also when rows of other annotations would be taken for deleted ones, or a search is
     *     to find what it cannot
     */
    public void beginUpdate(Exchange exchange, @Header("deletes") Deletes deletes) {
        Changes.refuseContradictions(exchange.getMessage(), deletes);
        DatasetRead dataset = new DatasetRead(IfExists.merge, true, deletes);
        Run run = beginExport(exchange, dataset);
        run.report(Count.STAGED);
        if (dataset.isForgetting()) {
            run.report(Count.INPUTS_DELETED, Count.ANNOTATIONS_DELETED);
        }
    }

    private static Run beginExport(Exchange exchange, DatasetRead dataset) {
        Message message = exchange.getMessage();
        String catalog = message.getHeader("catalog", String.class);
        String schema = message.getHeader("schema", String.class);
        TableName inputs = TableName.parse(message.getHeader("inputsTable", String.class), catalog, schema);
        TableName annotations = TableName.parse(message.getHeader("annotationsTable", String.class), catalog, schema);
        if (inputs.toString().equalsIgnoreCase(annotations.toString())) {
            throw new IllegalArgumentException("the inputs table and the annotations table are both "
                    + inputs.fullName() + ": they have to differ");
        }
        if (message.getHeader("images", false, Boolean.class)) {
            VolumePath folder = ImageFiles.folder(
                    message.getHeader("volume", String.class),
                    message.getHeader("path", String.class),
                    catalog,
                    schema);
            dataset.writeImages(new ImageFolder(folder.toString(), null, true));
        }
        Run run = begin(exchange);
        run.workOn(RunTables.ofExport(inputs, annotations));
        run.read(dataset);
        dataset.select(Changes.selection(message, run.tables()));
        run.report(
                Count.INPUTS,
                Count.ANNOTATIONS,
                Count.INPUTS_INSERTED,
                Count.INPUTS_UPDATED,
                Count.ANNOTATIONS_INSERTED,
                Count.ANNOTATIONS_UPDATED);
        return run;
    }

    /** The same for a table that is rewritten. */
    public void beginMigration(Exchange exchange, @Header("table") String table) {
        Run run = begin(exchange);
        run.workOn(RunTables.ofMigration(TableName.parse(table, null, null)));
        run.read(new DatasetRead(IfExists.replace, false, null));
        run.report(Count.INPUTS, Count.ANNOTATIONS, Count.INPUTS_INSERTED, Count.ANNOTATIONS_INSERTED);
    }

    /** A new id for an inputs-add job, in the form of the ids that Clarifai's own clients make: 32 hexadecimal digits. */
    public String jobId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** From here on the clarifai: component knows app and dataset. */
    private static Run begin(Exchange exchange) {
        Run run = exchange.getVariable(Run.VARIABLE, Run.class);
        if (run == null) {
            run = Run.open(exchange.getFromRouteId());
            exchange.setVariable(Run.VARIABLE, run);
        }
        Message message = exchange.getMessage();
        message.setHeader(ClarifaiConstants.APP_ID, message.getHeader("app"));
        message.setHeader(ClarifaiConstants.DATASET_ID, message.getHeader("dataset"));
        exchange.setProperty(WaitListener.PROPERTY, run);
        exchange.getExchangeExtension().addOnCompletion(new FailureNote(run));
        if (message.getHeader("dryRun", false, Boolean.class)) {
            run.tryOnly();
        }
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
