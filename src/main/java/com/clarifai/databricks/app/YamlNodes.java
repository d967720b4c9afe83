package com.clarifai.databricks.app;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The parts of a YAML file, which keep their places in it. */
public final class YamlNodes {

    private YamlNodes() {}

    /** The items of a list, or the values of a map. */
    public static List<Node> children(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        return node instanceof MappingNode ? List.copyOf(entries(node).values()) : List.of();
    }

    /** The entries of a map by their names; none where it is no map. */
    public static Map<String, Node> entries(Node node) {
        Map<String, Node> entries = new LinkedHashMap<>();
        if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(entry -> {
                if (entry.getKeyNode() instanceof ScalarNode name) {
                    entries.put(name.getValue(), entry.getValueNode());
                }
            });
        }
        return entries;
    }

    /** Counted from 1. */
    public static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
