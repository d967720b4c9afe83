package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeRowsTest {

    private final VolumeRows volumeRows = new VolumeRows();
    private final Run run = new Run("run", "import-volume");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.jpg",
                "a.JPG",
                "a.jpeg",
                "a.Png",
                "a.tif",
                "a.TIFF",
                "a.webp",
                "a.bmp",
                "a.gif",
                "_DSC0001.jpg",
                "a.jfif"
            })
    void imageOfAnyFormatAndCaseIsARow(String name) {
        assertThat(rows(null, false, file(name, 10))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.txt", "a.jpg.json", "jpg", "a.", "a.svg", "a.heic", "a.avif", "README"})
    void otherFilesAreLeftOut(String name) {
        assertThat(rows(null, false, file(name, 10))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cats/._a.jpg",
                ".hidden.jpg",
                "__MACOSX/cats/a.jpg",
                "cats/.ipynb_checkpoints/a.jpg",
                "@eaDir/a.jpg/thumb.jpg",
                "$RECYCLE.BIN/a.jpg"
            })
    void filesOfSystemsAreLeftOutUnlessTheirFolderIsAskedFor(String path) {
        assertThat(rows(null, true, file(path, 10))).isEmpty();

        String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        assertThat(volumeRows.of(List.of(file(folder + "/a.jpg", 10)), null, null, true, folder))
                .hasSize(1);
    }

    @Test
    void whatIsLeftOutIsSaidButNotWhatAFilterLeavesOut() {
        rows("*.png", false, file("._a.png", 10), file("b.heic", 10), file("c.jpg", 10));

        assertThat(run.notes().lines())
                .containsExactly(
                        "left out 1, hidden, or made by systems for themselves: /Volumes/c/s/v/._a.png",
                        "left out 1, no picture of a format that Clarifai takes, by the ends of their names:"
                                + " /Volumes/c/s/v/b.heic");
    }

    @Test
    void folderThatCannotBeListedIsARejectedRow() {
        VolumeFile folder = new VolumeFile("/Volumes/c/s/v/secret", "secret", 0, null, true);

        assertThat(rows("*.jpg", true, folder, file("a.jpg", 1)))
                .extracting("status")
                .containsExactly("REJECTED", "PENDING");
    }

    @ParameterizedTest
    @CsvSource({"0, REJECTED, empty", "19999999, PENDING,", "20000000, REJECTED, 20.0 MB", "26214400, REJECTED, 26.2 MB"
    })
    void sizeThatClarifaiRefusesIsRejectedBeforeAnyUpload(long size, String status, String reason) {
        Map<String, Object> row = rows(null, false, file("a.jpg", size)).get(0);

        assertThat(row).containsEntry("status", status);
        if (reason == null) {
            assertThat(row).containsEntry("status_message", null);
        } else {
            assertThat((String) row.get("status_message")).contains(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "*.png, b.png",
        "cats/*.jpg, cats/a.jpg",
        "cats/**/*.jpg, cats/a.jpg;cats/old/a.jpg",
        "**/old/*, cats/old/a.jpg",
        "A.JPG, "
    })
    void filterMatchesTheNameOrWithASlashThePath(String filter, String matching) {
        List<Map<String, Object>> rows =
                rows(filter, false, file("cats/a.jpg", 1), file("cats/old/a.jpg", 1), file("b.png", 1));

        assertThat(rows)
                .extracting(row -> ((String) row.get("source_uri")).substring("/Volumes/c/s/v/".length()))
                .containsExactlyInAnyOrder(matching == null ? new String[0] : matching.split(";"));
    }

    @Test
    void folderOfTheFileIsItsConceptWhenAskedFor() {
        List<Map<String, Object>> rows = rows(null, true, file("animals/cats/a.jpg", 1), file("b.jpg", 1));

        assertThat(rows.get(0)).containsEntry("concepts", List.of(Map.of("id", "cats", "name", "cats", "value", 1f)));
        assertThat(rows.get(1)).doesNotContainKey("concepts");
        assertThat(rows(null, false, file("cats/a.jpg", 1)).get(0)).doesNotContainKey("concepts");
    }

    private List<Map<String, Object>> rows(String filter, boolean labelFromFolder, VolumeFile... files) {
        return volumeRows.of(List.of(files), run, filter, labelFromFolder, null);
    }

    private static VolumeFile file(String path, long size) {
        return new VolumeFile(
                "/Volumes/c/s/v/" + path, path.substring(path.lastIndexOf('/') + 1), size, Instant.EPOCH, false);
    }

    @Test
    void namesThatLookTheSameAreFilesOfTheirOwnAndFoldersOneConcept() {
        List<Map<String, Object>> rows = rows(
                null,
                true,
                file("caf\u00e9/\u00fcber.jpg", 1),
                file("cafe\u0301/u\u0308ber.jpg", 1),
                file("caf\u00e9/A.jpg", 1),
                file("caf\u00e9/a.jpg", 1));

        assertThat(rows).extracting("input_id").doesNotHaveDuplicates().contains("A", "a");
        assertThat(rows).extracting("concepts").containsOnly(rows.get(0).get("concepts"));
    }
}
