package com.clarifai.databricks.databricks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A place in a Unity Catalog volume, {@code /Volumes/<catalog>/<schema>/<volume>[/…]}.
 *
 * <p>It cannot leave its volume: {@code .}, {@code ..}, empty names and control characters are refused. The names of
 * catalog, schema and volume are in lower case, as Unity Catalog keeps them; those of files keep their case.
 */
public final class VolumePath {

    private static final String ROOT = "/Volumes/";
    private static final String HADOOP_SCHEME = "dbfs:";
    private static final int VOLUME_DEPTH = 3;

    private final List<String> segments;

    private VolumePath(List<String> segments) {
        segments.forEach(VolumePath::check);
        this.segments = List.copyOf(segments);
    }

    /**
     * @param path with or without {@code dbfs:} before and one slash at the end
     * @throws IllegalArgumentException if it is not a path in a volume
     */
    public static VolumePath parse(String path) {
        String text = path.startsWith(HADOOP_SCHEME) ? path.substring(HADOOP_SCHEME.length()) : path;
        if (!text.startsWith(ROOT)) {
            throw new IllegalArgumentException(
                    printable(path) + " is not a volume path (/Volumes/<catalog>/<schema>/<volume>/…)");
        }
        List<String> segments = new ArrayList<>(split(text.substring(ROOT.length())));
        if (segments.size() < VOLUME_DEPTH) {
            throw new IllegalArgumentException(
                    printable(path) + " names no volume (/Volumes/<catalog>/<schema>/<volume>/…)");
        }
        segments.subList(0, VOLUME_DEPTH).replaceAll(name -> name.toLowerCase(Locale.ROOT));
        return new VolumePath(segments);
    }

    public static VolumePath of(String catalog, String schema, String volume) {
        for (String name : List.of(catalog, schema, volume)) {
            if (name.contains("/")) {
                throw new IllegalArgumentException(printable(name) + " is not the name of a catalog, schema or volume");
            }
        }
        return parse(ROOT + catalog + "/" + schema + "/" + volume);
    }

    /** @param child one name or several with slashes between, relative to this path */
    public VolumePath resolve(String child) {
        List<String> joined = new ArrayList<>(segments);
        joined.addAll(split(child));
        return new VolumePath(joined);
    }

    public String catalog() {
        return segments.get(0);
    }

    public String schema() {
        return segments.get(1);
    }

    public String volume() {
        return segments.get(2);
    }

    /** The volume that it is in. */
    public VolumePath root() {
        return new VolumePath(segments.subList(0, VOLUME_DEPTH));
    }

    /** The names below the volume, with slashes between; empty for the volume itself. */
    public String inVolume() {
        return String.join("/", segments.subList(VOLUME_DEPTH, segments.size()));
    }

    /** The last name of the path. */
    public String name() {
        return segments.get(segments.size() - 1);
    }

    /** The path as it goes into a URL, each name percent-encoded. */
    public String encoded() {
        return segments.stream().map(PercentEncoding::encode).collect(Collectors.joining("/", ROOT, ""));
    }

    private static List<String> split(String names) {
        String text = names.endsWith("/") ? names.substring(0, names.length() - 1) : names;
        return List.of(text.split("/", -1));
    }

    private static void check(String segment) {
        if (segment.isEmpty()) {
            throw new IllegalArgumentException("a volume path must not contain empty names");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("a volume path must not contain '" + segment + "'");
        }
        if (segment.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(printable(segment) + " contains control characters");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(segment)) {
            throw new IllegalArgumentException("a name in the volume path is not valid Unicode");
        }
    }

    private static String printable(String text) {
        return "'" + text.replaceAll("\\p{Cntrl}", "?") + "'";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumePath path && segments.equals(path.segments);
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    @Override
    public String toString() {
        return ROOT + String.join("/", segments);
    }
}
