package com.clarifai.databricks.flow;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.WorkspaceCall;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.delta.TableName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where SQL finds rows that were staged: in files of a volume or, for want of a volume that may be written, in a table of
 * the run. Both have one column {@code value}, a row as JSON.
 */
public final class StagedRows {

    private static final Logger LOG = LoggerFactory.getLogger(StagedRows.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Bytes of rows in one statement: enough for a batch, and well below what its parameters may have. */
    private static final int CHUNK_BYTES = 400_000;

    /**
     * All parameters of a statement together may have 1 MB (<a
     * href="https://docs.databricks.com/aws/en/dev-tools/python-sql-connector">Databricks SQL connector</a>); the others
     * are ids and names.
     */
    private static final int MOST_BYTES = 1_000_000;

    /** Sets the header {@code stagingTable}: the volume cannot be written. */
    public void withoutVolume(
            Exchange exchange,
            @Header("target") TableName target,
            @Header("runId") String runId,
            @Header("staging") String folder) {
        DatabricksException refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DatabricksException.class);
        boolean missing =
                refusal.call().filter(WorkspaceCall.CREATE_VOLUME::equals).isPresent();
        LOG.warn(
                "Rows go through a table instead of files, which is slower: {} {}. Grant {} to the user or service"
                        + " principal whose credentials are used, or name another volume in staging.volume ({})",
                folder,
                missing ? "is in a volume that is not there and may not be made" : "cannot be written",
                missing
                        ? "CREATE VOLUME on " + target.catalog() + "." + target.schema()
                        : "READ VOLUME and WRITE VOLUME on it",
                refusal.getMessage());
        exchange.getMessage().setHeader("stagingTable", target.ofRun("clarifai_staging", runId));
    }

    /**
     * The rows of the body as JSON arrays of JSON texts, each for one statement.
     *
     * @throws IllegalArgumentException when a row does not fit a statement
     */
    public Iterator<String> chunks(@Body List<Map<String, Object>> rows) {
        List<String> chunks = new ArrayList<>();
        StringBuilder chunk = new StringBuilder();
        int bytes = 0;
        for (String line : RowFile.lines(rows)) {
            // as it travels: quoted once more
            String item = json(line);
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
    public String all(
            String folder,
            @Header("staging") String staging,
            @Header("stagingTable") TableName stagingTable,
            @Header("dryRun") Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            // nothing is staged: the rows are a parameter of the statement
            return "(SELECT explode(from_json(:?lines, 'array<string>')) AS value)";
        }
        return stagingTable == null
                ? "text.`" + staging + "/" + folder + "`"
                : "(SELECT value FROM " + stagingTable + " WHERE startswith(part, '" + folder + "/'))";
    }

    /** What stands after FROM for the current page of a folder. */
    public String page(
            String folder,
            @Header("page") String page,
            @Header("staging") String staging,
            @Header("stagingTable") TableName stagingTable) {
        String part = folder + "/page-" + page;
        return stagingTable == null
                ? "text.`" + staging + "/" + part + ".json.gz`"
                : "(SELECT value FROM " + stagingTable + " WHERE part = '" + part + "')";
    }

    /** What stands after FROM for the keys of the current kind. */
    public String keys(
            @Header("kind") String kind,
            @Header("staging") String staging,
            @Header("stagingTable") TableName stagingTable) {
        return all("keys/" + kind, staging, stagingTable, false);
    }

    private static String json(String line) {
        try {
            return JSON.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
