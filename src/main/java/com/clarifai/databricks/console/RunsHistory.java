package com.clarifai.databricks.console;

import com.clarifai.databricks.component.databricks.DatabricksConstants;
import com.clarifai.databricks.delta.SqlTime;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.HistoryFilter;
import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.common.base.CaseFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.PropertyInject;

/** The runs in the history of a schema. */
public final class RunsHistory {

    private static final int DEFAULT_LIMIT = 25;
    private static final int MAX_LIMIT = 500;
    private static final List<String> TIMES = List.of("started_at", "ended_at", "read_until");
    private static final List<String> JSON_COLUMNS = List.of("parameters", "counts");

    /** As parameters are called. */
    private static final Map<String, String> NAMES = Map.of("app_id", "app", "dataset_id", "dataset");

    private static final Set<String> OUTCOMES =
            Set.of("", "COMPLETED", "REJECTS", "FAILED", "INTERRUPTED", "DIED", "RUNNING");

    private final Commands commands;
    private final ConsoleRuns runs;

    RunsHistory(Commands commands, ConsoleRuns runs) {
        this.commands = commands;
        this.runs = runs;
    }

    /**
     * Sets the headers {@code history}, its quoted name, {@code limit}, {@code most}, which is one more, and {@code offset},
     * and the variables that say which runs.
     */
    public void open(
            Exchange exchange,
            @PropertyInject("runs.table") String table,
            @Header("catalog") String catalog,
            @Header("schema") String schema,
            @Header("limit") String limit,
            @Header("offset") String offset) {
        Message request = exchange.getMessage();
        HistoryFilter filter = new HistoryFilter(
                text(request, "id"),
                text(request, "flow"),
                oneOf(OUTCOMES, "outcome", text(request, "outcome")),
                text(request, "about"),
                instant("from", text(request, "from")),
                instant("until", text(request, "until")));
        filter.variables().forEach(exchange::setVariable);
        exchange.getMessage().setHeader(DatabricksConstants.CATALOG, catalog);
        exchange.getMessage().setHeader(DatabricksConstants.SCHEMA, schema);
        exchange.getMessage().setHeader(DatabricksConstants.TABLE, table);
        exchange.getMessage().setHeader("history", new TableName(catalog, schema, table));
        int page = TableRows.between("limit", limit, 1, DEFAULT_LIMIT, MAX_LIMIT);
        request.setHeader("page", page);
        request.setHeader("limit", page + 1);
        request.setHeader("offset", TableRows.between("offset", offset, 0, 0, Integer.MAX_VALUE));
    }

    private static String text(Message request, String header) {
        return Objects.toString(request.getHeader(header), "").strip();
    }

    private static String oneOf(Set<String> allowed, String name, String text) {
        if (!allowed.contains(text)) {
            throw ApiException.invalidFields(
                    Map.of(name, name + ": one of " + String.join(", ", new TreeSet<>(allowed))));
        }
        return text;
    }

    private static String instant(String name, String text) {
        try {
            return text.isEmpty() ? "" : Instant.parse(text).toString();
        } catch (DateTimeParseException e) {
            throw ApiException.invalidFields(Map.of(name, name + ": a time such as 2026-03-01T00:00:00Z"));
        }
    }

    /** No rows: there is no history yet. */
    public List<Map<String, Object>> none() {
        return List.of();
    }

    /** The body is the rows, newest first, of which the last may be one too many. */
    public Map<String, Object> items(@Body List<Map<String, Object>> rows, @Header("page") int page) {
        return Map.of("items", rows.stream().limit(page).map(RunsHistory::item).toList(), "more", rows.size() > page);
    }

    /**
     * The body is the rows of one run. It is known by its id from now on.
     *
     * @return as the API gives a run
     * @throws ApiException 404 when there is none
     */
    public Map<String, Object> one(@Body List<Map<String, Object>> rows, @Header("id") String id) {
        if (rows.isEmpty()) {
            throw new ApiException(404, "the history of this schema has no run " + id);
        }
        PastRun run = past(item(rows.get(0)));
        runs.lookAt(run);
        return run.toMap();
    }

    @SuppressWarnings("unchecked")
    private PastRun past(Map<String, Object> item) {
        Map<String, Object> parameters = new LinkedHashMap<>((Map<String, Object>) item.get("parameters"));
        FlowStart start = commands.start(item.get("flow").toString(), parameters);
        Map<String, Object> counts = item.get("counts") == null ? Map.of() : (Map<String, Object>) item.get("counts");
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("id", item.get("runId"));
        shown.put("command", start.command());
        shown.put("flow", start.flow());
        shown.put("commandLine", start.commandLine());
        shown.put("options", start.options());
        shown.put("status", item.get("outcome"));
        shown.put("cancelling", false);
        shown.put("startedAt", item.get("startedAt"));
        shown.put("endedAt", item.get("endedAt"));
        shown.put("seconds", seconds(item));
        shown.put("counts", counts);
        shown.put("progress", null);
        shown.put("notes", List.of());
        shown.put("error", PageWords.of((String) item.get("error")));
        shown.put("rejected", counts.getOrDefault("rejected", 0));
        shown.put("dryRun", false);
        shown.put("tables", start.tables());
        shown.put("host", item.get("host"));
        return new PastRun(start, shown);
    }

    private static double seconds(Map<String, Object> item) {
        Object ended = item.get("endedAt");
        Instant until = ended == null ? Instant.now() : Instant.parse(ended.toString());
        return Duration.between(Instant.parse(item.get("startedAt").toString()), until)
                        .toMillis()
                / 1000.0;
    }

    private static Map<String, Object> item(Map<String, Object> row) {
        Map<String, Object> item = new LinkedHashMap<>();
        row.forEach((column, value) -> item.put(
                NAMES.getOrDefault(column, CaseFormat.LOWER_UNDERSCORE.to(CaseFormat.LOWER_CAMEL, column)),
                JSON_COLUMNS.contains(column) ? parsed(value) : TIMES.contains(column) ? time(value) : value));
        return item;
    }

    private static String time(Object micros) {
        return micros == null ? null : SqlTime.ofMicros(micros).toString();
    }

    private static Object parsed(Object json) {
        try {
            return json == null ? null : JsonText.object(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "the runs table holds something that is not JSON: " + e.getOriginalMessage(), e);
        }
    }
}
