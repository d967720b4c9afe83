package com.clarifai.databricks.mapping;

import com.clarifai.databricks.model.UnreadableSourceException;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which column of a file or table is which {@link ImportColumn}. Names are compared without regard to case and to spaces
 * around them.
 */
public final class ImportColumns {

    private static final String KNOWN =
            Arrays.stream(ImportColumn.values()).map(ImportColumn::columnName).collect(Collectors.joining(", "));

    /** A comma that is not between back-ticks. */
    private static final Pattern SEPARATOR = Pattern.compile(",(?=(?:[^`]*`[^`]*`)*[^`]*$)");

    /** So many are named in messages, and so much of each. */
    private static final int NAMED = 30;

    private static final int MAX_SHOWN = 60;

    private final Map<ImportColumn, String> names;
    private final List<String> unknown;

    private ImportColumns(Map<ImportColumn, String> names, List<String> unknown) {
        this.names = names;
        this.unknown = unknown;
    }

    /**
     * @param found the names of all columns, in order
     * @param mapping for files whose columns are called otherwise: {@code inputid=id,input=url}; a name with a comma stands
     *     between back-ticks; may be null
     * @throws UnreadableSourceException when a name is there twice, or a mandatory or mapped column is not there
     * @throws IllegalArgumentException when the mapping is not one
     */
    public static ImportColumns of(Collection<String> found, String mapping) {
        Map<String, String> byKey = new LinkedHashMap<>();
        for (String name : found) {
            if (byKey.putIfAbsent(key(name), name) != null) {
                throw new UnreadableSourceException("The column " + name.strip() + " is there twice; the columns are: "
                        + list(found) + ". Rename or remove one of them");
            }
        }
        Map<ImportColumn, String> wanted = wanted(mapping);
        Map<ImportColumn, String> names = new EnumMap<>(ImportColumn.class);
        for (ImportColumn column : ImportColumn.values()) {
            String mapped = wanted.get(column);
            String name = byKey.get(mapped == null ? column.columnName() : key(mapped));
            if (name != null) {
                names.put(column, name);
            } else if (mapped != null) {
                throw new UnreadableSourceException("There is no column " + mapped + " to take as "
                        + column.columnName() + "; the columns are: " + list(found));
            } else if (column.mandatory()) {
                throw new UnreadableSourceException("There is no column " + column.columnName() + "; the columns are: "
                        + list(found) + ". If it has another name, map it: " + column.columnName() + "=<column>");
            }
        }
        List<String> unknown =
                found.stream().filter(name -> !names.containsValue(name)).toList();
        return new ImportColumns(names, unknown);
    }

    /**
     * The names of those that are there, where others may be missing and nothing has to be right yet.
     *
     * @param mapping as of {@link #of}
     * @throws IllegalArgumentException when the mapping is not one
     */
    public static Map<ImportColumn, String> proposed(Collection<String> found, String mapping) {
        Map<ImportColumn, String> wanted = wanted(mapping);
        Map<ImportColumn, String> names = new EnumMap<>(ImportColumn.class);
        for (ImportColumn column : ImportColumn.values()) {
            String name = key(wanted.getOrDefault(column, column.columnName()));
            found.stream()
                    .filter(other -> key(other).equals(name))
                    .findFirst()
                    .ifPresent(other -> names.put(column, other));
        }
        return names;
    }

    /** The columns that an import leaves out, as they are called; empty when it takes all. */
    public String unknown() {
        return unknown.isEmpty() ? "" : list(unknown);
    }

    /** The columns that an import takes, as they are called. */
    public Collection<String> names() {
        return names.values();
    }

    /** Those of them that tell which row it is. */
    public Collection<String> identity() {
        return List.of(names.get(ImportColumn.INPUTID), names.get(ImportColumn.INPUT));
    }

    /** What the column is called, or null when it is not there. */
    String name(ImportColumn column) {
        return names.get(column);
    }

    /** The value of the column in a row keyed by the names as they were found; null when there is none. */
    public Object value(ImportColumn column, Map<String, ?> row) {
        String name = names.get(column);
        Object value = name == null ? null : row.get(name);
        return MissingValues.isMissing(value) ? null : value;
    }

    private static Map<ImportColumn, String> wanted(String mapping) {
        Map<ImportColumn, String> wanted = new EnumMap<>(ImportColumn.class);
        if (mapping == null || mapping.isBlank()) {
            return wanted;
        }
        for (String entry : SEPARATOR.split(mapping)) {
            String[] pair = entry.split("=", 2);
            if (pair.length != 2 || pair[1].isBlank()) {
                throw new IllegalArgumentException(
                        "A column mapping looks like inputid=id,input=url, not like " + mapping);
            }
            ImportColumn column = Arrays.stream(ImportColumn.values())
                    .filter(candidate -> candidate.columnName().equals(key(pair[0])))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "The columns that can be mapped are " + KNOWN + ", and not " + pair[0].strip()));
            if (wanted.put(column, unquoted(pair[1].strip())) != null) {
                throw new IllegalArgumentException("The column " + column.columnName() + " is mapped twice");
            }
        }
        return wanted;
    }

    private static String unquoted(String name) {
        boolean quoted = name.length() > 2 && name.startsWith("`") && name.endsWith("`");
        return quoted ? name.substring(1, name.length() - 1).replace("``", "`") : name;
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private static String list(Collection<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String listed =
                names.stream().limit(NAMED).map(ImportColumns::shortened).collect(Collectors.joining(", "));
        return names.size() > NAMED ? listed + " and " + (names.size() - NAMED) + " more" : listed;
    }

    private static String shortened(String name) {
        String text = name.strip();
        return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
    }
}
