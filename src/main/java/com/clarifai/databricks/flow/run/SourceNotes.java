package com.clarifai.databricks.flow.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to say of the files of a run beside its counts: how they were read, what was left out, what went wrong.
 * A few of each kind are named, the others counted. Safe for use by several threads.
 */
public final class SourceNotes {

    private static final int NAMED = 5;
    private static final int KINDS = 20;

    private final Map<String, Long> dialects = new LinkedHashMap<>();
    private final Map<String, Named> left = new LinkedHashMap<>();
    private final Map<String, Named> warnings = new LinkedHashMap<>();
    private final List<String> taken = new ArrayList<>();
    private String transfer;
    private String incomplete;

    private static final class Named {
        private final List<String> names = new ArrayList<>();
        private long count;

        void add(String name) {
            if (count++ < NAMED) {
                // a name may hold line breaks, and a note is one line
                names.add(name.replaceAll("\\p{Cntrl}", "?"));
            }
        }

        @Override
        public String toString() {
            return String.join(", ", names) + (count > names.size() ? " and " + (count - names.size()) + " more" : "");
        }
    }

    /** How pictures get to Clarifai, and why so. */
    public synchronized void transferBy(String way) {
        transfer = way;
    }

    /** A file was read to its end in this way. */
    public synchronized void readAs(String dialect) {
        if (dialects.size() < KINDS || dialects.containsKey(dialect)) {
            dialects.merge(dialect, 1L, Long::sum);
        }
    }

    /** A file was not looked at. */
    public synchronized void leftOut(String why, String name) {
        left.computeIfAbsent(why, key -> new Named()).add(name);
    }

    /** @param what to be said of a file, the same words for all files that it is true of */
    public synchronized void warn(String what, String name) {
        if (warnings.size() < KINDS || warnings.containsKey(what)) {
            warnings.computeIfAbsent(what, key -> new Named()).add(name);
        }
    }

    /** Rows of a file are missing: the run is to fail in the end. */
    public synchronized void incomplete(String problem) {
        incomplete = incomplete == null ? problem : incomplete;
    }

    /** The first file of which rows are missing, and why; null when there is none. */
    public synchronized String incomplete() {
        return incomplete;
    }

    /** Each of the ways in which files were read, {@code UTF-8, comma, quotes doubled}, with the number of files. */
    public synchronized Map<String, Long> readAs() {
        return new LinkedHashMap<>(dialects);
    }

    /** All in words, a line each. */
    public synchronized List<String> lines() {
        return lines(true);
    }

    /** What another run has noted, whose work this one goes on with; its other notes stand as they are. */
    public synchronized void takeOver(Map<String, Long> readAs, List<String> others, String problem) {
        dialects.putAll(readAs);
        taken.addAll(others);
        incomplete = problem;
    }

    /** All in words but how files were read. */
    public synchronized List<String> others() {
        List<String> lines = new ArrayList<>(taken);
        if (transfer != null) {
            lines.add("transfer: " + transfer);
        }
        addLeftAndWarnings(lines);
        return lines;
    }

    /** @param transferred whether it is to be told how pictures get to Clarifai */
    public synchronized List<String> lines(boolean transferred) {
        List<String> lines = new ArrayList<>();
        if (transfer != null && transferred) {
            lines.add("transfer: " + transfer);
        }
        dialects.forEach((dialect, files) ->
                lines.add("read as: " + dialect + (dialects.size() > 1 || files > 1 ? " (" + files + " files)" : "")));
        addLeftAndWarnings(lines);
        taken.stream().filter(line -> !lines.contains(line)).forEach(lines::add);
        return lines;
    }

    private void addLeftAndWarnings(List<String> lines) {
        left.forEach((why, files) -> lines.add("left out " + files.count + ", " + why + ": " + files));
        warnings.forEach((what, files) -> lines.add("warning: " + what + ": " + files));
    }
}
