package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.RestartableSandbox;
import com.clarifai.databricks.it.Sandbox;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each flow, disturbed in each way at moments that a seed decides, and then run once more in peace, ends as one that nobody
 * has disturbed. {@code -Dfaults.seeds=8 -Dfaults.seed=1 -Dfaults.flows=export,update -Dfaults.kinds=kill,cut} choose.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
class FaultSuite {

    private final List<Cell> cells = new ArrayList<>();
    private final Map<FaultFlow, List<String>> undisturbed = new EnumMap<>(FaultFlow.class);
    private final Map<FaultFlow, Integer> usualMillis = new EnumMap<>(FaultFlow.class);
    private RestartableSandbox services;

    @BeforeAll
    void undisturbedRuns(@TempDir Path folder) {
        services = new RestartableSandbox(folder);
        Sandbox sandbox = services.sandbox();
        for (FaultFlow flow : flows()) {
            flow.prepareOnce(sandbox);
            Place place = place(flow, "calm");
            Runs runs = new Runs(services, flow, place, 0);
            begin(flow, place, runs);
            long begin = System.nanoTime();
            runs.run(flow.command(place, "rows"));
            usualMillis.put(flow, (int) ((System.nanoTime() - begin) / 1_000_000));
            undisturbed.put(flow, flow.state(place));
            assertThat(undisturbed.get(flow)).as("what there is to compare").hasSizeGreaterThan(90);
        }
    }

    private Place place(FaultFlow flow, String name) {
        return new Place(
                services.sandbox(), "f-" + flow.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + name);
    }

    private static void begin(FaultFlow flow, Place place, Runs runs) {
        flow.prepare(place);
        flow.before(place).forEach(runs::run);
        flow.change(place);
    }

    private static List<FaultFlow> flows() {
        List<String> titles = chosen("faults.flows");
        return Stream.of(FaultFlow.values())
                .filter(flow -> titles.isEmpty() || titles.contains(flow.title()))
                .toList();
    }

    private static List<String> chosen(String property) {
        String list = System.getProperty(property, "");
        return list.isBlank() ? List.of() : Arrays.asList(list.split(","));
    }

    static Stream<Arguments> cells() {
        List<String> kinds = chosen("faults.kinds");
        long first = Long.getLong("faults.seed", System.currentTimeMillis() % 1_000_000);
        return Stream.of(Disturbance.values())
                .filter(kind -> kinds.isEmpty() || kinds.contains(kind.name().toLowerCase(Locale.ROOT)))
                .flatMap(kind -> flows().stream().flatMap(flow -> Stream.iterate(first, seed -> seed + 1)
                        .limit(Integer.getInteger("faults.seeds", 1))
                        .map(seed -> Arguments.of(flow, kind, seed))));
    }

    @ParameterizedTest(name = "{0} {1} seed {2}")
    @MethodSource("cells")
    void aDisturbedFlowThatIsRunOnceMoreEndsAsOneThatNobodyHasDisturbed(
            FaultFlow flow, Disturbance disturbance, long seed) {
        Place place = place(flow, disturbance.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + seed);
        Runs runs = new Runs(services, flow, place, usualMillis.get(flow));

        Cell cell;
        try {
            cell = end(flow, disturbance, seed, place, runs);
        } catch (IllegalStateException e) {
            cell = Cell.broken(flow, disturbance, seed, runs, e.getMessage());
        }
        cells.add(cell);
        System.out.print(cell.line());

        assertThat(cell.well()).as(cell.toString()).isTrue();
    }

    private Cell end(FaultFlow flow, Disturbance disturbance, long seed, Place place, Runs runs) {
        begin(flow, place, runs);
        TreeSet<String> before = place.leftOvers();
        disturbance.disturb(runs, new Random(seed * 31 + flow.ordinal()));

        JsonNode summary = runs.run(flow.command(place, "rows"));

        List<String> state = flow.state(place);
        List<String> expected = flow.expected(place, runs, undisturbed.get(flow));
        TreeSet<String> leftOver = place.leftOvers();
        leftOver.removeAll(before);
        return new Cell(
                flow,
                disturbance,
                seed,
                runs.processes(),
                runs.faults(),
                FaultFlow.read(summary),
                FaultFlow.accounted(summary),
                Cell.without(expected, state),
                Cell.without(state, expected),
                runs.hung(),
                runs.untold(List.copyOf(leftOver)),
                null);
    }

    @AfterAll
    void table() throws IOException {
        services.close();
        StringBuilder table = new StringBuilder(Cell.header());
        cells.forEach(cell -> table.append(cell.line()));
        System.out.println(table);
        Files.writeString(Path.of("target", "faults.md"), table);
    }
}
