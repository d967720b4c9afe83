package com.clarifai.databricks.flow.cluster;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.json.JsonText;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a run has found out before its job takes over, for a process that takes the run over when this one is killed: a file
 * beside the staged rows.
 *
 * @param parameters of the run, as JSON
 * @param startedAt when it began, by the clock of its machine
 * @param counted how many inputs the dataset had before it was read; null where none is read, or Clarifai does not tell
 * @param counts those that are not zero
 * @param reported what its summary names
 * @param readAs how its files were read, with the number of files
 * @param notes what else there is to say of them
 * @param incomplete why rows of its files are missing; null when none are
 * @param copy name of the table that it has read a table through, in the schema of its tables; null without one
 */
record RunSoFar(
        String parameters,
        Instant startedAt,
        Long counted,
        Map<Count, Long> counts,
        List<Count> reported,
        Map<String, Long> readAs,
        List<String> notes,
        String incomplete,
        String copy) {

    static RunSoFar of(Run run, Long counted) {
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            if (run.get(count) != 0) {
                counts.put(count, run.get(count));
            }
        }
        return new RunSoFar(
                run.history().parameters(),
                run.startedAt(),
                counted,
                counts,
                Arrays.stream(Count.values()).filter(run::reports).toList(),
                run.notes().readAs(),
                run.notes().others(),
                run.notes().incomplete(),
                run.copy() == null ? null : run.copy().table().table());
    }

    /** @throws JsonProcessingException when it is none */
    static RunSoFar parse(byte[] json) throws JsonProcessingException {
        return JsonText.value(new String(json, StandardCharsets.UTF_8), RunSoFar.class);
    }

    byte[] json() {
        return JsonText.of(this).getBytes(StandardCharsets.UTF_8);
    }

    /** Has another run go on from there. */
    void goOn(Run run) {
        run.goOnFrom(startedAt);
        run.report(reported.toArray(Count[]::new));
        counts.forEach((count, number) -> run.add(count, number - run.get(count)));
        run.notes().takeOver(readAs, notes, incomplete);
    }
}
