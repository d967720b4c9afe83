package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.io.PooledBytes;
import com.clarifai.databricks.model.ImageLimits;
import com.clarifai.databricks.model.InputColumns;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.google.common.collect.Lists;
import com.google.common.collect.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of this machine, for whoever sits at its keyboard. */
class LocalFilesTest {

    @TempDir
    private Path folder;

    private final LocalFiles files = new LocalFiles();
    private final Run run = new Run("run-1", "import-folder").withLocalFiles();

    @Test
    void aRunThatThePageOrAScheduleHasStartedIsRefusedThemAll() throws IOException {
        String uri = write("a.csv", "x");
        CsvFile file = new CsvFile(uri, null, "a.csv", 1, false);
        List<Map<String, Object>> rows = List.of(row(uri));

        for (Run refused : Lists.newArrayList(new Run("run-2", "import-csv"), null)) {
            assertThatThrownBy(() -> LocalFiles.csv(refused, uri)).hasMessageContaining("on its command line only");
            assertThatThrownBy(() -> files.open(refused, file)).hasMessageContaining("on its command line only");
            assertThatThrownBy(() -> files.list(refused, LocalPath.uri(folder)))
                    .hasMessageContaining("on its command line only");
            assertThatThrownBy(() -> files.read(refused, rows)).hasMessageContaining("on its command line only");
        }
        assertThat(rows.get(0)).doesNotContainKey("image_bytes");
    }

    @Test
    void aFileIsTakenWhateverItIsCalled() throws IOException {
        String uri = write("rows.txt", "inputid");

        assertThat(LocalFiles.csv(run, uri))
                .toIterable()
                .containsExactly(
                        new CsvFile(uri, null, folder.resolve("rows.txt").toString(), 7, false));
        try (InputStream in = files.open(run, new CsvFile(uri, null, "rows.txt", 7, false))) {
            assertThat(in).hasContent("inputid");
        }
    }

    @Test
    void ofAFolderAllCsvFilesBelowItAreTakenAndOfAPatternThoseThatMatch() throws IOException {
        write("a.csv", "x");
        write("deep/er/b.csv", "x");
        write("c.txt", "x");

        assertThat(names(LocalPath.uri(folder) + "/")).containsExactlyInAnyOrder("a.csv", "deep/er/b.csv");
        assertThat(run.get(Count.FILES_SKIPPED)).isEqualTo(1);
        assertThat(names(LocalPath.uri(folder) + "/*.txt")).containsExactly("c.txt");
        assertThat(LocalFiles.csv(run, LocalPath.uri(folder) + "/*.csv").next().listed())
                .isTrue();
    }

    @Test
    void whatIsNotThereIsToldByItsName() {
        String gone = LocalPath.uri(folder.resolve("gone.csv"));

        assertThatThrownBy(() -> files.open(run, new CsvFile(gone, null, "gone.csv", 1, false)))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessage(gone + " is not there");
        assertThatThrownBy(() -> files.list(run, LocalPath.uri(folder.resolve("none"))))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessageContaining("none is not there");
        assertThatThrownBy(() -> files.list(run, LocalPath.uri(folder.getRoot().resolve("dev/null"))))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessageContaining("cannot be read");
    }

    @Test
    void filesAreListedWithSizeAndTimeAsTablesKeepIt() throws IOException {
        Instant modified = Instant.parse("2026-03-01T12:00:00.123456Z");
        Path file = LocalPath.of(write("deep/a.jpg", "abc"));
        Files.setLastModifiedTime(file, FileTime.from(modified));

        assertThat(files.list(run, LocalPath.uri(folder)))
                .toIterable()
                .containsExactly(new VolumeFile(
                        LocalPath.uri(file), "a.jpg", 3, Instant.parse("2026-03-01T12:00:00.123Z"), false));
    }

    /** They may lead in a circle, or nowhere. */
    @Test
    void linksToFilesAreFollowedAndThoseToFoldersAreNot() throws IOException {
        write("deep/a.jpg", "abc");
        Files.createSymbolicLink(folder.resolve("link.jpg"), folder.resolve("deep/a.jpg"));
        Files.createSymbolicLink(folder.resolve("circle"), folder);
        Files.createSymbolicLink(folder.resolve("nowhere"), folder.resolve("gone"));

        assertThat(files.list(run, LocalPath.uri(folder)))
                .toIterable()
                .extracting(VolumeFile::name)
                .containsExactlyInAnyOrder("a.jpg", "link.jpg");
    }

    @Test
    void rowsGetTheBytesOfTheirFilesUnlessTheyHaveEndedAlready() throws IOException {
        Map<String, Object> picture = row(write("a.jpg", "abc"));
        Map<String, Object> ended = row(write("b.jpg", "abc"));
        ended.put("status", "REJECTED");

        files.read(run, List.of(picture, ended));

        assertThat(((PooledBytes) picture.get(InputColumns.IMAGE_BYTES)).size()).isEqualTo(3);
        assertThat(ended).doesNotContainKey("image_bytes");
    }

    @Test
    void aFileThatCannotBeUsedIsARejectedRowWithItsReason() throws IOException {
        Map<String, Object> empty = row(write("empty.jpg", ""));
        Map<String, Object> gone = row(LocalPath.uri(folder.resolve("gone.jpg")));
        Map<String, Object> large = row(sized("large.jpg", ImageLimits.MAX_BYTES));
        Map<String, Object> largest = row(sized("largest.jpg", ImageLimits.MAX_BYTES - 1L));

        files.read(run, List.of(empty, gone, large, largest));

        assertThat(empty).containsEntry("status", "REJECTED").doesNotContainKey("unread");
        assertThat(empty.get("status_message")).asString().endsWith("empty.jpg is empty");
        assertThat(gone).containsEntry("status", "REJECTED").containsEntry("unread", true);
        assertThat(gone.get("status_message")).asString().endsWith("gone.jpg is not there");
        assertThat(large.get("status_message")).asString().contains("has 20 MB or more");
        assertThat(largest).doesNotContainKey("status").containsKey("image_bytes");
    }

    private List<String> names(String source) {
        String prefix = LocalPath.uri(folder) + "/";
        return Streams.stream(LocalFiles.csv(run, source))
                .map(file -> file.uri().substring(prefix.length()))
                .toList();
    }

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        return LocalPath.uri(file);
    }

    private String sized(String name, long size) throws IOException {
        Path file = folder.resolve(name);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(size);
        }
        return LocalPath.uri(file);
    }

    private static Map<String, Object> row(String uri) {
        return new HashMap<>(Map.of(InputColumns.SOURCE_URI, uri));
    }
}
