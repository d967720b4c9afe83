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
 * What came of all cells, those of earlier runs of the suite, too: a run may be of some kinds or seeds only. Of each is
 * known which build it was run with. The cell of a flow, fault and seed that is run again replaces the earlier one.
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

    private record Kept(List<Long> counts, String build) {}

    private final Map<List<String>, Kept> cells =
            new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));

    /** @param kept what {@link #cells()} has given; other lines are passed over */
    FaultTable(List<String> kept) {
        kept.forEach(this::add);
    }

    static FaultTable in(Path file) throws IOException {
        return new FaultTable(Files.exists(file) ? Files.readAllLines(file) : List.of());
    }

    /** @param build what it was run with */
    void add(Cell cell, String build) {
        add(cell.line().strip() + " " + build + " |");
    }

    private void add(String line) {
        List<String> values = Arrays.stream(
                        line.strip().replaceAll("^\\||\\|$", "").split("\\|", -1))
                .map(String::strip)
                .toList();
        int build = TITLES.size();
        if (values.size() != build + 1 || !values.get(KEY).matches("\\d+")) {
            return;
        }
        List<Long> counts =
                values.subList(KEY, build - 1).stream().map(Long::valueOf).collect(Collectors.toList());
        counts.add(values.get(build - 1).isEmpty() ? 0L : 1L);
        cells.put(values.subList(0, KEY), new Kept(counts, values.get(build)));
    }

    /** Whether it has come out well, with whatever build. */
    boolean hasWell(FaultFlow flow, Disturbance disturbance, long seed) {
        Kept kept = cells.get(List.of(flow.title(), disturbance.title(), String.valueOf(seed)));
        return kept != null && kept.counts().get(kept.counts().size() - 1) == 0;
    }

    /** A line each, in the form of {@link Cell#line()}, and the build. */
    String cells() {
        StringBuilder lines = new StringBuilder(
                Cell.header().replace(" | |\n", " | | build |\n").replace(" --- |\n", " --- | --- |\n"));
        cells.forEach((key, kept) -> lines.append("| ")
                .append(String.join(" | ", key))
                .append(kept.counts().subList(0, kept.counts().size() - 1).stream()
                        .map(count -> " | " + count)
                        .collect(Collectors.joining()))
                .append(kept.counts().get(kept.counts().size() - 1) == 0 ? " |  | " : " | FAILED | ")
                .append(kept.build())
                .append(" |\n"));
        return lines.toString();
    }

    /** Flow by fault, with the sums over all seeds. */
    String summary() {
        Map<String, List<List<Long>>> groups = new TreeMap<>();
        cells.forEach((key, kept) -> groups.computeIfAbsent(key.get(0) + " | " + key.get(1), group -> new ArrayList<>())
                .add(kept.counts()));
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

    /** How many of the cells were run with which build, in a sentence. */
    String builds() {
        return cells.values().stream()
                .collect(Collectors.groupingBy(Kept::build, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(build -> build.getValue() + " with " + build.getKey())
                .collect(Collectors.joining(", ", cells.size() + " cells: ", "."));
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
