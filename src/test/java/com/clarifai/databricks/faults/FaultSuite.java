package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.clarifai.databricks.it.RestartableSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each flow, disturbed in each way at moments that a seed decides, and then run once more in peace, ends as one that nobody
 * has disturbed. {@code -Dfaults.seeds=8 -Dfaults.seed=1 -Dfaults.flows=export,update -Dfaults.kinds=kill,cut} choose;
 * {@code -Dfaults.missing} leaves out what has come out well before, and with {@code -Dfaults.minutes=7} none begins later.
 */
@Tag("faults")
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FaultSuite {

    /** On docs/faults.md, above the table. */
    private static final String TABLE = "<!-- made by FaultSuite -->";

    private static final Path CELLS = Path.of("docs", "faults-seeds.md");

    private final Sabotage sabotage = Sabotage.chosen();
    private final Instant end = Instant.now().plus(Duration.ofMinutes(Integer.getInteger("faults.minutes", 600)));
    private final String build = build();
    private RestartableSandbox services;
    private DisturbedFlows disturbed;
    private FaultTable table;

    @BeforeAll
    void services(@TempDir Path folder) throws IOException {
        services = new RestartableSandbox(folder);
        disturbed = new DisturbedFlows(services, sabotage);
        table = FaultTable.in(CELLS);
    }

    /** The commit, with a + when something but the documentation differs from it. */
    private static String build() {
        String commit = git("describe", "--always", "--exclude=*");
        return commit.isEmpty()
                ? "unknown"
                : commit
                        + (git("status", "--porcelain", "-uno", "--", ".", ":!docs")
                                        .isEmpty()
                                ? ""
                                : "+");
    }

    /** What git says; nothing where there is none. */
    private static String git(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("git"));
            command.addAll(List.of(arguments));
            Process git = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
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

    /** One seed after the other, so that what is begun has all flows and kinds with the same number of seeds. */
    static Stream<Arguments> cells() {
        long first = Long.getLong("faults.seed", System.currentTimeMillis() % 1_000_000);
        List<FaultFlow> flows = chosen("faults.flows", FaultFlow.values(), FaultFlow::title);
        List<Disturbance> kinds = chosen("faults.kinds", Disturbance.values(), Disturbance::title);
        return Stream.iterate(first, seed -> seed + 1)
                .limit(Integer.getInteger("faults.seeds", 1))
                .flatMap(seed ->
                        kinds.stream().flatMap(kind -> flows.stream().map(flow -> Arguments.of(flow, kind, seed))));
    }

    @ParameterizedTest(name = "{0} {1} seed {2}")
    @MethodSource("cells")
    void aDisturbedFlowThatIsRunOnceMoreEndsAsOneThatNobodyHasDisturbed(
            FaultFlow flow, Disturbance disturbance, long seed) {
        assumeThat(Boolean.getBoolean("faults.missing") && isWell(flow, disturbance, seed))
                .as("it has come out well before")
                .isFalse();
        assumeThat(Instant.now()).as("none begins later").isBefore(end);
        Instant begin = Instant.now();

        Cell cell = disturbed.disturb(flow, disturbance, seed);

        System.out.println(cell.line().strip() + " "
                + Duration.between(begin, Instant.now()).toSeconds() + " s");
        keep(cell);
        assertThat(cell.well()).as(cell.toString()).isEqualTo(sabotage == Sabotage.NONE);
    }

    private synchronized boolean isWell(FaultFlow flow, Disturbance disturbance, long seed) {
        return table.hasWell(flow, disturbance, seed);
    }

    private synchronized void keep(Cell cell) {
        if (sabotage != Sabotage.NONE) {
            return;
        }
        table.add(cell, build);
        try {
            Files.writeString(CELLS, """
                    # Each cell of the fault suite

                    What [the suite](faults.md) adds up, with the commit that it was run with; a + means that something \
                    differed from it. Made by the suite.

                    """ + table.cells());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void page() throws IOException {
        services.close();
        if (sabotage != Sabotage.NONE) {
            return;
        }
        System.out.println(table.summary());
        Path page = Path.of("docs", "faults.md");
        String text = Files.readString(page);
        Files.writeString(
                page,
                text.substring(0, text.indexOf(TABLE)) + TABLE + "\n\n" + table.builds() + "\n\n" + table.summary());
    }
}
