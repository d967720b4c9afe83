package com.clarifai.databricks.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How much somebody has to read who wants to know what a flow does.
 *
 * <p>A {@code direct:} has to be followed: what the route behind it takes and leaves is known from its steps alone. A
 * {@code kamelet:} is called with arguments, and read by its name and description as a component is; with its steps, and
 * with those of the blocks that it uses, it is counted in the last column.
 */
final class FlowSizes {

    static final List<String> FLOWS =
            List.of("import-volume", "import-csv", "import-delta", "export-annotations", "update-tables");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final Set<String> BRANCHES = Set.of("when", "otherwise", "doCatch", "doFinally", "steps");
    private static final Pattern DIRECT = Pattern.compile("direct:([\\w-]+)");
    private static final Pattern BLOCK = Pattern.compile("kamelet:([\\w-]+)");
    private static final Pattern HEADER = Pattern.compile("\\$\\{header\\.([A-Za-z]+)");
    private static final Pattern SQL =
            Pattern.compile("sql/([\\w-]+)\\.sql|kamelet:(?:query|execute)\\?file=([\\w-]+)");

    /** A route, or a block: a template that {@code kamelet:} makes a route of. */
    private record Route(String file, JsonNode node) {}

    /**
     * @param steps of its routes
     * @param setSteps those of them that only set headers, properties, variables or the body
     * @param headers names, without those of components
     */
    record Size(
            int routes,
            int steps,
            int setSteps,
            Set<String> headers,
            Set<String> files,
            Set<String> sql,
            Set<String> blocks,
            int stepsWithBlocks) {}

    private final Map<String, Route> routes = new TreeMap<>();
    private final Map<String, Route> blocks = new TreeMap<>();

    FlowSizes(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                for (JsonNode part : YAML.readTree(file.toFile())) {
                    add(routes, file, part.path("route"));
                    add(blocks, file, part.path("routeTemplate"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Map<String, Route> to, Path file, JsonNode route) {
        if (route.has("id")) {
            to.put(route.path("id").asText(), new Route(file.getFileName().toString(), route));
        }
    }

    Size of(String flow) {
        Map<String, Route> opened = new LinkedHashMap<>();
        open(flow, opened);
        Map<String, Route> used = new LinkedHashMap<>();
        opened.values().forEach(route -> use(route, used));
        List<JsonNode> steps = steps(opened.values());
        String text = text(opened.values());
        List<JsonNode> beneath = steps(used.values());
        return new Size(
                opened.size(),
                steps.size(),
                (int) steps.stream().filter(FlowSizes::onlySets).count(),
                headers(steps, text),
                opened.values().stream().map(Route::file).collect(Collectors.toCollection(TreeSet::new)),
                matches(SQL, text),
                used.keySet().stream().filter(blocks::containsKey).collect(Collectors.toCollection(TreeSet::new)),
                steps.size() + beneath.size());
    }

    /** All steps of all files. */
    Size ofAll() {
        List<Route> all = Stream.concat(routes.values().stream(), blocks.values().stream())
                .toList();
        List<JsonNode> steps = steps(all);
        return new Size(
                all.size(),
                steps.size(),
                (int) steps.stream().filter(FlowSizes::onlySets).count(),
                headers(steps, text(all)),
                all.stream().map(Route::file).collect(Collectors.toCollection(TreeSet::new)),
                matches(SQL, text(all)),
                blocks.keySet(),
                steps.size());
    }

    private void open(String id, Map<String, Route> opened) {
        Route route = routes.get(id);
        if (route != null && opened.putIfAbsent(id, route) == null) {
            for (String called : matches(DIRECT, route.node().toString())) {
                open(called, opened);
            }
        }
    }

    private void use(Route route, Map<String, Route> used) {
        String text = route.node().toString();
        for (String block : matches(BLOCK, text)) {
            if (blocks.containsKey(block) && used.putIfAbsent(block, blocks.get(block)) == null) {
                use(blocks.get(block), used);
            }
        }
        if (blocks.containsValue(route)) {
            for (String called : matches(DIRECT, text)) {
                if (routes.containsKey(called) && used.putIfAbsent("direct:" + called, routes.get(called)) == null) {
                    use(routes.get(called), used);
                }
            }
        }
    }

    private static String text(Iterable<Route> routes) {
        StringBuilder text = new StringBuilder();
        routes.forEach(route -> text.append(route.node()).append('\n'));
        return text.toString();
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(result -> result.group(1) != null ? result.group(1) : result.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> headers(List<JsonNode> steps, String text) {
        Set<String> headers = new TreeSet<>(matches(HEADER, text));
        for (JsonNode step : steps) {
            headers.add(step.at("/setHeader/name").asText());
            step.at("/setHeaders/headers")
                    .forEach(header -> headers.add(header.path("name").asText()));
        }
        headers.removeIf(name -> name.isEmpty() || name.startsWith("Camel"));
        return headers;
    }

    private static boolean onlySets(JsonNode step) {
        String name = step.fieldNames().next();
        return name.startsWith("set") || name.startsWith("remove");
    }

    private static List<JsonNode> steps(Iterable<Route> routes) {
        List<JsonNode> steps = new ArrayList<>();
        routes.forEach(route -> collect(route.node().at("/from/steps"), steps));
        return steps;
    }

    private static void collect(JsonNode list, List<JsonNode> steps) {
        for (JsonNode step : list) {
            steps.add(step);
            step.forEach(body -> branches(body, steps));
        }
    }

    private static void branches(JsonNode body, List<JsonNode> steps) {
        for (String branch : BRANCHES) {
            JsonNode inner = body.path(branch);
            if (branch.equals("steps")) {
                collect(inner, steps);
            } else if (inner.isArray()) {
                inner.forEach(one -> branches(one, steps));
            } else if (inner.isObject()) {
                branches(inner, steps);
            }
        }
    }

    String table() {
        Set<String> lines = new LinkedHashSet<>();
        lines.add("%-20s %6s %6s %5s %8s %6s %4s %7s %12s"
                .formatted("flow", "routes", "steps", "sets", "headers", "files", "sql", "blocks", "with blocks"));
        FLOWS.forEach(flow -> lines.add(line(flow, of(flow))));
        lines.add(line("all files", ofAll()));
        return String.join("\n", lines);
    }

    private static String line(String name, Size size) {
        return "%-20s %6d %6d %5d %8d %6d %4d %7d %12d"
                .formatted(
                        name,
                        size.routes(),
                        size.steps(),
                        size.setSteps(),
                        size.headers().size(),
                        size.files().size(),
                        size.sql().size(),
                        size.blocks().size(),
                        size.stepsWithBlocks());
    }
}
