package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {

    private static final String FILES = "/api/2.0/fs/files/Volumes/main/default/photos";
    private static final String DIRECTORIES = "/api/2.0/fs/directories/Volumes/main/default/photos";

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 26_214_400})
    void givesBackWhatWasPut(int size) throws Exception {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);

        HttpResponse<byte[]> put = put("/new/folder/file.bin", bytes);
        HttpResponse<byte[]> got = workspace.get(FILES + "/new/folder/file.bin");
        HttpResponse<byte[]> head = workspace.call("HEAD", FILES + "/new/folder/file.bin", null);

        assertThat(put.statusCode()).isEqualTo(204);
        assertThat(Arrays.equals(got.body(), bytes)).isTrue();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("content-length")).hasValue(size);
        assertThat(head.headers().firstValue("last-modified"))
                .isEqualTo(got.headers().firstValue("last-modified"))
                .isPresent();
    }

    @Test
    void tellsSizesAsStringsWhenItIsToldTo() throws Exception {
        workspace.call("PUT", "/api/2.0/fs/files/Volumes/main/default/photos/seven", "1234567");
        workspace.call("POST", "/sandbox/settings?int64-as-string=1", null);

        JsonNode entry = json(workspace.get("/api/2.0/fs/directories/Volumes/main/default/photos"))
                .at("/contents/0");

        assertThat(entry.path("file_size").isTextual()).isTrue();
        assertThat(entry.path("file_size").asText()).isEqualTo("7");
    }

    @Test
    void overwritesOnlyWhenAsked() throws Exception {
        put("/a.txt", "old".getBytes());

        HttpResponse<byte[]> refused = put("/a.txt", "new".getBytes());
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(json(refused).path("error_code").textValue()).isEqualTo("ALREADY_EXISTS");
        assertThat(workspace.get(FILES + "/a.txt").body()).asString().isEqualTo("old");

        assertThat(put("/a.txt?overwrite=true", "new".getBytes()).statusCode()).isEqualTo(204);
        assertThat(workspace.get(FILES + "/a.txt").body()).asString().isEqualTo("new");
    }

    @Test
    void ofManyWritersThatMayNotOverwriteOneSucceeds() throws Exception {
        List<CompletableFuture<HttpResponse<byte[]>>> answers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            answers.add(workspace
                    .client()
                    .sendAsync(
                            workspace
                                    .request(FILES + "/raced.txt")
                                    .PUT(HttpRequest.BodyPublishers.ofString("writer " + i))
                                    .build(),
                            HttpResponse.BodyHandlers.ofByteArray()));
        }

        assertThat(answers.stream().map(answer -> answer.join().statusCode()))
                .containsOnlyOnce(204)
                .containsOnly(204, 409);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=2-4, 206, cde, bytes 2-4/10",
        "bytes=7-, 206, hij, bytes 7-9/10",
        "bytes=-2, 206, ij, bytes 8-9/10",
        "bytes=5-99, 206, fghij, bytes 5-9/10"
    })
    void answersARangeWithThatPart(String range, int status, String part, String contentRange) throws Exception {
        put("/a.txt", "abcdefghij".getBytes());

        HttpResponse<byte[]> got =
                workspace.send(workspace.request(FILES + "/a.txt").header("Range", range));

        assertThat(got.statusCode()).isEqualTo(status);
        assertThat(got.body()).asString().isEqualTo(part);
        assertThat(got.headers().firstValue("content-range")).hasValue(contentRange);
    }

    @Test
    void refusesARangeBehindTheEnd() throws Exception {
        put("/a.txt", "abc".getBytes());

        HttpResponse<byte[]> got =
                workspace.send(workspace.request(FILES + "/a.txt").header("Range", "bytes=3-"));

        assertThat(got.statusCode()).isEqualTo(416);
        assertThat(got.headers().firstValue("content-range")).hasValue("bytes */3");
    }

    @Test
    void doesNotSendAFileThatChangedSince() throws Exception {
        put("/a.txt", "abc".getBytes());
        Files.setLastModifiedTime(
                workspace.photos().resolve("a.txt"), FileTime.from(Instant.parse("2026-03-01T12:00:00Z")));

        assertThat(workspace
                        .send(workspace
                                .request(FILES + "/a.txt")
                                .header("If-Unmodified-Since", "Sun, 01 Mar 2026 12:00:00 GMT"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(workspace
                        .send(workspace
                                .request(FILES + "/a.txt")
                                .header("If-Unmodified-Since", "Sun, 01 Mar 2026 11:59:59 GMT"))
                        .statusCode())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @CsvSource({
        "/with%20space.jpg, with space.jpg",
        "/plus+and%2Bplus.jpg, plus+and+plus.jpg",
        "/caf%C3%A9.jpg, café.jpg",
        "/100%25.jpg, 100%.jpg",
        "/semi;colon=1.jpg, semi;colon=1.jpg",
        "/what%3F%23.jpg, what?#.jpg",
        "/MiXeD.JPG, MiXeD.JPG"
    })
    void decodesEachSegmentOnce(String path, String name) throws Exception {
        assertThat(put(path, "x".getBytes()).statusCode()).isEqualTo(204);

        assertThat(workspace.photos().resolve(name)).exists();
        assertThat(workspace.get(FILES + path).body()).asString().isEqualTo("x");
        assertThat(json(workspace.get(DIRECTORIES))
                        .path("contents")
                        .path(0)
                        .path("path")
                        .textValue())
                .isEqualTo("/Volumes/main/default/photos/" + name);
    }

    @Test
    void knowsVolumesInAnyCase() throws Exception {
        put("/a.txt", "x".getBytes());

        assertThat(workspace
                        .get("/api/2.0/fs/files/Volumes/MAIN/Default/Photos/a.txt")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../other/x", "/%2e%2e/x", "/..%2Fx", "/a/%2E%2E/%2e%2e/x", "/a//x", "/.", "/nul%00"})
    void refusesPathsThatLeaveTheVolumeOrAreNoPaths(String path) throws Exception {
        HttpResponse<byte[]> response = put(path, "x".getBytes());

        assertThat(response.statusCode()).isEqualTo(400);
        try (var entries = Files.list(workspace.photos())) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void deletesAFileOnce() throws Exception {
        put("/a.txt", "x".getBytes());

        assertThat(workspace.call("DELETE", FILES + "/a.txt", null).statusCode())
                .isEqualTo(204);
        assertThat(workspace.call("DELETE", FILES + "/a.txt", null).statusCode())
                .isEqualTo(404);
        assertThat(workspace.get(FILES + "/a.txt").statusCode()).isEqualTo(404);
        assertThat(workspace.call("HEAD", FILES + "/a.txt", null).statusCode()).isEqualTo(404);
    }

    @Test
    void makesAndRemovesDirectories() throws Exception {
        assertThat(workspace.call("PUT", DIRECTORIES + "/a/b", null).statusCode())
                .isEqualTo(204);
        assertThat(workspace.call("PUT", DIRECTORIES + "/a/b", null).statusCode())
                .isEqualTo(204);
        assertThat(workspace.call("HEAD", DIRECTORIES + "/a/b", null).statusCode())
                .isEqualTo(200);

        HttpResponse<byte[]> notEmpty = workspace.call("DELETE", DIRECTORIES + "/a", null);
        assertThat(notEmpty.statusCode()).isEqualTo(400);
        assertThat(json(notEmpty).path("error_code").textValue()).isEqualTo("INVALID_PARAMETER_VALUE");
        assertThat(json(notEmpty).at("/details/0/reason").textValue()).isEqualTo("FILES_API_DIRECTORY_IS_NOT_EMPTY");
        assertThat(json(notEmpty).at("/details/0/@type").textValue()).endsWith("google.rpc.ErrorInfo");
        assertThat(json(notEmpty).at("/details/1/request_id").textValue())
                .isEqualTo(notEmpty.headers().firstValue("x-request-id").orElseThrow());

        assertThat(workspace.call("DELETE", DIRECTORIES + "/a/b", null).statusCode())
                .isEqualTo(204);
        assertThat(workspace.call("HEAD", DIRECTORIES + "/a/b", null).statusCode())
                .isEqualTo(404);
        put("/file", "x".getBytes());
        assertThat(workspace.call("PUT", DIRECTORIES + "/file", null).statusCode())
                .isEqualTo(409);
        assertThat(put("/file/below", "x".getBytes()).statusCode()).isEqualTo(409);
    }

    @Test
    void listsTwentyThousandEntriesInPagesWithoutReadingThemAgainForEach() throws Exception {
        Path large = Files.createDirectory(workspace.photos().resolve("large"));
        for (int i = 0; i < 20_000; i++) {
            Files.createFile(large.resolve("%05d.jpg".formatted(i)));
        }
        Files.createDirectory(large.resolve("zz"));

        List<String> names = new ArrayList<>();
        int pages = 0;
        String token = "";
        JsonNode last = null;
        while (token != null) {
            JsonNode page = json(workspace.get(
                    DIRECTORIES + "/large?page_size=1000" + (token.isEmpty() ? "" : "&page_token=" + token)));
            for (JsonNode entry : page.path("contents")) {
                names.add(entry.path("name").textValue());
                last = entry;
            }
            token = page.path("next_page_token").textValue();
            pages++;
        }

        assertThat(pages).isEqualTo(21);
        assertThat(names).hasSize(20_001).isSorted().doesNotHaveDuplicates();
        assertThat(last.path("is_directory").booleanValue()).isTrue();
        assertThat(last.has("file_size")).isFalse();
    }

    @Test
    void showsAChangeInTheNextListing() throws Exception {
        put("/a.txt", "abc".getBytes());
        Files.setLastModifiedTime(workspace.photos(), FileTime.from(Instant.parse("2026-03-01T12:00:00Z")));
        JsonNode before = json(workspace.get(DIRECTORIES)).path("contents");
        put("/b.txt", "x".getBytes());
        JsonNode after = json(workspace.get(DIRECTORIES)).path("contents");

        assertThat(before.findValuesAsText("name")).containsExactly("a.txt");
        assertThat(before.path(0).path("file_size").longValue()).isEqualTo(3);
        assertThat(before.path(0).path("last_modified").longValue())
                .isEqualTo(Files.getLastModifiedTime(workspace.photos().resolve("a.txt"))
                        .toMillis());
        assertThat(after.findValuesAsText("name")).containsExactly("a.txt", "b.txt");
    }

    @Test
    void refusesPagesAboveAThousand() throws Exception {
        assertThat(workspace.get(DIRECTORIES + "?page_size=1001").statusCode()).isEqualTo(400);
    }

    @Test
    void aVolumeWithoutWritePrivilegeCanOnlyBeRead() throws Exception {
        String locked = "/Volumes/samples/pictures/locked";

        assertThat(workspace.get("/api/2.0/fs/directories" + locked).statusCode())
                .isEqualTo(200);
        assertThat(workspace
                        .call("PUT", "/api/2.0/fs/files" + locked + "/x", "x")
                        .statusCode())
                .isEqualTo(403);
        assertThat(workspace
                        .call("PUT", "/api/2.0/fs/directories" + locked + "/x", null)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void saysWhichVolumeIsMissing() throws Exception {
        HttpResponse<byte[]> response = workspace.get("/api/2.0/fs/files/Volumes/main/default/none/x");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("message").textValue()).contains("main.default.none");
    }

    @Test
    void answersTooManyRequestsAboveTenInFlight() throws Exception {
        put("/a.txt", "x".getBytes());
        List<HangingUpload> hanging = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                hanging.add(HangingUpload.start(workspace, FILES + "/hanging" + i));
            }

            await().untilAsserted(() -> {
                HttpResponse<byte[]> refused = workspace.get(FILES + "/a.txt");
                assertThat(refused.statusCode()).isEqualTo(429);
                assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
                assertThat(json(refused).path("error_code").textValue()).isEqualTo("REQUEST_LIMIT_EXCEEDED");
                assertThat(json(refused).path("message").textValue()).endsWith("concurrent limit of 10 requests.");
            });
        } finally {
            for (HangingUpload upload : hanging) {
                upload.close();
            }
        }
        await().untilAsserted(() ->
                assertThat(workspace.get(FILES + "/a.txt").statusCode()).isEqualTo(200));
        assertThat(workspace.photos().resolve("hanging0")).doesNotExist();
    }

    @Test
    void answersTooManyRequestsAboveTheRateThatIsSet() throws Exception {
        put("/a.txt", "x".getBytes());
        workspace.call("POST", "/sandbox/settings?files-rate-limit=3", "");

        await().untilAsserted(() -> {
            HttpResponse<byte[]> refused = workspace.get(FILES + "/a.txt");
            assertThat(refused.statusCode()).isEqualTo(429);
            assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
            assertThat(json(refused).path("message").textValue()).contains("exceeded the rate limit");
        });

        workspace.call("POST", "/sandbox/settings?files-rate-limit=0", "");
        assertThat(workspace.get(FILES + "/a.txt").statusCode()).isEqualTo(200);
    }

    private HttpResponse<byte[]> put(String path, byte[] bytes) throws Exception {
        return workspace.send(workspace.request(FILES + path).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }
}
