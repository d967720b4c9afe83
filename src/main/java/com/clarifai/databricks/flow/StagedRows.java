package com.clarifai.databricks.flow;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.WorkspaceCall;
import com.clarifai.databricks.delta.RowFile;
import com.clarifai.databricks.delta.TableName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
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

    /** Characters of JSON in one statement. */
    private static final int MAX_CHUNK = 500_000;

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
                "Rows go through a table instead of files, which is slower: {} {}. Grant {} to the user or service principal"
                        + " that the credentials are of, or name another volume in staging.volume ({})",
                folder,
                missing ? "is in a volume that is not there and may not be made" : "cannot be written",
                missing
                        ? "CREATE VOLUME on " + target.catalog() + "." + target.schema()
                        : "READ VOLUME and WRITE VOLUME on it",
                refusal.getMessage());
        exchange.getMessage().setHeader("stagingTable", target.ofRun("clarifai_staging", runId));
    }

    /** The rows of the body as JSON arrays of JSON texts, each for one statement. */
    public Iterator<String> chunks(@Body List<Map<String, Object>> rows) {
        List<String> chunks = new ArrayList<>();
        List<String> chunk = new ArrayList<>();
        int length = 0;
        for (String line : RowFile.lines(rows)) {
            if (length + line.length() > MAX_CHUNK && !chunk.isEmpty()) {
                chunks.add(json(chunk));
                chunk.clear();
                length = 0;
            }
            chunk.add(line);
            length += line.length();
        }
        if (!chunk.isEmpty()) {
            chunks.add(json(chunk));
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

    private static String json(List<String> lines) {
        try {
            return JSON.writeValueAsString(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
