package com.clarifai.databricks.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Which routes and templates of routes a route calls, and which statements they name, as the files in {@code routes/} have
 * it. A name that only a run completes, {@code direct:table-${…}}, stands for all that it may become.
 */
public final class RouteMap {

    /** Of the language Simple, or a parameter of a template. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}|\\{\\{[^}]*}}");

    private static final Node NONE = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);

    private static final Pattern WORD = Pattern.compile("[A-Za-z]");

    private static final String NAME = "((?:[\\w-]|" + EXPRESSION + ")+)";
    private static final Pattern CALL = Pattern.compile("(?:direct|seda|kamelet):" + NAME);
    private static final Pattern BEGINNING = Pattern.compile("(?:direct|seda):([\\w-]+)(?:\\?.*)?");
    /** By a file, a parameter or an argument, which begins none of the calls above. */
    private static final Pattern STATEMENT = Pattern.compile("(?<!direct:|seda:|kamelet:|[\\w-])" + NAME);

    /** Steps that take where they lead from the message, whatever else stands in them. */
    private static final Set<String> LED_BY_THE_MESSAGE = Set.of("recipientList", "routingSlip", "dynamicRouter");
    /** A step that leads to what the message says. */
    private static final String ANYWHERE = "direct:${anywhere}";

    /** The texts in the steps of each route, by its id. */
    private final Map<String, List<String>> texts = new LinkedHashMap<>();

    /** Ids of the routes by the names by which they are called, which are other ones in a route of one's own, maybe. */
    private final Map<String, String> ids = new LinkedHashMap<>();

    /** The texts of what holds for all routes, or is used by them: what is done on errors, beans; not what serves calls. */
    private final List<String> shared = new ArrayList<>();

    /** Routes that a template makes: their texts, once all templates are known. */
    private final List<Runnable> templated = new ArrayList<>();

    private final Path directory;

    private RouteMap(Path directory) {
        this.directory = directory;
    }

    /** @param directory of the files that have been loaded, so that they are known to be routes */
    public static RouteMap of(Path directory) {
        RouteMap map = new RouteMap(directory);
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .forEach(map::read);
            map.templated.forEach(Runnable::run);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
        return map;
    }

    /**
     * A route and those that it calls, and that these call.
     *
     * @throws IllegalArgumentException when there is no such route
     */
    public Set<String> calledBy(String route) {
        if (!texts.containsKey(route)) {
            throw new IllegalArgumentException("there is no route " + route + " in " + directory);
        }
        return calledBy(List.of(route));
    }

    private Set<String> calledBy(Collection<String> routes) {
        Set<String> called = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(routes);
        while (!open.isEmpty()) {
            String next = open.remove();
            if (called.add(next)) {
                named(CALL, texts.get(next), ids.keySet()).map(ids::get).forEach(open::add);
            }
        }
        return called;
    }

    /**
     * All routes that a run of these may come by, with what is done on errors; none when that cannot be known: when there
     * is no such route, or one of them goes where the message says.
     */
    Optional<Set<String>> reachedFrom(Collection<String> routes) {
        if (!knows(routes)) {
            return Optional.empty();
        }
        List<String> from = new ArrayList<>(routes);
        named(CALL, shared, ids.keySet()).map(ids::get).forEach(from::add);
        Set<String> reached = calledBy(from);
        boolean known = Stream.concat(shared.stream(), reached.stream().flatMap(id -> texts.get(id).stream()))
                .noneMatch(RouteMap::leadsAnywhere);
        return known ? Optional.of(reached) : Optional.empty();
    }

    /** Whether all of these routes are in the files. */
    boolean knows(Collection<String> routes) {
        return texts.keySet().containsAll(routes);
    }

    private static boolean leadsAnywhere(String text) {
        return CALL.matcher(text).results().anyMatch(found -> !hasWord(found.group(1)));
    }

    /** Of these files of statements those that these routes name. */
    public List<Path> statements(Set<String> routes, List<Path> files) {
        Map<String, Path> names =
                files.stream().collect(Collectors.toMap(RouteMap::name, file -> file, (a, b) -> a, LinkedHashMap::new));
        List<String> words =
                routes.stream().flatMap(route -> texts.get(route).stream()).toList();
        return named(STATEMENT, words, names.keySet()).map(names::get).toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.sql$", "");
    }

    /** In the order of their names. */
    private static Stream<String> named(Pattern pattern, List<String> texts, Set<String> among) {
        Set<String> named = new TreeSet<>();
        texts.stream()
                .flatMap(text -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .filter(RouteMap::hasWord)
                .map(RouteMap::anyOf)
                .forEach(name -> among.stream().filter(name.asMatchPredicate()).forEach(named::add));
        return named.stream();
    }

    private static boolean hasWord(String name) {
        return WORD.matcher(EXPRESSION.matcher(name).replaceAll("")).find();
    }

    private static Pattern anyOf(String name) {
        return Pattern.compile(
                Stream.of(EXPRESSION.split(name, -1)).map(Pattern::quote).collect(Collectors.joining(".+")));
    }

    private void read(Path file) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try (InputStream in = Files.newInputStream(file)) {
            new Compose(settings).composeInputStream(in).ifPresent(this::add);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private void add(Node file) {
        for (Node part : YamlNodes.children(file)) {
            Map<String, Node> entries = YamlNodes.entries(part);
            Node route = entries.getOrDefault("route", entries.get("routeTemplate"));
            if (route != null && YamlNodes.entries(route).get("id") instanceof ScalarNode id) {
                addRoute(id.getValue(), route);
            } else if (entries.containsKey("templatedRoute")) {
                templated.add(() -> addTemplated(YamlNodes.entries(entries.get("templatedRoute"))));
            } else if (!entries.containsKey("rest")) {
                collect(part, shared);
            }
        }
    }

    private void addRoute(String id, Node route) {
        List<String> found = new ArrayList<>();
        collect(route, found);
        texts.put(id, found);
        ids.put(id, id);
        Node from = YamlNodes.entries(route).getOrDefault("from", NONE);
        Matcher name = BEGINNING.matcher(text(YamlNodes.entries(from).getOrDefault("uri", from)));
        if (name.matches()) {
            ids.putIfAbsent(name.group(1), id);
        }
    }

    private void addTemplated(Map<String, Node> route) {
        Map<String, String> arguments = new LinkedHashMap<>();
        YamlNodes.children(route.getOrDefault("parameters", NONE)).forEach(parameter -> {
            Map<String, Node> entries = YamlNodes.entries(parameter);
            arguments.put("{{" + text(entries.get("name")) + "}}", text(entries.get("value")));
        });
        List<String> found = new ArrayList<>();
        for (String text : texts.getOrDefault(text(route.get("routeTemplateRef")), List.of())) {
            String completed = text;
            for (Map.Entry<String, String> argument : arguments.entrySet()) {
                completed = completed.replace(argument.getKey(), argument.getValue());
            }
            found.add(completed);
        }
        texts.put(text(route.get("routeId")), found);
        ids.put(text(route.get("routeId")), text(route.get("routeId")));
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static void collect(Node node, List<String> found) {
        if (node instanceof ScalarNode scalar) {
            found.add(scalar.getValue());
        }
        YamlNodes.entries(node).forEach((step, arguments) -> {
            String uri = text(YamlNodes.entries(arguments).getOrDefault("uri", arguments));
            if (LED_BY_THE_MESSAGE.contains(step) || "toD".equals(step) && uri.startsWith("${")) {
                found.add(ANYWHERE);
            }
        });
        YamlNodes.children(node).forEach(child -> collect(child, found));
    }
}
