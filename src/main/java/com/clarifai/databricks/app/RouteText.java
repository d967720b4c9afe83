package com.clarifai.databricks.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A text in a file of routes, with its place.
 *
 * @param line counted from 1
 * @param route id of the route, or of the template of routes, that it is part of; null outside of them
 * @param path names of the entries that lead to it, with dots between them: {@code from.uri},
 *     {@code from.steps.setVariable.name}; the name of an entry is a text of its own, with the path of its map
 */
public record RouteText(Path file, int line, String route, String path, String text) {

    /** All texts of the files in a directory, in the order of the files' names. A file that is no YAML has none. */
    public static List<RouteText> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .flatMap(file -> of(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be read", e);
        }
    }

    /** All texts of a file, from top to bottom; none where it is no YAML. */
    public static List<RouteText> of(Path file) {
        List<RouteText> texts = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            for (Node part : new Compose(LoadSettings.builder().build())
                    .composeInputStream(in)
                    .map(YamlNodes::children)
                    .orElse(List.of())) {
                addPart(texts, file, part);
            }
        } catch (YamlEngineException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
        return texts;
    }

    private static void addPart(List<RouteText> texts, Path file, Node part) {
        Map<String, Node> entries = YamlNodes.entries(part);
        Node route = entries.getOrDefault("route", entries.get("routeTemplate"));
        Optional<String> id = Optional.ofNullable(route)
                .map(node -> YamlNodes.entries(node).get("id"))
                .filter(ScalarNode.class::isInstance)
                .map(node -> ((ScalarNode) node).getValue());
        add(texts, file, id.orElse(null), "", part);
    }

    private static void add(List<RouteText> texts, Path file, String route, String path, Node node) {
        if (node instanceof ScalarNode scalar) {
            texts.add(new RouteText(file, YamlNodes.line(node), route, path, scalar.getValue()));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                add(texts, file, route, path, entry.getKeyNode());
                if (entry.getKeyNode() instanceof ScalarNode name) {
                    String below = path.isEmpty() ? name.getValue() : path + '.' + name.getValue();
                    add(texts, file, route, below, entry.getValueNode());
                }
            });
        } else {
            YamlNodes.children(node).forEach(child -> add(texts, file, route, path, child));
        }
    }

    /** The name of the entry that it is the value of. */
    public String entry() {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    /** The place as people are shown it. */
    public String place() {
        return place(file, line, route);
    }

    static String place(Path file, int line, String route) {
        return file + ", line " + line + (route == null ? "" : ", route " + route);
    }
}
