package com.clarifai.databricks.flow.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.source.VolumeRows;
import com.clarifai.databricks.model.InputColumns;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriedFilesTest {

    private static final Instant MODIFIED = Instant.parse("2026-03-01T12:00:00Z");
    private static final String FOLDER = "/Volumes/main/default/photos/";
    private static final long MICROS = MODIFIED.getEpochSecond() * 1_000_000;

    private final TriedFiles tried = new TriedFiles();

    @Test
    void aDryRunEndsFilesAsThePlanOfARunWould() {
        List<Map<String, Object>> tracked = List.of(
                tracked("done.png", "PROCESSED", 5),
                tracked("bad.png", "REJECTED", 5),
                tracked("mended.png", "REJECTED", 4),
                tracked("halfway.png", "PENDING", 5));

        assertThat(compare(tracked, false))
                .containsEntry("new.png", "undecided")
                .containsEntry("empty.png", "REJECTED")
                .containsEntry("done.png", "EXISTING")
                .containsEntry("bad.png", "REJECTED")
                .containsEntry("mended.png", "undecided")
                .containsEntry("halfway.png", "undecided");
        assertThat(compare(tracked, true))
                .containsEntry("done.png", "undecided")
                .containsEntry("bad.png", "undecided")
                .containsEntry("empty.png", "REJECTED");
        assertThat(compare(tracked, false, true))
                .as("only what was rejected is tried again")
                .containsEntry("done.png", "EXISTING")
                .containsEntry("bad.png", "undecided")
                .containsEntry("empty.png", "REJECTED");
    }

    @Test
    void withoutATableEveryGoodFileIsUndecided() {
        assertThat(compare(List.of(), false))
                .containsEntry("done.png", "undecided")
                .containsEntry("empty.png", "REJECTED");
    }

    /** Another run would send it under another id, and it would be there twice. */
    @Test
    void aFileThatIsSentAgainGoesUnderTheIdThatItHasBeenTrackedUnder() {
        List<VolumeFile> files = List.of(
                new VolumeFile(FOLDER + "halfway.png", "halfway.png", 5, MODIFIED, false),
                new VolumeFile(FOLDER + "new.png", "new.png", 5, MODIFIED, false));

        assertThat(tried.compare(
                        List.of(tracked("halfway.png", "PENDING", 5)),
                        new VolumeRows().of(files, null, null, false, null),
                        false,
                        false))
                .extracting(row -> row.get(InputColumns.INPUT_ID))
                .startsWith("id-halfway.png")
                .doesNotContainNull();
    }

    private Map<String, String> compare(List<Map<String, Object>> tracked, boolean verify) {
        return compare(tracked, verify, false);
    }

    private Map<String, String> compare(List<Map<String, Object>> tracked, boolean verify, boolean retry) {
        List<VolumeFile> files =
                List.of("new.png", "empty.png", "done.png", "bad.png", "mended.png", "halfway.png").stream()
                        .map(name ->
                                new VolumeFile(FOLDER + name, name, name.equals("empty.png") ? 0 : 5, MODIFIED, false))
                        .toList();
        Map<String, String> ends = new HashMap<>();
        for (Map<String, Object> row :
                tried.compare(tracked, new VolumeRows().of(files, null, null, false, null), verify, retry)) {
            String name = row.get(InputColumns.SOURCE_URI).toString().substring(FOLDER.length());
            ends.put(name, String.valueOf(row.getOrDefault(InputColumns.OUTCOME, "undecided")));
            assertThat(row.get(InputColumns.STATUS) == null).isEqualTo(row.get(InputColumns.OUTCOME) == null);
        }
        return ends;
    }

    private static Map<String, Object> tracked(String name, String status, long size) {
        return Map.of(
                InputColumns.SOURCE_URI, FOLDER + name,
                InputColumns.INPUT_ID, "id-" + name,
                InputColumns.STATUS, status,
                InputColumns.SOURCE_SIZE, size,
                InputColumns.SOURCE_MODIFIED_AT, MICROS);
    }

    @Test
    void theFilesOfAPageAreAskedForByTheirAddressAndEachIsTrackedOnce() {
        List<Map<String, Object>> rows = new VolumeRows()
                .of(List.of(new VolumeFile(FOLDER + "a.png", "a.png", 5, MODIFIED, false)), null, null, false, null);
        assertThat(tried.uris(rows)).isEqualTo("[\"" + FOLDER + "a.png\"]");

        // a table that was made by hand may have a file twice
        List<Map<String, Object>> twice = List.of(tracked("a.png", "PROCESSED", 5), tracked("a.png", "REJECTED", 5));
        assertThat(tried.compare(twice, rows, false, false).get(0)).containsEntry(InputColumns.OUTCOME, "EXISTING");
    }
}
