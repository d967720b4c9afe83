package com.clarifai.databricks.console;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.RunTables;
import com.google.common.collect.AbstractIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.Header;
import org.apache.camel.Message;

/** The rows that a run's import has rejected, with their reasons, as its table tells them. */
public final class RejectedRows {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1_000;
    private static final int MAX_OFFSET = 100_000;
    /** In one statement for a file: with names and reasons at their longest, less than a warehouse gives out. */
    private static final int FILE_PAGE = 2_000;

    /**
     * Sets what the statement needs: {@code flow}, {@code target} (the tracking table), {@code rejects} (the table beside
     * it), {@code app}, {@code dataset}, {@code runId} and {@code folder}.
     *
     * @throws ApiException 404 when the run has no such table
     */
    public void of(
            Exchange exchange, @Body ShownRun run, @Header("limit") String limit, @Header("offset") String offset) {
        TableName target = run.start()
                .inputsTable()
                .filter(table -> run.start().flow().startsWith("import-"))
                .filter(table -> !run.start().isDryRun())
                .orElseThrow(() -> new ApiException(404, "this run tracks no rejected rows in a table"));
        Message message = exchange.getMessage();
        int page = TableRows.between("limit", limit, 1, DEFAULT_LIMIT, MAX_LIMIT);
        message.setHeader("flow", run.start().flow());
        message.setHeader("target", target);
        message.setHeader("rejects", RunTables.rejectsOf(target));
        message.setHeader("limit", page);
        message.setHeader("most", page + 1);
        message.setHeader("after", "");
        message.setHeader("offset", TableRows.between("offset", offset, 0, 0, MAX_OFFSET));
        message.setHeader("app", run.start().headers().get("app"));
        message.setHeader("dataset", run.start().headers().get("dataset"));
        message.setHeader("runId", run.id());
        message.setHeader("folder", folder(run.start().headers()));
    }

    private static String folder(Map<String, Object> headers) {
        if (headers.get("folder") != null) {
            return headers.get("folder").toString();
        }
        String volume =
                "/Volumes/" + headers.get("catalog") + "/" + headers.get("schema") + "/" + headers.get("volume");
        String path = Objects.toString(headers.get("path"), "");
        return volume + "/" + (path.isEmpty() || path.endsWith("/") ? path : path + "/");
    }

    /** All of them, read page by page as they are asked for. */
    public Iterator<Map<String, Object>> all(Exchange exchange) {
        Map<String, Object> headers = new HashMap<>(exchange.getMessage().getHeaders());
        headers.put("most", FILE_PAGE);
        headers.put("offset", 0);
        return new Pages(exchange.getContext(), headers);
    }

    private static final class Pages extends AbstractIterator<Map<String, Object>> {

        private final CamelContext context;
        private final Map<String, Object> headers;
        private Iterator<Map<String, Object>> page = Collections.emptyIterator();

        Pages(CamelContext context, Map<String, Object> headers) {
            this.context = context;
            this.headers = headers;
        }

        @Override
        protected Map<String, Object> computeNext() {
            if (!page.hasNext()) {
                page = nextPage();
            }
            if (!page.hasNext()) {
                return endOfData();
            }
            Map<String, Object> row = page.next();
            headers.put("after", row.get("source"));
            return row;
        }

        @SuppressWarnings("unchecked")
        private Iterator<Map<String, Object>> nextPage() {
            try (FluentProducerTemplate template = context.createFluentProducerTemplate()) {
                return template.withHeaders(headers)
                        .to("direct:console-rejects-query")
                        .request(List.class)
                        .iterator();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The body is the rows, of which the last may be one too many. */
    public Map<String, Object> page(@Body List<Map<String, Object>> rows, @Header("limit") int limit) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("items", rows.stream().limit(limit).toList());
        page.put("more", rows.size() > limit);
        return page;
    }
}
