package com.clarifai.databricks.flow.table;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.WorkspaceCall;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Staging;
import com.clarifai.databricks.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQL finds rows that were staged: in files of a volume or, for want of a volume that may be written, in a table of
 * the run. Both have one column {@code value}, a row as JSON.
 */
public final class StagedRows {

    private static final Logger LOG = LoggerFactory.getLogger(StagedRows.class);

    /** Bytes of rows in one statement: enough for a batch, and well below what its parameters may have. */
    private static final int CHUNK_BYTES = 400_000;

    /**
     * All parameters of a statement together may have 1 MB (<a
     * href="https://docs.databricks.com/aws/en/dev-tools/python-sql-connector">Databricks SQL connector</a>); the others
     * are ids and names.
     */
    private static final int MOST_BYTES = 1_000_000;

    /** Chooses a folder of the staging volume. */
    public void open(Run run, String volume) {
        run.stageIn(new Staging(Staging.volume(run.tables().main(), volume) + "/" + run.id(), null));
    }

    /** Chooses a table instead: the volume cannot be written. */
    public void withoutVolume(Exchange exchange, @Variable(Run.VARIABLE) Run run) {
        TableName main = run.tables().main();
        String folder = run.staging().folder();
        DatabricksException refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DatabricksException.class);
        boolean missing =
                refusal.call().filter(WorkspaceCall.CREATE_VOLUME::equals).isPresent();
        LOG.warn(
                "Rows go through a table instead of files, which is slower: {} {}. Grant {} to the user or service"
                        + " principal whose credentials are used, or name another volume in staging.volume ({})",
                folder,
                missing ? "is in a volume that is not there and may not be made" : "cannot be written",
                missing
                        ? "CREATE VOLUME on " + main.catalog() + "." + main.schema()
                        : "READ VOLUME and WRITE VOLUME on it",
                refusal.getMessage());
        run.stageIn(new Staging(folder, main.ofRun("clarifai_staging", run.id())));
    }

    /**
     * Rows as JSON arrays of JSON texts, each for one statement.
     *
     * @throws IllegalArgumentException when a row does not fit a statement
     */
    public Iterator<String> chunks(List<Map<String, Object>> rows) {
        List<String> chunks = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        int bytes = 0;
        for (String line : RowFile.lines(rows)) {
            // as it travels: quoted once more
            String item = JsonText.of(line);
            int size = item.getBytes(StandardCharsets.UTF_8).length;
            if (size > MOST_BYTES) {
                throw new IllegalArgumentException(
                        "a row has " + size + " bytes, more than a statement takes (1 MB): it can"
                                + " only go through a file in a volume that may be written, see staging.volume");
            }
            if (bytes + size > CHUNK_BYTES && bytes > 0) {
                chunks.add("[" + chunk + "]");
                chunk.setLength(0);
                bytes = 0;
            }
            chunk.append(bytes == 0 ? "" : ",").append(item);
            bytes += size + 1;
        }
        if (bytes > 0) {
            chunks.add("[" + chunk + "]");
        }
        return chunks.iterator();
    }

    /** What stands after FROM for all parts of a folder. */
    public String all(String folder, @Variable(Run.VARIABLE) Run run) {
        return run.staging() == null
                // nothing is staged in a dry run: the rows are a parameter of the statement
                ? "(SELECT explode(from_json(:?lines, 'array<string>')) AS value)"
                : run.staging().all(folder);
    }

    /**
     * What stands after FROM for what this exchange has staged last.
     *
     * @param folder that it lies in
     * @param part name of what was staged last, which the block {@code stage} leaves as a variable
     * @throws IllegalStateException when something else has been staged since
     */
    public String part(String folder, @Variable("part") String part, @Variable(Run.VARIABLE) Run run) {
        if (part == null || !part.startsWith(folder + "/")) {
            throw new IllegalStateException("what was staged last is not in " + folder + " but " + part);
        }
        return run.staging().part(part);
    }

    /** What stands after FROM for the keys of the rows that the dataset has. */
    public String keys(@Variable(Run.VARIABLE) Run run, @Variable("forget") Tables.Forget forget) {
        return run.staging().all("keys/" + forget.kind());
    }
}
