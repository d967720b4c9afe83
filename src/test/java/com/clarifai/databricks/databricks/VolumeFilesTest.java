package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.cutAfter;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.head;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.lost;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.clarifai.databricks.io.BytePool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class VolumeFilesTest {

    private static final VolumePath VOLUME = VolumePath.of("main", "default", "images");
    private static final VolumePath CAT = VOLUME.resolve("cat.jpg");
    private static final String GET_CAT = "GET /api/2.0/fs/files/Volumes/main/default/images/cat.jpg";
    private static final String HEAD_CAT = "HEAD /api/2.0/fs/files/Volumes/main/default/images/cat.jpg";
    private static final String PUT_CAT = "PUT /api/2.0/fs/files/Volumes/main/default/images/cat.jpg";
    private static final String LIST = "GET /api/2.0/fs/directories/Volumes/main/default/images";
    private static final String MODIFIED = "Sun, 01 Mar 2026 10:00:00 GMT";
    private static final byte[] IMAGE = randomBytes(300_000);

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();
    private final VolumeFiles files = new VolumeFiles(client);

    @TempDir
    Path directory;

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @Test
    void listsOneDirectoryPageByPageAlsoPastAnEmptyPage() {
        workspace
                .on(LIST + "?page_size=1000", page("t1", file("a.jpg"), directory("sub")))
                .on(LIST + "?page_size=1000&page_token=t1", json("{\"next_page_token\":\"t2\"}"))
                .on(LIST + "?page_size=1000&page_token=t2", page(null, file("b.jpg")));

        assertThat(files.list(VOLUME))
                .toIterable()
                .containsExactly(
                        new VolumeFile(VOLUME + "/a.jpg", "a.jpg", 7, Instant.ofEpochMilli(1772359200000L), false),
                        new VolumeFile(VOLUME + "/sub", "sub", 0, null, true),
                        new VolumeFile(VOLUME + "/b.jpg", "b.jpg", 7, Instant.ofEpochMilli(1772359200000L), false));
    }

    @Test
    void fetchesAPageOnlyWhenItIsReached() {
        workspace
                .on(LIST + "?page_size=1000", page("t1", file("a.jpg")))
                .on(LIST + "?page_size=1000&page_token=t1", page(null, file("b.jpg")));

        Iterator<VolumeFile> listing = files.listRecursively(VOLUME);
        assertThat(workspace.requests()).isEmpty();
        listing.next();
        assertThat(workspace.requests()).hasSize(1);
        listing.next();
        assertThat(workspace.requests()).hasSize(2);
    }

    @Test
    void refusesAListThatNeverEnds() {
        workspace.on(LIST, json("{\"next_page_token\":\"t\"}"));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> files.list(VOLUME).hasNext())
                .withMessageContaining("has no end");
    }

    @Test
    void descendsIntoDirectoriesAndPassesOverOnesThatVanish() {
        workspace
                .on(LIST, page(null, directory("sub"), file("a.jpg"), directory("gone"), directory("hash #1")))
                .on(LIST + "/sub", page(null, file("sub/b.jpg"), directory("sub/deep")))
                .on(LIST + "/sub/deep", page(null, file("sub/deep/c.jpg")))
                .on(LIST + "/gone", error(404, "NOT_FOUND", "no such directory"))
                .on(LIST + "/hash%20%231", page(null, file("hash #1/d.jpg")));

        assertThat(files.listRecursively(VOLUME))
                .toIterable()
                .extracting(VolumeFile::name)
                .containsExactlyInAnyOrder("a.jpg", "b.jpg", "c.jpg", "d.jpg");
    }

    @Test
    void givesDirectoriesThatItCannotEnterAsTheyAreAndGoesOn() {
        workspace
                .on(LIST, page(null, directory("secret"), directory("line\\rbreak"), directory("open")))
                .on(LIST + "/secret", error(403, "PERMISSION_DENIED", "no READ VOLUME"))
                .on(LIST + "/open", page(null, file("open/a.jpg")));

        assertThat(files.listRecursively(VOLUME))
                .toIterable()
                .extracting(VolumeFile::name, VolumeFile::directory)
                .containsExactlyInAnyOrder(tuple("secret", true), tuple("line\rbreak", true), tuple("a.jpg", false));
    }

    @Test
    void saysThatTheDirectoryToListIsMissing() {
        workspace.on(LIST, error(404, "NOT_FOUND", "no such directory"));

        DatabricksException failure = catchThrowableOfType(
                DatabricksException.class, () -> files.listRecursively(VOLUME).hasNext());

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("list /Volumes/main/default/images");
    }

    @Test
    void sendsAFileNameAsItIs() {
        String name = "100% #1 'été'+?.jpg";
        workspace.on(
                "GET /api/2.0/fs/files/Volumes/main/default/images/100%25%20%231%20%27%C3%A9t%C3%A9%27%2B%3F.jpg",
                bytes(IMAGE));

        assertThat(files.read(VOLUME.resolve(name), IMAGE.length, new BytePool())
                        .toByteArray())
                .isEqualTo(IMAGE);
    }

    @Test
    void readsAFileAgainWhoseAnswerBrokeOff() {
        workspace.on(GET_CAT, cutAfter(1000, IMAGE), lost(), bytes(IMAGE));

        assertThat(files.read(CAT, IMAGE.length, new BytePool()).toByteArray()).isEqualTo(IMAGE);
    }

    @Test
    void readsNoMoreThanItMay() {
        workspace.on(GET_CAT, bytes(IMAGE), exchange -> {
            exchange.sendResponseHeaders(200, 0); // chunked: the length is not announced
            exchange.getResponseBody().write(IMAGE);
        });

        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(FileTooLargeException.class)
                    .isThrownBy(() -> files.read(CAT, IMAGE.length - 1, new BytePool()))
                    .withMessageContaining("more than the 299999 bytes");
        }
    }

    @Test
    void readsAnEmptyFile() {
        workspace.on(GET_CAT, status(200).with("Content-Length", "0"));

        assertThat(files.read(CAT, 10, new BytePool()).toByteArray()).isEmpty();
    }

    @Test
    void opensAStreamOfWhichItSaysTheLength() throws IOException {
        workspace.on(GET_CAT, status(503), bytes(IMAGE));

        try (OpenedFile stream = files.open(CAT)) {
            assertThat(stream.length()).hasValue(IMAGE.length);
            assertThat(stream.readAllBytes()).isEqualTo(IMAGE);
            assertThat(stream.read()).as("the end, asked for again").isEqualTo(-1);
        }
    }

    @Test
    void findsAFileWithoutReadingIt() {
        workspace.on(HEAD_CAT, head(12).with("Last-Modified", MODIFIED), status(404));

        assertThat(files.find(CAT))
                .contains(new VolumeFile(CAT.toString(), "cat.jpg", 12, Instant.parse("2026-03-01T10:00:00Z"), false));
        assertThat(files.find(CAT)).isEmpty();
    }

    @Test
    void resumesADownloadWhereItBroke() {
        byte[] rest = Arrays.copyOfRange(IMAGE, 100_000, IMAGE.length);
        byte[] tail = Arrays.copyOfRange(rest, 50_000, rest.length);
        workspace.on(
                GET_CAT,
                cutAfter(100_000, IMAGE).with("Last-Modified", MODIFIED),
                cutAfter(206, 50_000, rest).with("Last-Modified", MODIFIED),
                bytes(206, tail).with("Last-Modified", MODIFIED));

        files.download(CAT, directory.resolve("new/cat.jpg"));

        assertThat(directory.resolve("new/cat.jpg")).hasBinaryContent(IMAGE);
        assertThat(workspace.requests())
                .extracting(request -> request.header("Range"), request -> request.header("If-Unmodified-Since"))
                .containsExactly(tuple(null, null), tuple("bytes=100000-", MODIFIED), tuple("bytes=150000-", MODIFIED));
        assertThat(directory.resolve("new")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void beginsADownloadAgainWhenTheServiceSendsItWhole() {
        workspace.on(GET_CAT, cutAfter(100_000, IMAGE).with("Last-Modified", MODIFIED), bytes(IMAGE));

        files.download(CAT, directory.resolve("cat.jpg"));

        assertThat(directory.resolve("cat.jpg")).hasBinaryContent(IMAGE);
    }

    @Test
    void beginsADownloadAgainWhenTheFileWasReplacedMeanwhile() {
        byte[] other = randomBytes(50_000);
        workspace.on(GET_CAT, cutAfter(100_000, IMAGE).with("Last-Modified", MODIFIED), status(412), bytes(other));

        files.download(CAT, directory.resolve("cat.jpg"));

        assertThat(directory.resolve("cat.jpg")).hasBinaryContent(other);
    }

    @Test
    void neverJoinsPartsThatMayBeOfTwoVersions() {
        workspace.on(GET_CAT, cutAfter(100_000, IMAGE), bytes(IMAGE));

        files.download(CAT, directory.resolve("cat.jpg"));

        assertThat(workspace.requests())
                .extracting(request -> request.header("Range"))
                .containsOnlyNulls();
        assertThat(directory.resolve("cat.jpg")).hasBinaryContent(IMAGE);
    }

    @Test
    void leavesTheOldFileAndNoPartWhenADownloadFails() throws IOException {
        Path target = Files.writeString(directory.resolve("cat.jpg"), "old");
        workspace.on(GET_CAT, cutAfter(100_000, IMAGE).with("Last-Modified", MODIFIED), status(403));

        assertThatThrownBy(() -> files.download(CAT, target)).isInstanceOf(DatabricksException.class);

        assertThat(target).hasContent("old");
        assertThat(directory).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void uploadsWithLengthAndChecksWhatArrived() {
        workspace.on(PUT_CAT, status(204)).on(HEAD_CAT, head(IMAGE.length));

        files.upload(CAT, IMAGE, true);

        Request put = workspace.requests("PUT").get(0);
        assertThat(put.target()).endsWith("cat.jpg?overwrite=true");
        assertThat(put.header("Content-Length")).isEqualTo("300000");
        assertThat(put.body()).isEqualTo(IMAGE);
    }

    @Test
    void sendsTheWholeBodyAgainWhenAnUploadIsRepeated() throws IOException {
        Path image = Files.write(directory.resolve("cat.jpg"), IMAGE);
        workspace
                .on(PUT_CAT, status(503).with("Retry-After", "1"), lost(), status(204))
                .on(HEAD_CAT, head(IMAGE.length));

        files.upload(CAT, image, true);
        files.upload(CAT, IMAGE, true);

        assertThat(workspace.requests("PUT"))
                .hasSize(4)
                .extracting(Request::body)
                .containsOnly(IMAGE);
    }

    @Test
    void repeatsAnUploadOfWhichBytesAreMissing() {
        workspace.on(PUT_CAT, status(204)).on(HEAD_CAT, head(0), head(IMAGE.length));

        files.upload(CAT, IMAGE, true);

        assertThat(workspace.requests("PUT")).hasSize(2);
    }

    @Test
    void readsSizesAndTimesThatComeAsStrings() {
        workspace.on(LIST, json("""
                        {"contents":[{"path":"/Volumes/main/default/images/a.jpg","name":"a.jpg","is_directory":false,
                         "file_size":"7","last_modified":"1772359200000"}]}"""));

        VolumeFile file = files.list(VOLUME).next();

        assertThat(file.size()).isEqualTo(7);
        assertThat(file.modifiedAt()).isEqualTo(Instant.ofEpochMilli(1772359200000L));
    }

    @Test
    void doesNotTakeASizeThatIsNotToldForZero() {
        workspace.on(LIST, json("""
                        {"contents":[{"path":"/Volumes/main/default/images/a.jpg","name":"a.jpg"}]}"""));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> files.list(VOLUME).next())
                .withMessageContaining("a.jpg")
                .withMessageContaining("file_size");
    }

    @Test
    void doesNotTakeAnUploadWhoseSizeIsNotToldForLost() {
        workspace.on(PUT_CAT, status(204)).on(HEAD_CAT, status(200));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> files.upload(CAT, IMAGE, true))
                .withMessageContaining("Content-Length");
        assertThat(workspace.requests("PUT")).hasSize(1);
    }

    @Test
    void failsAnUploadOfWhichBytesStayMissing() {
        workspace.on(PUT_CAT, status(204)).on(HEAD_CAT, head(5));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> files.upload(CAT, IMAGE, true))
                .withMessageContaining("300000 bytes were sent, 5 are there; gave up after 4 attempts");
    }

    @Test
    void takesItsOwnEarlierAttemptForSuccess() {
        workspace
                .on(PUT_CAT, status(504), error(409, "ALREADY_EXISTS", "exists"))
                .on(HEAD_CAT, head(IMAGE.length));

        files.upload(CAT, IMAGE, false);

        assertThat(workspace.requests("PUT")).hasSize(2);
    }

    @Test
    void doesNotTakeAnotherFileForItsOwnEarlierAttempt() {
        workspace
                .on(PUT_CAT, status(504), error(409, "ALREADY_EXISTS", "exists"))
                .on(HEAD_CAT, head(IMAGE.length + 1));

        assertThat(alreadyExists()).isEqualTo(Kind.ALREADY_EXISTS);
    }

    @Test
    void failsAtOnceWhereAFileIsAndMayNotBeReplaced() {
        workspace.on(PUT_CAT, error(409, "ALREADY_EXISTS", "exists")).on(HEAD_CAT, head(IMAGE.length));

        assertThat(alreadyExists()).isEqualTo(Kind.ALREADY_EXISTS);
        assertThat(workspace.requests()).hasSize(1);
    }

    private Kind alreadyExists() {
        return catchThrowableOfType(DatabricksException.class, () -> files.upload(CAT, IMAGE, false))
                .kind();
    }

    @Test
    void saysThatTheFileToUploadIsMissing() {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> files.upload(CAT, directory.resolve("none.jpg"), true))
                .withMessageContaining("none.jpg");
    }

    @Test
    void deletesAndTakesAFileThatIsGoneForDeleted() {
        workspace.on("DELETE /api/2.0/fs/files/Volumes/main/default/images/cat.jpg", lost(), status(404));

        files.delete(CAT);

        assertThat(workspace.requests("DELETE")).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void deletesADirectoryWithAllThatIsInIt() {
        workspace
                .on(LIST + "/run", page(null, directory("run/sub"), file("run/a.gz")), page(null))
                .on(LIST + "/run/sub", page(null, file("run/sub/b.gz")), page(null))
                .on("DELETE /api/2.0/fs/files/Volumes/main/default/images/run/a.gz", status(204))
                .on("DELETE /api/2.0/fs/files/Volumes/main/default/images/run/sub/b.gz", status(204))
                .on("DELETE /api/2.0/fs/directories/Volumes/main/default/images/run/sub", status(204))
                .on("DELETE /api/2.0/fs/directories/Volumes/main/default/images/run", status(204));

        files.deleteRecursively(VOLUME.resolve("run"));

        assertThat(workspace.requests("DELETE"))
                .extracting(request -> request.target().replaceAll(".*/images/", ""))
                .containsExactly("run/sub/b.gz", "run/sub", "run/a.gz", "run");
    }

    @Test
    void deletesAgainWhatCameWhileItDeleted() {
        workspace
                .on(LIST + "/run", page(null, file("run/a.gz")), page(null, file("run/b.gz")))
                .on("DELETE /api/2.0/fs/files/Volumes/main/default/images/run/a.gz", status(204))
                .on("DELETE /api/2.0/fs/files/Volumes/main/default/images/run/b.gz", status(204))
                .on(
                        "DELETE /api/2.0/fs/directories/Volumes/main/default/images/run",
                        error(400, "INVALID_PARAMETER_VALUE", "FILES_API_DIRECTORY_IS_NOT_EMPTY", "not empty"),
                        status(204));

        files.deleteRecursively(VOLUME.resolve("run"));

        assertThat(workspace.requests("DELETE")).hasSize(4);
    }

    @Test
    void takesAMissingDirectoryForDeleted() {
        workspace
                .on(LIST + "/run", error(404, "NOT_FOUND", "gone"))
                .on("DELETE /api/2.0/fs/directories/Volumes/main/default/images/run", status(404));

        files.deleteRecursively(VOLUME.resolve("run"));

        assertThat(workspace.requests("DELETE")).hasSize(1);
    }

    @Test
    void makesADirectory() {
        workspace.on("PUT /api/2.0/fs/directories/Volumes/main/default/images/run%3D1", lost(), status(204));

        files.makeDirectory(VOLUME.resolve("run=1"));

        assertThat(workspace.requests("PUT")).hasSize(2);
    }

    @Test
    void listsMoreThanAPageHolds() {
        int pages = 30;
        for (int i = 0; i < pages; i++) {
            int number = i;
            String query = "?page_size=1000" + (i == 0 ? "" : "&page_token=t" + i);
            workspace.on(
                    LIST + query,
                    page(
                            i == pages - 1 ? null : "t" + (i + 1),
                            IntStream.range(0, 1000)
                                    .mapToObj(n -> file(number + "-" + n + ".jpg"))
                                    .toArray(String[]::new)));
        }

        assertThat(Stream.iterate(files.listRecursively(VOLUME), Iterator::hasNext, listing -> listing)
                        .map(Iterator::next)
                        .map(VolumeFile::path)
                        .distinct())
                .hasSize(30_000);
    }

    private static Answer page(String nextToken, String... entries) {
        return json("{\"contents\":" + Stream.of(entries).collect(Collectors.joining(",", "[", "]"))
                + (nextToken == null ? "" : ",\"next_page_token\":\"" + nextToken + "\"") + "}");
    }

    private static String file(String path) {
        return "{\"path\":\"%s/%s\",\"name\":\"%s\",\"is_directory\":false,\"file_size\":7,\"last_modified\":1772359200000}"
                .formatted(VOLUME, path, path.substring(path.lastIndexOf('/') + 1));
    }

    private static String directory(String path) {
        return "{\"path\":\"%s/%s\",\"name\":\"%s\",\"is_directory\":true}"
                .formatted(VOLUME, path, path.substring(path.lastIndexOf('/') + 1));
    }

    private static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
