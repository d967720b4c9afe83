package com.clarifai.databricks.component.databricks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.VolumeFile;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the kamelet of the volume source makes of files; the rest is shown with VolumeRows. */
class ImageFileRowsTest {

    private static final String VOLUME = "/Volumes/main/default/photos/";

    private static VolumeFile file(String path, long size) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return new VolumeFile(VOLUME + path, name, size, Instant.EPOCH, false);
    }

    @Test
    void batchesOfRowsWithIdsThatNoOtherFileHasAreMadeAsTheyAreAskedFor() {
        Iterator<VolumeFile> files = Stream.of("a.png", "notes.txt", "x/a.png", "b.png")
                .map(path -> file(path, 10))
                .iterator();
        Iterator<List<Map<String, Object>>> batches = new ImageFileRows().untracked(files, "", false, 2);

        List<Map<String, Object>> first = batches.next();

        assertThat(files.hasNext()).as("read no further than the batch").isTrue();
        assertThat(first).hasSize(2).allSatisfy(row -> assertThat(row)
                .doesNotContainKeys("status", "status_message", ImageFileRows.UNIQUE_ID)
                .hasEntrySatisfying("input_id", id -> assertThat((String) id).matches("a-[0-9a-f]{16}")));
        assertThat(first).extracting(row -> row.get("input_id")).doesNotHaveDuplicates();
        assertThat(batches.next()).extracting(row -> row.get("source_uri")).containsExactly(VOLUME + "b.png");
        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void aFileThatClarifaiWouldNotTakeIsARejectedRowAndAFolderWithoutImagesNoBatch() {
        List<Map<String, Object>> rows = new ImageFileRows()
                .untracked(Stream.of(file("empty.png", 0)).iterator(), "", false, 2)
                .next();

        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("status", "REJECTED")
                .containsEntry("outcome", "REJECTED")
                .containsEntry("status_message", "the file is empty"));
        assertThat(new ImageFileRows()
                        .untracked(Stream.of(file("a.txt", 5)).iterator(), "", false, 2)
                        .hasNext())
                .isFalse();
    }

    @Test
    void aFilterAndTheFolderAsConceptHoldHereToo() {
        List<Map<String, Object>> rows = new ImageFileRows()
                .untracked(Stream.of(file("cat/a.png", 1), file("dog/a.jpg", 1)).iterator(), "cat/*.png", true, 9)
                .next();

        assertThat(rows).singleElement().satisfies(row -> assertThat(row)
                .containsEntry("concepts", List.of(Map.of("id", "cat", "name", "cat", "value", 1f))));
    }
}
