package com.clarifai.databricks.delta;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads the declaration of a table, such as {@code routes/tables/inputs.yaml}. Whatever is wrong in it is an {@link
 * IllegalArgumentException} with file, line and the name of the column.
 */
public final class TableDeclaration {

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]*");
    private static final Pattern NOT_NULL = Pattern.compile("(?i)\\s+NOT\\s+NULL$");
    private static final String WRITER = "writers";
    private static final String KEY = "key";
    private static final String COLUMNS = "columns";
    private static final String TYPE = "type";
    private static final String BY = "by";
    private static final String VALUE = "value";
    private static final String COMMENT = "comment";

    private final String file;
    private final Map<String, String> writers = new LinkedHashMap<>();
    private final Map<String, DeclaredColumn> columns = new LinkedHashMap<>();

    private TableDeclaration(String file) {
        this.file = file;
    }

    /** @param file named after its table */
    public static DeclaredTable read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
            return read(name, in, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /**
     * The names of a table's columns as they came with the program, however a user may have changed the file since; none of
     * a table that is the user's own.
     */
    public static List<String> shippedNames(String table) {
        String resource = "/com/clarifai/databricks/tables/" + table + ".yaml";
        try (InputStream in = TableDeclaration.class.getResourceAsStream(resource)) {
            return in == null ? List.of() : read(table, in, resource).names();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " cannot be read", e);
        }
    }

    private static DeclaredTable read(String name, InputStream in, String file) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(true)
                .build();
        Node root = new Compose(settings)
                .composeInputStream(in)
                .orElseThrow(() -> new IllegalArgumentException(file + " is empty"));
        return new TableDeclaration(file).table(name, root);
    }

    private DeclaredTable table(String name, Node root) {
        Map<String, Node> parts = mapping(root, "the declaration of a table", List.of(KEY, WRITER, COLUMNS));
        for (String part : List.of(KEY, WRITER, COLUMNS)) {
            if (!parts.containsKey(part)) {
                throw wrong(root, "'" + part + "' is missing");
            }
        }
        mapping(parts.get(WRITER), WRITER, null).forEach((writer, text) -> writers.put(writer, text(text, writer)));
        mapping(parts.get(COLUMNS), COLUMNS, null)
                .forEach((column, declared) -> columns.put(column, column(column, declared)));
        List<String> key = sequence(parts.get(KEY), KEY).stream()
                .map(node -> text(node, KEY))
                .toList();
        for (String column : key) {
            if (!columns.containsKey(column)) {
                throw wrong(parts.get(COLUMNS), "column " + column + " is missing, which is part of the key");
            }
        }
        return new DeclaredTable(name, key, writers, List.copyOf(columns.values()));
    }

    private DeclaredColumn column(String name, Node node) {
        String what = "column " + name;
        if (!NAME.matcher(name).matches()) {
            throw wrong(node, what + ": the name of a column has small letters, digits and underscores");
        }
        Map<String, Node> parts = mapping(node, what, List.of(TYPE, BY, VALUE, COMMENT));
        if (!parts.containsKey(TYPE)) {
            throw wrong(node, what + " has no type");
        }
        String written = text(parts.get(TYPE), what).replaceAll("\\s+", " ").strip();
        String type = NOT_NULL.matcher(written).replaceFirst("");
        SqlType.unknown(type).ifPresent(unknown -> {
            throw wrong(parts.get(TYPE), what + ": unknown type '" + unknown + "'");
        });
        return new DeclaredColumn(
                name,
                type.replace("< ", "<").replace(" >", ">"),
                !type.equals(written),
                optional(parts, COMMENT, what),
                writers(parts, what));
    }

    private Map<String, String> writers(Map<String, Node> parts, String what) {
        String value = optional(parts, VALUE, what);
        Map<String, String> by = new LinkedHashMap<>();
        if (!parts.containsKey(BY)) {
            return by;
        }
        for (Node item : sequence(parts.get(BY), what + ": by")) {
            if (item instanceof MappingNode) {
                mapping(item, what, null).forEach((writer, sql) -> by.put(known(writer, item, what), text(sql, what)));
            } else {
                by.put(known(text(item, what), item, what), value);
            }
        }
        return by;
    }

    private String known(String writer, Node node, String what) {
        if (!writers.containsKey(writer)) {
            throw wrong(
                    node, what + ": '" + writer + "' is none of the writers " + String.join(", ", writers.keySet()));
        }
        return writer;
    }

    private String optional(Map<String, Node> parts, String name, String what) {
        return Optional.ofNullable(parts.get(name))
                .map(node -> text(node, what))
                .orElse("");
    }

    private String text(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw wrong(node, what + ": a text is expected");
    }

    private List<Node> sequence(Node node, String what) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        throw wrong(node, what + ": a list is expected, [..., ...]");
    }

    /** @param allowed the names that it may have, or null for any */
    private Map<String, Node> mapping(Node node, String what, List<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(node, what + ": names with values are expected, {name: value, ...}");
        }
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, String> lowerCase = new LinkedHashMap<>();
        for (NodeTuple entry : mapping.getValue()) {
            String name = text(entry.getKeyNode(), what);
            if (allowed != null && !allowed.contains(name)) {
                throw wrong(entry.getKeyNode(), what + ": '" + name + "' is none of " + String.join(", ", allowed));
            }
            // SQL does not tell upper from lower case
            if (lowerCase.put(name.toLowerCase(Locale.ROOT), name) != null) {
                throw wrong(entry.getKeyNode(), what + ": '" + name + "' is there twice");
            }
            values.put(name, entry.getValueNode());
        }
        return values;
    }

    private IllegalArgumentException wrong(Node node, String problem) {
        int line = node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
        return new IllegalArgumentException(file + ", line " + line + ": " + problem);
    }
}
