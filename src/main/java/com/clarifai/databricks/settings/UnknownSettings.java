package com.clarifai.databricks.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The settings of a file that nothing reads: slips of the pen, which would otherwise have no effect in silence. */
final class UnknownSettings {

    /** Schedules and Camel check theirs themselves; the sandbox tells more in its file than a connection needs. */
    private static final Pattern OPEN = Pattern.compile("(schedule|camel|sandbox)\\..*");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??!?([^}:]+)");

    private static final LevenshteinDistance DISTANCE = new LevenshteinDistance();
    private static final int MOST_SLIPS = 3;

    private UnknownSettings() {}

    /**
     * What is wrong with names of settings, a line each.
     *
     * @param names those of the file
     * @param known those that the application has
     * @param routes the folder whose files may ask for settings of their own, as {@code {{name}}}
     */
    static List<String> problems(Path file, Collection<String> names, Set<String> known, Path routes) {
        List<String> unknown = names.stream()
                .filter(name -> !known.contains(name) && !OPEN.matcher(name).matches())
                .sorted()
                .toList();
        if (unknown.isEmpty()) {
            return unknown;
        }
        Set<String> all = new TreeSet<>(known);
        all.addAll(placeholders(routes));
        return unknown.stream()
                .filter(name -> !all.contains(name))
                .map(name -> file + ": there is no setting '" + name + "'" + suggestion(name, all))
                .toList();
    }

    private static String suggestion(String name, Set<String> known) {
        return known.stream()
                .min(Comparator.comparing(setting -> DISTANCE.apply(name, setting)))
                .filter(setting -> DISTANCE.apply(name, setting) <= MOST_SLIPS)
                .map(setting -> ". Was '" + setting + "' meant?")
                .orElse("");
    }

    private static Set<String> placeholders(Path routes) {
        Set<String> names = new TreeSet<>();
        if (!Files.isDirectory(routes)) {
            return names;
        }
        try (Stream<Path> files = Files.walk(routes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Matcher placeholder = PLACEHOLDER.matcher(Files.readString(file));
                while (placeholder.find()) {
                    names.add(placeholder.group(1).strip());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
