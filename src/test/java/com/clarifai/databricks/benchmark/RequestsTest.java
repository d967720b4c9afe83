package com.clarifai.databricks.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.cli.CommandLineRunner;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The least that an import has to ask: a post for 128 inputs, a page of a list for 1,000, and a few at its beginning. */
class RequestsTest {

    private static final int INPUTS = 1200;
    private static final List<String> BY_BATCH = List.of("PostInputs", "StreamInputs", "ListInputs");
    private static final Load LOAD = new Load(INPUTS, 64, 1, 0, 0, 0, 0, 0, 0);

    @TempDir
    private Path folder;

    private List<Traffic.Event> events;

    @Test
    void aCleanImportOfRowsPostsEachBatchAndListsThemByTheThousand() throws Exception {
        assertFewest(run("csv"));
    }

    @Test
    void aCleanImportOfATableDoesTheSame() throws Exception {
        assertFewest(run("delta"));
    }

    @Test
    void aCleanImportOfAVolumeDoesTheSame() throws Exception {
        assertFewest(run("volume"));
    }

    /** A run that is killed has to know again what it has sent. */
    @Test
    void nothingIsPostedBeforeItsPageIsWrittenDown() throws Exception {
        run("volume", new Load(200, 64, 1, 0, 0, 0, 0, 300, 0));

        List<String> order = events.stream().map(Traffic.Event::call).distinct().toList();
        assertThat(order).containsSubsequence("SQL MERGE" + DrySql.CLAIM + DrySql.DONE, "PostInputs");
    }

    private static void assertFewest(Map<String, Long> calls) {
        assertThat(calls)
                .containsEntry("PostInputs", (INPUTS + 127L) / 128)
                .hasEntrySatisfying("StreamInputs", pages -> assertThat(pages).isLessThanOrEqualTo(INPUTS / 1000 + 1));
        // the last few hundred, and those of the first page that were sent before its first batch, are asked for by
        // their
        // ids, which is fewer than to look up each batch once
        assertThat(calls.getOrDefault("ListInputs", 0L)).as("%s", calls).isLessThan(calls.get("PostInputs"));
        assertThat(calls.entrySet().stream()
                        .filter(call -> !call.getKey().contains(" ") && !BY_BATCH.contains(call.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum())
                .as("%s", calls)
                .isLessThan(8);
    }

    private Map<String, Long> run(String flow) throws Exception {
        return run(flow, LOAD);
    }

    private Map<String, Long> run(String flow, Load load) throws Exception {
        try (StandIns standIns = new StandIns(load)) {
            Properties settings = new Properties();
            settings.putAll(standIns.settings());
            settings.put("runs.history", "false");
            Path config = folder.resolve("settings");
            try (Writer writer = Files.newBufferedWriter(config)) {
                settings.store(writer, null);
            }
            List<String> arguments = new ArrayList<>(List.of("--config", config.toString()));
            arguments.addAll(Benchmark.arguments(flow));
            assertThat(CommandLineRunner.run(arguments.toArray(String[]::new))).isZero();
            events = standIns.traffic().freshEvents();
            Map<String, Long> calls = new TreeMap<>();
            standIns.traffic().fresh().forEach((call, seen) -> calls.put(call, seen[0]));
            return calls;
        }
    }
}
