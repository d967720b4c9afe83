package com.clarifai.databricks.flow.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.CapturedLog;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.DatasetRead;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.ImageFolder;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Where the images of an export go, and which files of others stay as they are. */
class ImageFilesTest {

    private static final String FOLDER = "/Volumes/main/default/pictures/cats";
    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, 0, 0, 0};

    private final ImageFiles images = new ImageFiles();
    private final Run run = new Run("run-1", "export-annotations");
    private final Map<String, Object> row = new HashMap<>(Map.of("input_id", "i1", "input_created_at", CREATED));

    @BeforeEach
    void exportImages() {
        run.read(new DatasetRead(IfExists.merge, false, null));
        run.dataset().writeImages(new ImageFolder(FOLDER, null, true));
    }

    @Test
    void theFolderIsTheVolumeOrAPathInIt() {
        assertThat(ImageFiles.folder("pictures", null, "main", "default"))
                .hasToString("/Volumes/main/default/pictures");
        assertThat(ImageFiles.folder("other.schema.pictures", "", "main", "default"))
                .hasToString("/Volumes/other/schema/pictures");
        assertThat(ImageFiles.folder("pictures", "cats/young", "main", "default"))
                .hasToString("/Volumes/main/default/pictures/cats/young");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFiles.folder("pictures", "../elsewhere", "main", "default"))
                .withMessageContaining("'..'");
    }

    /** In a folder that was empty no file needs to be looked for. */
    @Test
    void aFileIsExpectedWhereTheFolderHeldSomeAndClarifaiHasSaidTheFormat() {
        row.put("image_info", "{\"format\":\"PNG\"}");
        assertThat(images.announcedPath(run, row)).isEqualTo(FOLDER + "/i1.png");

        images.noteEarlierFiles(run, Collections.emptyIterator());
        assertThat(images.announcedPath(run, row)).isNull();

        images.noteEarlierFiles(run, List.of(file(1, CREATED)).iterator());
        assertThat(images.announcedPath(run, row)).isEqualTo(FOLDER + "/i1.png");

        row.remove("image_info");
        assertThat(images.announcedPath(run, row)).isNull();
    }

    @Test
    void theNameHasTheFormatThatTheBytesShow() {
        row.put("image_info", "{\"format\":\"JPEG\"}");

        assertThat(images.path(run, row, PNG)).isEqualTo(FOLDER + "/i1.png");
        assertThat(images.size(PNG)).isEqualTo(12);
    }

    @Test
    void onlyFilesThatARowNamesAreOwnUnlessForced() {
        Set<Object> own = images.paths(List.of(Map.of("image_path", "a"), Map.of("image_path", "b")));

        assertThat(own).containsExactlyInAnyOrder("a", "b");
        assertThat(images.isOwn("a", own, null)).isTrue();
        assertThat(images.isOwn("c", own, false)).isFalse();
        assertThat(images.isOwn("c", null, null)).isFalse();
        assertThat(images.isOwn("c", null, true)).isTrue();
        assertThat(images.ids(List.of(Map.of("input_id", "x"), Map.of("input_id", "y"))))
                .isEqualTo("[\"x\",\"y\"]");
    }

    @Test
    void aFileFromBeforeItsInputIsNoCopyOfIt() {
        assertThat(ImageFiles.unchangedSize(row, file(7, CREATED))).isEqualTo(7);
        assertThat(ImageFiles.unchangedSize(row, file(7, CREATED.minusMillis(1))))
                .isNull();
        assertThat(ImageFiles.unchangedSize(row, file(7, null))).isNull();
        assertThat(ImageFiles.unchangedSize(row, null)).isNull();
        row.remove("input_created_at");
        assertThat(ImageFiles.unchangedSize(row, file(7, CREATED))).isNull();
    }

    @Test
    void whatWasWrittenOrWasThereIsCountedAndNamedInItsRow() {
        images.written(run, row, "a");
        assertThat(row).containsEntry("image_path", "a");
        images.existing(run, row, "b");
        assertThat(row).containsEntry("image_path", "b");

        assertThat(run.get(Count.IMAGES)).isEqualTo(1);
        assertThat(run.get(Count.IMAGES_EXISTING)).isEqualTo(1);
        assertThat(run.get(Count.IMAGES_FAILED)).isZero();
    }

    @Test
    void anImageThatFailedHasItsReasonAndNoPathAndForgesNoLineOfTheLog() {
        row.put("image_path", "a");
        row.put("input_id", "i1\nERROR forged");
        try (CapturedLog log = new CapturedLog(ImageFiles.class.getName())) {
            images.failed(run, row, new IllegalStateException("no answer"));

            assertThat(log.messages())
                    .containsExactly("The image of input i1?ERROR forged was not exported: no answer");
        }
        assertThat(row).containsEntry("image_error", "no answer").doesNotContainKey("image_path");
        assertThat(run.get(Count.IMAGES_FAILED)).isEqualTo(1);
    }

    @Test
    void anotherFileInTheWayIsKeptUnlessItIsTheSameImage() {
        images.inTheWay(run, row, 7, "a", file(7, CREATED));
        assertThat(row).containsEntry("image_path", "a");
        assertThat(run.get(Count.IMAGES_EXISTING)).isEqualTo(1);

        images.inTheWay(run, row, 8, "a", file(7, CREATED));
        assertThat(row.get("image_error"))
                .asString()
                .contains("a is another file")
                .contains("force");
        images.inTheWay(run, row, 7, "a", file(7, CREATED.minusSeconds(1)));
        assertThat(run.get(Count.IMAGES_FAILED)).isEqualTo(2);
        assertThat(run.get(Count.IMAGES_EXISTING)).isEqualTo(1);
    }

    @Test
    void aDryRunTellsWhichFilesItWouldWrite() {
        List<String> told = new ArrayList<>();
        run.listTo(intention -> told.add(intention.line()));

        images.wouldWrite(run, row, FOLDER + "/i1.png", null);
        images.wouldWrite(run, row, null, null);
        images.wouldWrite(run, row, FOLDER + "/i1.png", file(7, CREATED));

        assertThat(told)
                .containsExactly("would write image i1 to " + FOLDER + "/i1.png", "would write image i1 to " + FOLDER);
        assertThat(run.get(Count.IMAGES)).isEqualTo(2);
        assertThat(run.get(Count.IMAGES_EXISTING)).isEqualTo(1);
    }

    @Test
    void filesOfEarlierRunsAreLookedUpOnlyWhereATableNamesThemAndTheFolderHeldSome() {
        ImageFolder folder = new ImageFolder(FOLDER, null, true);
        assertThat(folder.hasOwn()).isFalse();

        ImageFolder named = folder.namedBy(new TableName("main", "default", "inputs"));
        assertThat(named.hasOwn()).isTrue();
        assertThat(named.path()).isEqualTo(FOLDER);
        assertThat(named.usedBefore(false).hasOwn()).isFalse();
    }

    private static VolumeFile file(long size, Instant modified) {
        return new VolumeFile(FOLDER + "/i1.png", "i1.png", size, modified, false);
    }
}
