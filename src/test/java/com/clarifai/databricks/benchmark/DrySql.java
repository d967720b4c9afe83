package com.clarifai.databricks.benchmark;

import com.clarifai.databricks.recorded.MadeTable;
import com.clarifai.databricks.recorded.StatementAnswer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A warehouse that runs nothing. Of an import it keeps the plan of each batch, which it gives out page by page; what is merged into the
 * tables it forgets, but of an
 * export the state of each row. Which statement is which, their words say; those that nobody knows here fail.
 */
final class DrySql {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LIMIT = Pattern.compile(".* LIMIT (\\d+).*");
    private static final Pattern COPIED = Pattern.compile(".* WHERE n > (-?\\d+) AND .* LIMIT (\\d+).*");
    /** Said behind the kind of a statement that writes down what is about to be sent. */
    static final String CLAIM = " claim";
    /** Said when it has been run. */
    static final String DONE = " done";

    private static final Pattern FOUND = Pattern.compile("/found/[^`]+");
    private static final List<String> PLANNED = List.of("input_id", "source_uri", "source_size");

    private final Traffic traffic;
    private final int writeMillis;
    private final int rows;
    private final Map<String, ConcurrentSkipListMap<String, JsonNode>> plans = new ConcurrentHashMap<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<String, String>> tables = new ConcurrentHashMap<>();
    private final Map<String, String> types = new ConcurrentHashMap<>();

    DrySql(Load load, Traffic traffic) {
        this.traffic = traffic;
        this.writeMillis = load.sqlMillis();
        this.rows = load.inputs();
    }

    /** Rows that were staged as what a volume holds, in a file of this name. */
    void found(String name, byte[] gzip) throws IOException {
        ConcurrentSkipListMap<String, JsonNode> plan = new ConcurrentSkipListMap<>();
        plans.put(name, plan);
        try (MappingIterator<JsonNode> rows =
                JSON.readerFor(JsonNode.class).readValues(new GZIPInputStream(new ByteArrayInputStream(gzip)))) {
            while (rows.hasNext()) {
                ObjectNode row = (ObjectNode) rows.next();
                plan.put(row.path("input_id").asText(), row.retain(PLANNED));
            }
        }
    }

    /** Rows of a dataset that were staged for a table, which has them from now on. */
    void exported(String kind, byte[] gzip) throws IOException {
        try (MappingIterator<JsonNode> staged =
                JSON.readerFor(JsonNode.class).readValues(new GZIPInputStream(new ByteArrayInputStream(gzip)))) {
            String noun = kind.substring(0, kind.length() - 1);
            while (staged.hasNext()) {
                JsonNode row = staged.next();
                Instant changed = Instant.parse(row.path(noun + "_modified_at").asText());
                known.add(kind
                        + ' '
                        + row.path(noun + "_id").asText()
                        + ' '
                        + ChronoUnit.MICROS.between(Instant.EPOCH, changed)
                        + ' '
                        + row.path("status_code").asText());
            }
        }
    }

    /** The answer to the request body of a statement. */
    byte[] answer(byte[] body) throws IOException, InterruptedException {
        JsonNode request = JSON.readTree(body);
        String sql = request.path("statement")
                .asText()
                .replaceAll("(?m)^\\s*--.*$", "")
                .strip()
                .replaceAll("\\s+", " ");
        String verb = sql.substring(0, (sql + " ").indexOf(' '));
        boolean claims = sql.contains("'PENDING', 'Sent to Clarifai'") || isPlanThatClaims(sql, request);
        traffic.saw("SQL " + verb + (claims ? CLAIM : ""));
        if (verb.equals("DESCRIBE")) {
            return describe(sql);
        }
        if (verb.equals("SELECT") || verb.equals("WITH")) {
            return StatementAnswer.succeeded(select(sql, request.path("parameters")));
        }
        Thread.sleep(writeMillis);
        if (claims) {
            traffic.saw("SQL " + verb + CLAIM + DONE);
        }
        if (verb.equals("CREATE") && !sql.contains(" AS SELECT n, ")) {
            MadeTable made = MadeTable.of(sql);
            tables.put(made.name(), made.described());
            types.putAll(made.columns());
        }
        return StatementAnswer.succeeded(List.of(counts()));
    }

    private static boolean isPlanThatClaims(String sql, JsonNode request) {
        String said = "? = 'true' THEN 'Sent to Clarifai as planned'";
        return sql.contains(said)
                && parameter(sql, said, request.path("parameters")).equals("true");
    }

    /** The value of the marker that a part of a statement begins with. */
    private static String parameter(String sql, String part, JsonNode parameters) {
        long before = sql.substring(0, sql.indexOf(part))
                .chars()
                .filter(c -> c == '?')
                .count();
        return parameters.path((int) before).path("value").asText();
    }

    private static Map<String, Object> counts() {
        return new TreeMap<>(
                Map.of("num_affected_rows", 0, "num_updated_rows", 0, "num_deleted_rows", 0, "num_inserted_rows", 0));
    }

    private byte[] describe(String sql) throws IOException {
        Map<String, String> columns = sql.startsWith("DESCRIBE QUERY SELECT * FROM")
                ? Map.of("inputid", "string", "input", "string", "concepts", "string")
                : sql.startsWith("DESCRIBE QUERY")
                        ? MadeTable.selected(sql, types)
                        : tables.get(sql.substring(sql.lastIndexOf(' ') + 1));
        return columns == null
                ? StatementAnswer.failed("[TABLE_OR_VIEW_NOT_FOUND] there is none. SQLSTATE: 42P01")
                : StatementAnswer.succeeded(columns.entrySet().stream()
                        .map(column -> row("col_name", column.getKey(), "data_type", column.getValue()))
                        .toList());
    }

    private List<Map<String, Object>> select(String sql, JsonNode parameters) {
        if (sql.contains("AS pending")) {
            return List.of(row("pending", plan(sql).size(), "existing", 0, "rejected", 0, "planned_at", 1));
        }
        if (sql.contains("AS copied")) {
            return List.of(row("copied", rows));
        }
        if (sql.startsWith("SELECT n, bytes, row")) {
            return copied(sql);
        }
        if (sql.contains("AS resumed")) {
            Matcher limit = LIMIT.matcher(sql);
            String after = parameter(sql, "? AND source_uri IN", parameters);
            boolean claimed = parameter(sql, "? = 'true')", parameters).equals("true");
            if (!limit.matches()) {
                throw new IllegalArgumentException(sql);
            }
            return plan(sql).tailMap(after, false).values().stream()
                    .limit(Integer.parseInt(limit.group(1)))
                    .map(planned -> row(
                            "input_id",
                            planned.path("input_id").asText(),
                            "source_uri",
                            planned.path("source_uri").asText(),
                            "source_size",
                            planned.path("source_size").asLong(),
                            "concepts",
                            null,
                            "resumed",
                            false,
                            "refused",
                            false,
                            "claimed",
                            claimed))
                    .toList();
        }
        if (sql.contains("AS read_until") && !tables.isEmpty()) {
            return List.of(row("read_until", DryClarifai.CREATED_SECONDS * 1_000_000));
        }
        if (sql.contains("AS digests")) {
            return List.of(row("digests", digests()));
        }
        // the run's own lock
        return sql.contains("WHERE run_id = ") ? List.of(row("run_id", "own")) : List.of();
    }

    /** A page of the copy of a table, numbered from 0. */
    private List<Map<String, Object>> copied(String sql) {
        Matcher page = COPIED.matcher(sql);
        if (!page.matches()) {
            throw new IllegalArgumentException(sql);
        }
        int from = Integer.parseInt(page.group(1)) + 1;
        int to = Math.min(rows, from + Integer.parseInt(page.group(2)));
        return IntStream.range(from, to)
                .mapToObj(n -> {
                    String row = String.format(
                            Locale.ROOT,
                            "{\"inputid\":\"row-%08d\",\"input\":\"https://images.invalid/%08d.jpg\",\"concepts\":\"cat\"}",
                            n,
                            n);
                    return row("n", n, "bytes", row.length(), "row", row);
                })
                .toList();
    }

    private String digests() {
        return known.stream()
                .map(row -> Hashing.sha256()
                        .hashString(row, StandardCharsets.UTF_8)
                        .toString()
                        .substring(0, 16))
                .collect(Collectors.joining());
    }

    private ConcurrentSkipListMap<String, JsonNode> plan(String sql) {
        Matcher found = FOUND.matcher(sql);
        if (!found.find()) {
            throw new IllegalArgumentException(sql);
        }
        return plans.get(found.group());
    }

    private static Map<String, Object> row(Object... namesAndValues) {
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }
}
