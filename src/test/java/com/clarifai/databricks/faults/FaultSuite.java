package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.RestartableSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
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

    /** On docs/faults.md, above the table. */
    private static final String TABLE = "<!-- made by FaultSuite -->";

    private final Sabotage sabotage = Sabotage.chosen();
    private final List<Cell> cells = new ArrayList<>();
    private RestartableSandbox services;
    private DisturbedFlows disturbed;

    @BeforeAll
    void undisturbedRuns(@TempDir Path folder) {
        services = new RestartableSandbox(folder);
        disturbed = new DisturbedFlows(services, sabotage);
        flows().forEach(disturbed::runInPeace);
    }

    private static List<FaultFlow> flows() {
        return chosen("faults.flows", FaultFlow.values(), FaultFlow::title);
    }

    /** Those that a property names, with commas, or all. */
    private static <T> List<T> chosen(String property, T[] all, Function<T, String> title) {
        String list = System.getProperty(property, "");
        if (list.isBlank()) {
            return List.of(all);
        }
        return Stream.of(list.split(","))
                .map(name -> Stream.of(all)
                        .filter(one -> title.apply(one).equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(property + ": " + name + " is none of "
                                + Arrays.stream(all).map(title).toList())))
                .toList();
    }

    static Stream<Arguments> cells() {
        long first = Long.getLong("faults.seed", System.currentTimeMillis() % 1_000_000);
        return chosen("faults.kinds", Disturbance.values(), Disturbance::title).stream()
                .flatMap(kind -> flows().stream().flatMap(flow -> Stream.iterate(first, seed -> seed + 1)
                        .limit(Integer.getInteger("faults.seeds", 1))
                        .map(seed -> Arguments.of(flow, kind, seed))));
    }

    @ParameterizedTest(name = "{0} {1} seed {2}")
    @MethodSource("cells")
    void aDisturbedFlowThatIsRunOnceMoreEndsAsOneThatNobodyHasDisturbed(
            FaultFlow flow, Disturbance disturbance, long seed) {
        Cell cell = disturbed.disturb(flow, disturbance, seed);
        cells.add(cell);
        System.out.print(cell.line());

        assertThat(cell.well()).as(cell.toString()).isEqualTo(sabotage == Sabotage.NONE);
    }

    @AfterAll
    void table() throws IOException {
        services.close();
        if (sabotage != Sabotage.NONE) {
            return;
        }
        Path kept = Path.of("target", "faults.md");
        FaultTable table = FaultTable.in(kept);
        cells.forEach(cell -> table.add(cell.line()));
        Files.writeString(kept, table.cells());
        System.out.println(table.summary());
        Path page = Path.of("docs", "faults.md");
        String text = Files.readString(page);
        Files.writeString(page, text.substring(0, text.indexOf(TABLE)) + TABLE + "\n\n" + table.summary());
    }
}
