package com.clarifai.databricks.component.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.VolumeFile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the kamelet of the volume source makes of files; the rest is shown with VolumeRows. */
class ImageFileRowsTest {

    private static final String VOLUME = "/Volumes/main/default/photos/";

    private static VolumeFile file(String path, long size) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return new VolumeFile(VOLUME + path, name, size, Instant.EPOCH, false);
    }

    @Test
    void rowsHaveIdsThatNoOtherFileHas() {
        List<Map<String, Object>> rows = rows(false, file("a.png", 10), file("notes.txt", 10), file("x/a.png", 10));

        assertThat(rows).hasSize(2).allSatisfy(row -> assertThat(row)
                .doesNotContainKeys("status", "status_message", ImageFileRows.UNIQUE_ID)
                .hasEntrySatisfying("input_id", id -> assertThat((String) id).matches("a-[0-9a-f]{16}")));
        assertThat(rows).extracting(row -> row.get("input_id")).doesNotHaveDuplicates();
    }

    @Test
    void aFileThatClarifaiWouldNotTakeIsARejectedRowAndOneThatIsNoImageNone() {
        assertThat(rows(false, file("empty.png", 0))).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("status", "REJECTED")
                .containsEntry("outcome", "REJECTED")
                .containsEntry("status_message", "the file is empty"));
        assertThat(rows(false, file("a.txt", 5))).isEmpty();
    }

    @Test
    void theFolderMayBeTheConcept() {
        assertThat(rows(true, file("cat/a.png", 1))).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("concepts", List.of(Map.of("id", "cat", "name", "cat", "value", 1f))));
    }

    private static List<Map<String, Object>> rows(boolean labelFromFolder, VolumeFile... files) {
        return new ImageFileRows().untracked(List.of(files), labelFromFolder);
    }
}
