package com.clarifai.databricks.cli;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.clarifai.FakeClarifai;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page has to choose from, over a workspace and an S3 that answer as scripted. */
class ChoosingApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PHOTOS = ScriptedPlaces.PHOTOS;
    private static final int MANY = 100_000;
    private static final String LONG_NAME = "n".repeat(100);

    private static ScriptedPlaces places;
    private static FakeWorkspace workspace;
    private static FakeWorkspace store;
    private static ServedPage page;

    @BeforeAll
    static void start() {
        places = new ScriptedPlaces();
        workspace = places.workspace();
        store = places.store();
        page = ServedPage.start(places.settings());
    }

    @AfterAll
    static void stop() {
        page.close();
        places.close();
    }

    private static JsonNode get(String path) throws IOException {
        HttpResponse<String> answer = page.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static JsonNode refused(HttpResponse<String> answer, int status) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }

    // --- volumes

    @ParameterizedTest
    @CsvSource({"/Volumes,main", "/Volumes/main,default", "/Volumes/main/default/,photos"})
    void aPlaceOfVolumesHasCatalogsThenSchemasThenVolumes(String path, String name) throws Exception {
        JsonNode place = get("/api/folders?path=" + path);

        assertThat(place.path("folders").findValuesAsText("name")).containsExactly(name);
        assertThat(place.at("/folders/0/path").asText()).isEqualTo(path.replaceFirst("/$", "") + "/" + name);
        assertThat(place.path("more").asBoolean()).isFalse();
    }

    @Test
    void aFolderHasItsFoldersAndItsFilesWithSizesAndSaysWhichHaveAThumbnail() throws Exception {
        places.folder(PHOTOS + "/mixed", List.of("cat.JPG", "notes.txt", "dogs/", LONG_NAME + ".png"));

        JsonNode place = get("/api/folders?path=" + PHOTOS + "/mixed");

        assertThat(place.path("folders").findValuesAsText("path")).containsExactly(PHOTOS + "/mixed/dogs");
        assertThat(place.path("files").findValuesAsText("name"))
                .containsExactly("cat.JPG", "notes.txt", LONG_NAME + ".png");
        assertThat(place.path("files").findValuesAsText("thumbnail")).containsExactly("true", "false", "true");
        assertThat(place.at("/files/0/size").asLong()).isEqualTo(1_000);
        assertThat(place.at("/files/0/modifiedAt").asText()).isEqualTo("2026-03-01T12:00:00Z");
        JsonNode count = get("/api/folders/count?path=" + PHOTOS + "/mixed");
        assertThat(count.path("folders").asInt()).isEqualTo(1);
        assertThat(count.path("files").asInt()).isEqualTo(3);
        assertThat(count.path("pictures").asInt()).isEqualTo(2);
        assertThat(count.path("bytes").asInt()).isEqualTo(3_000);
        assertThat(count.path("complete").asBoolean()).isTrue();
    }

    @Test
    void ofAHundredThousandFilesTheFirstAreShownAtOnceAndAnyIsFoundByTyping() throws Exception {
        String crowded = PHOTOS + "/crowded";
        places.folder(crowded, ScriptedPlaces.numbered(MANY));

        int before = workspace.requests("GET").size();
        JsonNode first = get("/api/folders?path=" + crowded);
        int pages = workspace.requests("GET").size() - before;

        assertThat(first.path("files")).hasSize(100);
        assertThat(first.path("more").asBoolean()).isTrue();
        assertThat(pages).as("pages that were read").isLessThanOrEqualTo(3);
        JsonNode last = get("/api/folders?path=" + crowded + "&filter=IMAGE_099999");
        assertThat(last.path("files").findValuesAsText("name")).containsExactly("image_099999.jpg");
        assertThat(last.path("more").asBoolean()).isFalse();
        assertThat(get("/api/folders/count?path=" + crowded).path("files").asInt())
                .isEqualTo(MANY);
    }

    @Test
    void aThumbnailIsThePictureAndNothingElse() throws Exception {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "png", png);
        workspace
                .on("GET /api/2.0/fs/files" + PHOTOS + "/a.png", bytes(png.toByteArray()))
                .on("GET /api/2.0/fs/files" + PHOTOS + "/script.png", status(200, "<svg onload=alert(1)>"))
                .on("GET /api/2.0/fs/files" + PHOTOS + "/huge.png", bytes(new byte[2_000_001]));

        HttpResponse<byte[]> picture = page.bytes("/api/folders/thumbnail?path=" + PHOTOS + "/a.png");

        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(picture.body()).isEqualTo(png.toByteArray());
        for (String other : List.of("/script.png", "/huge.png")) {
            assertThat(page.get("/api/folders/thumbnail?path=" + PHOTOS + other).statusCode())
                    .as(other)
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd,400",
        "/Volumes/main/default/photos/../../secret,400",
        "gs://bucket/,400",
        "/Volumes/main/default/photos/gone,404"
    })
    void whatIsNoPlaceIsRefused(String path, int status) throws Exception {
        workspace.on(
                "GET " + ScriptedPlaces.DIRECTORIES + PHOTOS + "/gone",
                FakeWorkspace.error(404, "NOT_FOUND", "there is no such folder"));

        refused(page.get("/api/folders?path=" + path), status);
    }

    // --- S3

    @Test
    void bucketsAndTheirFoldersAreListedAsThoseOfVolumes() throws Exception {
        store.on(
                "GET /",
                ScriptedPlaces.xml("<ListAllMyBucketsResult><Buckets><Bucket><Name>pictures</Name></Bucket></Buckets>"
                        + "</ListAllMyBucketsResult>"));
        places.bucket("pictures");

        assertThat(get("/api/folders?path=s3://").at("/folders/0/path").asText())
                .isEqualTo("s3://pictures/");
        JsonNode folder = get("/api/folders?path=s3://pictures/in");

        assertThat(folder.path("folders").findValuesAsText("path")).containsExactly("s3://pictures/in/2026/");
        assertThat(folder.path("files").findValuesAsText("path")).containsExactly("s3://pictures/in/a.csv");
        assertThat(folder.at("/files/0/size").asLong()).isEqualTo(12);
        assertThat(store.requests("GET"))
                .anySatisfy(request -> assertThat(request.target()).contains("delimiter=%2F", "prefix=in%2F"));
    }

    @Test
    void keysThatS3DoesNotTakeAreNamedInTheFolder() throws Exception {
        store.on("GET /locked", ScriptedPlaces.s3Error(403, "InvalidAccessKeyId"));

        JsonNode refusal = refused(page.get("/api/folders?path=s3://locked/"), 422);

        assertThat(refusal.path("message").asText()).contains("access key", "Connection");
        assertThat(refusal.path("keys").asBoolean()).isTrue();
    }

    private static final String KEYS = "{\"accessKey\":\"AKIAENTERED\",\"secretKey\":\"entered-secret\","
            + "\"sessionToken\":\"entered-session\",\"region\":\"eu-central-1\",\"endpoint\":\"%s\",\"place\":\"%s\"}";

    @ParameterizedTest
    @CsvSource({
        "403,InvalidAccessKeyId,accessKey",
        "403,SignatureDoesNotMatch,secretKey",
        "400,ExpiredToken,sessionToken",
        "400,AuthorizationHeaderMalformed,region",
        "404,NoSuchBucket,place",
        "403,AccessDenied,place"
    })
    void keysAreTriedByAListingAndWhatS3ObjectsToIsAtItsField(int status, String code, String field) throws Exception {
        store.on("GET /wrong-" + field.toLowerCase(), ScriptedPlaces.s3Error(status, code));

        JsonNode refusal = refused(
                page.send(
                        "PUT",
                        "/api/connection/s3",
                        KEYS.formatted(store.host(), "s3://wrong-" + field.toLowerCase() + "/")),
                422);

        assertThat(refusal.path("fields").fieldNames()).toIterable().containsExactly(field);
        assertThat(refusal.toString()).doesNotContain("entered-secret", "entered-session", "s3.", "S3_");
        assertThat(get("/api/connection").at("/s3/changed").asBoolean()).isFalse();
    }

    @Test
    void keysAreWantedAsAWholeAndForAnAddress() throws Exception {
        JsonNode refusal = refused(
                page.send("PUT", "/api/connection/s3", "{\"accessKey\":\"a\",\"endpoint\":\"storage.example.com\"}"),
                400);

        assertThat(refusal.path("fields").fieldNames()).toIterable().containsExactly("secretKey", "endpoint");
    }

    @Test
    void keysThatWorkAreSignedWithAndNeverGivenOut() throws Exception {
        store.on(
                "GET /mine",
                ScriptedPlaces.xml("<ListBucketResult><IsTruncated>false</IsTruncated>"
                        + "<Contents><Key>a.csv</Key><Size>12</Size></Contents></ListBucketResult>"));

        HttpResponse<String> taken = page.send("PUT", "/api/connection/s3", KEYS.formatted(store.host(), "s3://mine/"));
        page.awaitRestart(taken);
        HttpResponse<String> connection = page.get("/api/connection");
        get("/api/folders?path=s3://mine/");
        HttpResponse<String> reset = page.send("DELETE", "/api/connection/s3", "");
        page.awaitRestart(reset);

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(200);
        assertThat(JSON.readTree(taken.body()).path("found").asText()).isEqualTo("1 folders and files");
        List<FakeWorkspace.Request> listings = store.requests("GET").stream()
                .filter(request -> request.target().startsWith("/mine"))
                .toList();
        assertThat(listings).as("tried, and then used").hasSize(2).allSatisfy(listing -> {
            Matcher signed =
                    Pattern.compile("Credential=([^/]+)/\\d+/([^/]+)/s3").matcher(listing.header("Authorization"));
            assertThat(signed.find()).isTrue();
            assertThat(List.of(signed.group(1), signed.group(2))).containsExactly("AKIAENTERED", "eu-central-1");
            assertThat(listing.header("x-amz-security-token")).isEqualTo("entered-session");
        });
        assertThat(connection.body())
                .contains("\"changed\":true", "eu-central-1")
                .doesNotContain("AKIAENTERED", "entered-secret", "entered-session", "configured-secret");
        assertThat(reset.statusCode()).isEqualTo(200);
        assertThat(get("/api/connection").at("/s3/changed").asBoolean()).isFalse();
    }

    // --- the first rows of a source

    private static final String ROWS =
            "id;url;Concepts;note\n1;http://a/1.jpg;cat;x\n2;http://a/2.jpg;dog;" + "y".repeat(2_000);

    @Test
    void aCsvFileShowsItsFirstRowsAndWhichColumnIsTakenAsWhat() throws Exception {
        places.file(PHOTOS + "/sub=1/rows.csv", ROWS.getBytes(StandardCharsets.UTF_8));
        String path = "/api/sources/csv?source=" + PHOTOS + "/sub%3D1/rows.csv";

        JsonNode sample = get(path);
        JsonNode mapped = get(path + "&columns=inputid%3Did,input%3Durl");

        assertThat(sample.path("readAs").asText()).contains("semicolon");
        assertThat(sample.path("columns")).hasToString("[\"id\",\"url\",\"Concepts\",\"note\",\"sub\"]");
        assertThat(sample.at("/rows/0/url").asText()).isEqualTo("http://a/1.jpg");
        assertThat(sample.at("/rows/1/note").asText()).hasSize(501);
        assertThat(sample.path("wanted").findValuesAsText("name"))
                .startsWith("inputid", "input", "concepts", "metadata");
        assertThat(sample.path("wanted").findValuesAsText("column")).startsWith("null", "null", "Concepts", "null");
        assertThat(mapped.path("wanted").findValuesAsText("column")).startsWith("id", "url", "Concepts");
    }

    @Test
    void ofAFileOnS3OnlyTheFirstRowsAreRead() throws Exception {
        places.object("pictures", "in/a.csv", "inputid,input\n" + "a,http://a/1.jpg\n".repeat(30));

        JsonNode sample = get("/api/sources/csv?source=s3://pictures/in/a.csv");

        assertThat(sample.path("source").asText()).isEqualTo("s3://pictures/in/a.csv");
        assertThat(sample.path("rows")).hasSize(20);
        assertThat(sample.path("more").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "csv?source=/Volumes/main/default/photos/none.csv,there is no file",
        "csv?source=C%3A/rows.csv,is a file of this machine",
        "table?source=main.default,catalog.schema"
    })
    void aSourceThatCannotBeReadIsSaidInOneLine(String path, String told) throws Exception {
        workspace.on("HEAD /api/2.0/fs/files" + PHOTOS + "/none.csv", status(404));

        assertThat(refused(page.get("/api/sources/" + path), 400)
                        .path("message")
                        .asText())
                .contains(told);
    }

    // --- Clarifai

    @Test
    void anAppIsMadeUnlessItIsThere() throws Exception {
        assertThat(JSON.readTree(
                        page.send("POST", "/api/apps", "{\"app\":\"new\"}").body()))
                .isEqualTo(JSON.readTree("{\"app\":\"new\",\"created\":true}"));
        assertThat(JSON.readTree(page.send("POST", "/api/apps", "{\"app\":\"" + FakeClarifai.APP + "\"}")
                                .body())
                        .path("created")
                        .asBoolean())
                .isFalse();
    }
}
