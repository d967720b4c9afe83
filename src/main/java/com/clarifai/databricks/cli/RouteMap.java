package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.YamlNodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
final class RouteMap {

    /** Of the language Simple, or a parameter of a template. */
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}|\\{\\{[^}]*}}");

    private static final Node NONE = new ScalarNode(Tag.NULL, "", ScalarStyle.PLAIN);

    private static final Pattern WORD = Pattern.compile("[A-Za-z]");

    private static final String NAME = "((?:[\\w-]|" + EXPRESSION + ")+)";
    private static final Pattern CALL = Pattern.compile("(?:direct|kamelet):" + NAME);
    /** By a file, a parameter or an argument, which begins none of the calls above. */
    private static final Pattern STATEMENT = Pattern.compile("(?<!direct:|kamelet:|[\\w-])" + NAME);

    /** The texts in the steps of each route, by its id. */
    private final Map<String, List<String>> texts = new LinkedHashMap<>();

    /** Routes that a template makes: their texts, once all templates are known. */
    private final List<Runnable> templated = new ArrayList<>();

    private final Path directory;

    private RouteMap(Path directory) {
        this.directory = directory;
    }

    /** @param directory of the files that have been loaded, so that they are known to be routes */
    static RouteMap of(Path directory) {
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
    Set<String> calledBy(String route) {
        if (!texts.containsKey(route)) {
            throw new IllegalArgumentException("there is no route " + route + " in " + directory);
        }
        Set<String> called = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(route));
        while (!open.isEmpty()) {
            String next = open.remove();
            if (called.add(next)) {
                open.addAll(named(CALL, Set.of(next), texts.keySet()));
            }
        }
        return called;
    }

    /** Of these files of statements those that these routes name. */
    List<Path> statements(Set<String> routes, List<Path> files) {
        Map<String, Path> names =
                files.stream().collect(Collectors.toMap(RouteMap::name, file -> file, (a, b) -> a, LinkedHashMap::new));
        return named(STATEMENT, routes, names.keySet()).stream().map(names::get).toList();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.sql$", "");
    }

    private Set<String> named(Pattern pattern, Set<String> routes, Set<String> among) {
        Set<String> named = new TreeSet<>();
        routes.stream()
                .flatMap(route -> texts.get(route).stream())
                .flatMap(text -> pattern.matcher(text).results())
                .map(found -> found.group(1))
                .filter(name ->
                        WORD.matcher(EXPRESSION.matcher(name).replaceAll("")).find())
                .map(RouteMap::anyOf)
                .forEach(name -> among.stream().filter(name.asMatchPredicate()).forEach(named::add));
        return named;
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
                List<String> found = new ArrayList<>();
                collect(route, found);
                texts.put(id.getValue(), found);
            }
            if (entries.containsKey("templatedRoute")) {
                templated.add(() -> addTemplated(YamlNodes.entries(entries.get("templatedRoute"))));
            }
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
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static void collect(Node node, List<String> found) {
        if (node instanceof ScalarNode scalar) {
            found.add(scalar.getValue());
        }
        YamlNodes.children(node).forEach(child -> collect(child, found));
    }
}
