package com.clarifai.databricks.sandbox.sql;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The privileges that were granted on one thing, in a file beside it. They are told when asked for; nobody but the owner
 * of everything is there to need them.
 */
final class Grants {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    Grants(Path file) {
        this.file = file;
    }

    /** The privileges by principal, both in order. */
    Map<String, TreeSet<String>> all() throws IOException {
        return Files.exists(file)
                ? JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, TreeSet<String>>>() {})
                : new TreeMap<>();
    }

    void grant(String principal, Collection<String> privileges) throws IOException {
        Map<String, TreeSet<String>> all = all();
        all.computeIfAbsent(principal, none -> new TreeSet<>()).addAll(privileges);
        JSON.writeValue(file.toFile(), all);
    }

    /** @param privileges {@code ALL PRIVILEGES} takes all of them */
    void revoke(String principal, Collection<String> privileges) throws IOException {
        Map<String, TreeSet<String>> all = all();
        if (privileges.contains(GrantStatements.ALL)) {
            all.remove(principal);
        } else if (all.containsKey(principal)) {
            all.get(principal).removeAll(privileges);
        }
        all.values().removeIf(Collection::isEmpty);
        JSON.writeValue(file.toFile(), all);
    }
}
