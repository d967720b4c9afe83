package com.clarifai.databricks.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of all cells, those of earlier runs of the suite, too: a run may be of some kinds or seeds only. The cell of a
 * flow, fault and seed that is run again replaces the earlier one.
 */
final class FaultTable {

    /** Flow, fault and seed come first. */
    private static final int KEY = 3;

    private static final List<String> TITLES = List.of(
            "flow",
            "fault",
            "seeds",
            "runs",
            "faults",
            "rows in",
            "accounted for",
            "duplicates",
            "lost",
            "hung",
            "left over",
            "failed");

    private final Map<List<String>, List<Long>> cells =
            new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));

    /** @param kept lines of {@link Cell#line()}; others are passed over */
    FaultTable(List<String> kept) {
        kept.forEach(this::add);
    }

    static FaultTable in(Path file) throws IOException {
        return new FaultTable(Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    void add(String line) {
        List<String> values = Arrays.stream(
                        line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
                .map(String::strip)
                .toList();
        if (values.size() != TITLES.size() || !values.get(KEY).matches("\\d+")) {
            return;
        }
        List<Long> counts = values.subList(KEY, values.size() - 1).stream()
                .map(Long::valueOf)
                .collect(Collectors.toList());
        counts.add(values.get(values.size() - 1).isEmpty() ? 0L : 1L);
        cells.put(values.subList(0, KEY), counts);
    }

    /** A line each, in the form of {@link Cell#line()}. */
    String cells() {
        StringBuilder lines = new StringBuilder(Cell.header());
        cells.forEach((key, counts) -> lines.append("| ")
                .append(String.join(" | ", key))
                .append(counts.subList(0, counts.size() - 1).stream()
                        .map(count -> " | " + count)
                        .collect(Collectors.joining()))
                .append(counts.get(counts.size() - 1) == 0 ? " |  |\n" : " | FAILED |\n"));
        return lines.toString();
    }

    /** Flow by fault, with the sums over all seeds. */
    String summary() {
        Map<String, List<List<Long>>> groups = new TreeMap<>();
        cells.forEach(
                (key, counts) -> groups.computeIfAbsent(key.get(0) + " | " + key.get(1), group -> new ArrayList<>())
                        .add(counts));
        StringBuilder table = new StringBuilder("| " + String.join(" | ", TITLES) + " |\n");
        table.append("| --- ".repeat(TITLES.size())).append("|\n");
        groups.forEach((group, ofSeeds) -> table.append("| ")
                .append(group)
                .append(" | ")
                .append(ofSeeds.size())
                .append(sums(ofSeeds))
                .append(" |\n"));
        return table.toString();
    }

    private static String sums(List<List<Long>> ofSeeds) {
        StringBuilder sums = new StringBuilder();
        for (int i = 0; i < ofSeeds.get(0).size(); i++) {
            int column = i;
            sums.append(" | ")
                    .append(ofSeeds.stream()
                            .mapToLong(counts -> counts.get(column))
                            .sum());
        }
        return sums.toString();
    }
}
