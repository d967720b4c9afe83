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
    private static final Load LOAD = new Load(INPUTS, 64, 1, 0, 0, 0, 0, 0);

    @TempDir
    private Path folder;

    @Test
    void aCleanImportOfRowsPostsEachBatchAndListsThemByTheThousand() throws Exception {
        assertFewest(run("csv"));
    }

    @Test
    void aCleanImportOfAVolumeDoesTheSame() throws Exception {
        assertFewest(run("volume"));
    }

    private static void assertFewest(Map<String, Long> calls) {
        assertThat(calls)
                .containsEntry("PostInputs", (INPUTS + 127L) / 128)
                .hasEntrySatisfying("StreamInputs", pages -> assertThat(pages).isLessThanOrEqualTo(INPUTS / 1000 + 1));
        long others = calls.entrySet().stream()
                .filter(call -> !call.getKey().contains(" "))
                .filter(call -> !List.of("PostInputs", "StreamInputs").contains(call.getKey()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        // the last few hundred are asked for by their ids, which is fewer than to look up each batch once
        assertThat(others).as("%s", calls).isLessThan(calls.get("PostInputs"));
    }

    private Map<String, Long> run(String flow) throws Exception {
        try (StandIns standIns = new StandIns(LOAD)) {
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
            Map<String, Long> calls = new TreeMap<>();
            standIns.traffic().fresh().forEach((call, seen) -> calls.put(call, seen[0]));
            return calls;
        }
    }
}
