package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.head;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.iterator;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.clarifai.databricks.databricks.VolumeFile;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DatabricksFilesTest extends DatabricksTestSupport {

    private static final byte[] IMAGE = "an image".getBytes(UTF_8);

    @TempDir
    Path directory;

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:read")
                        .to("databricks:download")
                        .convertBodyTo(byte[].class)
                        .to("mock:read");
                from("direct:copy")
                        .streamCache("false")
                        .to("databricks:download?path=" + VOLUME + "/a.jpg")
                        .to("databricks:upload?path=" + VOLUME + "/b.jpg");
            }
        };
    }

    @Test
    void listsAllFilesBelowADirectory() {
        workspace
                .on(
                        "GET " + DIRECTORIES,
                        json("{\"contents\":[" + entry("sub", true) + "," + entry("a.jpg", false) + "]}"))
                .on("GET " + DIRECTORIES + "/sub", json("{\"contents\":[" + entry("sub/b.jpg", false) + "]}"));

        Exchange exchange = send("databricks:listFiles?path=" + VOLUME, null);

        assertThat(workspace.requests()).isEmpty();
        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(iterator(VolumeFile.class))
                .toIterable()
                .extracting(VolumeFile::path)
                .containsExactlyInAnyOrder(VOLUME + "/a.jpg", VOLUME + "/sub/b.jpg");
    }

    @Test
    void listsOneDirectoryOfTheVolumeThatTheHeadersName() {
        workspace.on("GET " + DIRECTORIES + "/sub", json("{\"contents\":[" + entry("sub/deep", true) + "]}"));

        Exchange exchange = send("databricks:listFiles?recursive=false&path=sub", null, MAIN_DEFAULT_IMAGES);

        assertThat(exchange.getMessage().getBody())
                .asInstanceOf(iterator(VolumeFile.class))
                .toIterable()
                .extracting(VolumeFile::name, VolumeFile::directory)
                .containsExactly(tuple("deep", true));
    }

    @Test
    void tellsWhatIsKnownOfAFileWithoutReadingIt() {
        workspace
                .on("HEAD " + FILES + "/a.jpg", head(8).with("Last-Modified", "Sun, 01 Mar 2026 12:00:01 GMT"))
                .on("HEAD " + FILES + "/b.jpg", status(404));

        assertThat(send("databricks:findFile?path=a.jpg", null, MAIN_DEFAULT_IMAGES)
                        .getMessage()
                        .getBody())
                .isEqualTo(new VolumeFile(VOLUME + "/a.jpg", "a.jpg", 8, Instant.parse("2026-03-01T12:00:01Z"), false));
        assertThat(send("databricks:findFile?path=b.jpg", "before", MAIN_DEFAULT_IMAGES)
                        .getMessage()
                        .getBody())
                .isNull();
    }

    @Test
    void refusesAPathThatLeavesTheVolume() {
        Exchange exchange = send("databricks:delete?path=../other/a.jpg", null, MAIN_DEFAULT_IMAGES);

        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class);
        assertThat(workspace.requests()).isEmpty();
    }

    @Test
    void downloadsAStream() {
        workspace.on("GET " + FILES + "/a.jpg", bytes(IMAGE));

        template().sendBodyAndHeader("direct:read", null, DatabricksConstants.PATH, VOLUME + "/a.jpg");

        assertThat(getMockEndpoint("mock:read")
                        .getExchanges()
                        .get(0)
                        .getMessage()
                        .getBody())
                .isEqualTo(IMAGE);
    }

    @Test
    void downloadsToAFile() {
        workspace.on("GET " + FILES + "/a.jpg", bytes(IMAGE));
        Path target = directory.resolve("a.jpg");

        Exchange exchange = send(
                "databricks:download?path=" + VOLUME + "/a.jpg",
                null,
                Map.of(DatabricksConstants.FILE, target.toString()));

        assertThat(exchange.getMessage().getBody(File.class)).hasBinaryContent(IMAGE);
    }

    static Stream<Object> bodies() {
        return Stream.of(IMAGE, new String(IMAGE, UTF_8), new ByteArrayInputStream(IMAGE));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void uploadsBytesAndStreams(Object body) {
        workspace
                .on("PUT " + FILES + "/a.jpg", status(503), status(204))
                .on("HEAD " + FILES + "/a.jpg", head(IMAGE.length));

        Exchange exchange = send("databricks:upload?path=a.jpg", body, MAIN_DEFAULT_IMAGES);

        assertThat(exchange.getException()).isNull();
        assertThat(workspace.requests("PUT")).hasSize(2).allSatisfy(put -> {
            assertThat(put.body()).isEqualTo(IMAGE);
            assertThat(put.header("Content-Length")).isEqualTo("8");
        });
    }

    @Test
    void uploadsFiles() throws Exception {
        Path path = Files.write(directory.resolve("a.jpg"), IMAGE);
        GenericFile<File> consumed = new GenericFile<>();
        consumed.setFile(path.toFile());
        workspace.on("PUT " + FILES + "/a.jpg", status(204)).on("HEAD " + FILES + "/a.jpg", head(IMAGE.length));

        for (Object body : List.of(path, path.toFile(), consumed)) {
            assertThat(send("databricks:upload?path=" + VOLUME + "/a.jpg", body).getException())
                    .isNull();
        }

        assertThat(workspace.requests("PUT"))
                .hasSize(3)
                .extracting(Request::body)
                .containsOnly(IMAGE);
    }

    @Test
    void doesNotReplaceAFileThatItMayNot() {
        workspace.on("PUT " + FILES + "/a.jpg?overwrite=false", error(409, "ALREADY_EXISTS", "exists"));

        assertThat(failure(send("databricks:upload?overwrite=false&path=" + VOLUME + "/a.jpg", IMAGE))
                        .kind())
                .isEqualTo(DatabricksException.Kind.ALREADY_EXISTS);
    }

    @Test
    void copiesFromVolumeToVolumeMoreOftenThanCallsMayBeOpen() {
        workspace
                .on("GET " + FILES + "/a.jpg", bytes(IMAGE))
                .on("PUT " + FILES + "/b.jpg", status(204))
                .on("HEAD " + FILES + "/b.jpg", head(IMAGE.length));

        for (int i = 0; i < 8; i++) {
            template().sendBody("direct:copy", null);
        }

        assertThat(workspace.requests("PUT"))
                .hasSize(8)
                .extracting(Request::body)
                .containsOnly(IMAGE);
    }

    @Test
    void freesTheCallOfAStreamThatNobodyRead() {
        workspace.on("GET " + FILES + "/a.jpg", bytes(new byte[1_000_000]));

        for (int i = 0; i < 8; i++) {
            Exchange exchange = send("databricks:download?path=" + VOLUME + "/a.jpg", null);
            assertThat(exchange.getException()).isNull();
        }

        assertThat(workspace.requests()).hasSize(8);
    }

    @Test
    void deletesAndMakesDirectories() {
        workspace
                .on("DELETE " + FILES + "/a.jpg", status(404))
                .on("DELETE " + DIRECTORIES + "/run", status(204))
                .on("PUT " + DIRECTORIES + "/run", status(204));

        assertThat(send("databricks:delete?path=" + VOLUME + "/a.jpg", null).getException())
                .isNull();
        assertThat(send("databricks:mkdir?path=" + VOLUME + "/run", null).getException())
                .isNull();
        assertThat(send("databricks:deleteDirectory?path=" + VOLUME + "/run", null)
                        .getException())
                .isNull();
        assertThat(workspace.requests()).extracting(Request::method).containsExactly("DELETE", "PUT", "DELETE");
    }

    @Test
    void deletesWhatIsInADirectoryOnlyWhenTold() {
        workspace
                .on(
                        "DELETE " + DIRECTORIES + "/run",
                        error(400, "INVALID_PARAMETER_VALUE", "FILES_API_DIRECTORY_IS_NOT_EMPTY", "full"),
                        status(204))
                .on("GET " + DIRECTORIES + "/run", json("{\"contents\":[" + entry("run/a.gz", false) + "]}"))
                .on("DELETE " + FILES + "/run/a.gz", status(204));

        assertThat(failure(send("databricks:deleteDirectory?path=" + VOLUME + "/run", null))
                        .reason())
                .contains("FILES_API_DIRECTORY_IS_NOT_EMPTY");
        assertThat(send("databricks:deleteDirectory?recursive=true&path=" + VOLUME + "/run", null)
                        .getException())
                .isNull();
        assertThat(workspace.requests("DELETE")).hasSize(3);
    }

    private static String entry(String path, boolean isDirectory) {
        return "{\"path\":\"%s/%s\",\"name\":\"%s\",\"is_directory\":%s,\"file_size\":8}"
                .formatted(VOLUME, path, path.substring(path.lastIndexOf('/') + 1), isDirectory);
    }
}
