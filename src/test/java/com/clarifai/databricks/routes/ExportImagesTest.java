package com.clarifai.databricks.routes;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.head;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.download.FakeImageHost.bytes;
import static com.clarifai.databricks.download.FakeImageHost.jpeg;
import static com.clarifai.databricks.download.FakeImageHost.status;
import static com.clarifai.databricks.download.FakeImageHost.text;
import static com.clarifai.databricks.download.FakeImageHost.truncated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.component.databricks.DatabricksComponent;
import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import com.clarifai.databricks.delta.TableKind;
import com.clarifai.databricks.download.FakeImageHost;
import com.clarifai.databricks.flow.RunSetup;
import com.clarifai.databricks.flow.Tally;
import com.clarifai.databricks.flow.run.IfExists;
import com.clarifai.databricks.flow.run.Intention;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.flow.table.Tables;
import com.clarifai.databricks.model.InputColumns;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The shipped route, between a data host and a workspace that are scripted. */
@Timeout(60)
class ExportImagesTest extends CamelTestSupport {

    private static final String FOLDER = "/Volumes/main/default/photos/exported";
    private static final String FILES = "/api/2.0/fs/files" + FOLDER + "/";
    private static final Instant CREATED = Instant.parse("2026-03-01T12:00:00.500Z");
    private static final byte[] IMAGE = jpeg(5_000);
    private static final int PARALLEL = 5;

    private final FakeImageHost clarifai = new FakeImageHost();
    private final FakeImageHost elsewhere = new FakeImageHost();
    private final FakeWorkspace workspace = new FakeWorkspace();
    private final List<String> imagePaths = new ArrayList<>();
    private final Run run = new Run("run-1", "export");

    @Override
    protected Properties useOverridePropertiesWithPropertiesComponent() {
        Properties settings = new Properties();
        settings.setProperty("routes.directory", Path.of("routes").toString());
        settings.setProperty("export.max-image-bytes", "100000");
        settings.setProperty("export.image-timeout", "20s");
        settings.setProperty("export.allow-private-hosts", "true");
        return settings;
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        ClarifaiComponent component = context.getComponent("clarifai", ClarifaiComponent.class);
        component.setPersonalAccessToken("pat");
        component.setDataHost(clarifai.url(""));
        context.getComponent("databricks", DatabricksComponent.class).setClient(workspace.client());
        ThreadPoolProfile profile = new ThreadPoolProfileBuilder("export-images")
                .poolSize(PARALLEL)
                .maxPoolSize(PARALLEL)
                .maxQueueSize(0)
                .build();
        context.getExecutorServiceManager().registerThreadPoolProfile(profile);
        return context;
    }

    /** SQL that knows what is in the column image_path. */
    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sql").process(exchange -> exchange.getMessage()
                        .setBody(imagePaths.stream()
                                .map(path -> Map.<String, Object>of(InputColumns.IMAGE_PATH, path))
                                .toList()));
            }
        };
    }

    @BeforeEach
    void loadTheShippedRoute() throws Exception {
        context.getRegistry().bind("tally", new Tally());
        ShippedRoutes.load(context, "common", Set.of("execute"));
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(
                        context, "file:" + Path.of("routes/export-images.camel.yaml")));
    }

    @AfterEach
    void stopServers() {
        clarifai.close();
        elsewhere.close();
        workspace.close();
    }

    @Test
    void exportsEachImageOnceAndSaysWhereItIs() {
        List<Map<String, Object>> rows = IntStream.range(0, 40)
                .mapToObj(i -> hosted("input-" + i, jpeg(1000 + i)))
                .toList();
        rows.forEach(row -> takes(row.get(InputColumns.INPUT_ID) + ".jpeg", 1000 + rows.indexOf(row)));

        assertThat(export(rows).getMessage().getBody()).isEqualTo(rows);

        assertThat(rows).allSatisfy(row -> assertThat(row)
                .containsEntry(InputColumns.IMAGE_PATH, FOLDER + "/" + row.get(InputColumns.INPUT_ID) + ".jpeg")
                .doesNotContainKey(InputColumns.IMAGE_ERROR));
        assertThat(clarifai.requests()).hasSize(40).extracting("method").containsOnly("GET");
        assertThat(workspace.requests("PUT"))
                .extracting(Request::target, Request::body)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 40)
                        .mapToObj(i -> tuple(FILES + "input-" + i + ".jpeg?overwrite=false", jpeg(1000 + i)))
                        .toList());
        assertCounts(40, 0, 0);
    }

    @Test
    void handlesAsManyImagesAtATimeAsItIsTold() {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Map<String, Object>> rows = IntStream.range(0, 20)
                .mapToObj(i -> hosted("input-" + i, IMAGE))
                .toList();
        rows.forEach(row -> takes(row.get(InputColumns.INPUT_ID) + ".jpeg", IMAGE.length));
        for (int i = 0; i < rows.size(); i++) {
            clarifai.on("/orig/input-" + i, exchange -> {
                most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                if (most.get() < PARALLEL) {
                    Awaitility.await().until(() -> most.get() >= PARALLEL);
                }
                underWay.decrementAndGet();
                bytes(IMAGE).to(exchange);
            });
        }

        assertThat(export(rows).getException()).isNull();

        // the thread that splits works, too, while all others are busy
        assertThat(most.get()).isBetween(PARALLEL, PARALLEL + 1);
        assertCounts(20, 0, 0);
    }

    @Test
    void doesNotDownloadWhatIsThereAndUnchanged() {
        Map<String, Object> row = hosted("dog", IMAGE);
        there("dog.jpeg", IMAGE.length, "Sun, 01 Mar 2026 12:00:01 GMT");

        export(List.of(row));

        assertThat(row).containsEntry(InputColumns.IMAGE_PATH, FOLDER + "/dog.jpeg");
        assertThat(clarifai.requests()).extracting("method").containsExactly("HEAD");
        assertThat(workspace.requests("PUT")).isEmpty();
        assertCounts(0, 1, 0);
    }

    @Test
    void aDryRunNamesTheFilesThatItWouldWriteAndOnlyLooksAtTheFolder() {
        there("dog.jpeg", IMAGE.length, "Sun, 01 Mar 2026 12:00:01 GMT");
        workspace.on("HEAD " + FILES + "cat.jpeg", FakeWorkspace.status(404));
        List<Intention> listed = new CopyOnWriteArrayList<>();
        run.listTo(listed::add);

        Exchange tried = export(List.of(hosted("dog", IMAGE), hosted("cat", IMAGE)), Map.of("dryRun", "true"));

        assertThat(tried.getException()).isNull();
        assertThat(listed)
                .singleElement()
                .extracting(Intention::toMap)
                .isEqualTo(Map.of("would", "write", "what", "image", "id", "cat", "to", FOLDER + "/cat.jpeg"));
        assertCounts(1, 1, 0);
        assertThat(workspace.requests()).extracting(Request::method).containsOnly("HEAD");
        assertThat(clarifai.requests()).isEmpty();
    }

    @Test
    void asksForNoEarlierCopyInAFolderThatWasEmptyAtTheStart() {
        String directory = "/api/2.0/fs/directories" + FOLDER;
        Map<String, Object> row = hosted("dog", IMAGE);
        workspace
                .on("PUT " + directory, FakeWorkspace.status(204))
                .on("GET " + directory, json("{}"))
                .on("PUT " + FILES + "dog.jpeg", FakeWorkspace.status(204))
                .on("HEAD " + FILES + "dog.jpeg", head(IMAGE.length));

        open();
        export(List.of(row));

        assertThat(run.dataset().images().inUse()).isFalse();
        assertThat(workspace.requests())
                .extracting(Request::method)
                .as("the folder is made and listed; the file is written and its size checked")
                .containsExactly("PUT", "GET", "PUT", "HEAD");
        assertCounts(1, 0, 0);
    }

    @Test
    void asksForEarlierCopiesInAFolderThatHasFiles() {
        String directory = "/api/2.0/fs/directories" + FOLDER;
        workspace
                .on("PUT " + directory, FakeWorkspace.status(204))
                .on(
                        "GET " + directory,
                        json("{\"contents\":[{\"path\":\"%s/a\",\"name\":\"a\",\"file_size\":1}]}".formatted(FOLDER)));
        there("dog.jpeg", IMAGE.length, "Sun, 01 Mar 2026 12:00:01 GMT");

        open();
        export(List.of(hosted("dog", IMAGE)));

        assertThat(run.dataset().images().inUse()).isTrue();
        assertCounts(0, 1, 0);
    }

    @Test
    void refusesAFolderThatCannotBeMadeBeforeAnyImage() {
        workspace.on("PUT /api/2.0/fs/directories" + FOLDER, error(403, "PERMISSION_DENIED", "no WRITE VOLUME"));

        assertThat(open().getException(DatabricksException.class).kind())
                .isEqualTo(DatabricksException.Kind.PERMISSION_DENIED);
    }

    @Test
    void replacesWhatIsOfAnotherSizeOrOfAnEarlierInputAndWasWrittenByAnEarlierRun() {
        Map<String, Object> grown = hosted("grown", IMAGE);
        Map<String, Object> reborn = hosted("reborn", IMAGE);
        workspace
                .on("HEAD " + FILES + "grown.jpeg", dated(7, "Sun, 01 Mar 2026 12:00:01 GMT"), head(IMAGE.length))
                .on("PUT " + FILES + "grown.jpeg", FakeWorkspace.status(204))
                .on(
                        "HEAD " + FILES + "reborn.jpeg",
                        dated(IMAGE.length, "Sun, 01 Mar 2026 11:59:59 GMT"),
                        head(IMAGE.length))
                .on("PUT " + FILES + "reborn.jpeg", FakeWorkspace.status(204));

        imagePaths.add(FOLDER + "/grown.jpeg");
        imagePaths.add(FOLDER + "/reborn.jpeg");
        nameFilesInTable();
        export(List.of(grown, reborn));

        assertThat(workspace.requests("PUT"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.target()).endsWith("?overwrite=true"))
                .extracting(Request::body)
                .containsOnly(IMAGE);
        assertCounts(2, 0, 0);
    }

    @Test
    void overwritesNoFileOfSomebodyElseUnlessForced() {
        Map<String, Object> row = hosted("cat", IMAGE);
        there("cat.jpeg", 7, "Sun, 01 Mar 2026 12:00:01 GMT");
        workspace.on("PUT " + FILES + "cat.jpeg", error(409, "ALREADY_EXISTS", "there is such a file"));

        nameFilesInTable();
        assertThat(export(List.of(row)).getException()).isNull();

        assertThat(workspace.requests("PUT"))
                .extracting(Request::target)
                .containsExactly(FILES + "cat.jpeg?overwrite=false");
        assertThat(row)
                .doesNotContainKey(InputColumns.IMAGE_PATH)
                .extractingByKey(InputColumns.IMAGE_ERROR)
                .asString()
                .contains("cat.jpeg", "is kept", "force");
        assertCounts(0, 0, 1);

        workspace
                .on("PUT " + FILES + "cat.jpeg", FakeWorkspace.status(204))
                .on("HEAD " + FILES + "cat.jpeg", dated(7, "Sun, 01 Mar 2026 12:00:01 GMT"), head(IMAGE.length));
        export(List.of(row), Map.of("force", "true"));
        assertThat(row).containsEntry(InputColumns.IMAGE_PATH, FOLDER + "/cat.jpeg");
        assertThat(workspace.requests("PUT"))
                .last()
                .extracting(Request::target)
                .asString()
                .endsWith("?overwrite=true");
    }

    @Test
    void countsAnImageThatFailsAndGoesOn() {
        Map<String, Object> gone = hosted("gone", IMAGE);
        Map<String, Object> page = hosted("page", IMAGE);
        Map<String, Object> fine = hosted("fine", IMAGE);
        Map<String, Object> refused = hosted("refused", IMAGE);
        Map<String, Object> half = hosted("half", IMAGE);
        clarifai.on("/orig/gone", status(404))
                .on("/orig/page", text("<html>sorry</html>"))
                .on("/orig/refused", status(401))
                .on("/orig/half", truncated(IMAGE), bytes(IMAGE));
        for (String name : List.of("gone", "page", "fine", "refused", "half")) {
            takes(name + ".jpeg", IMAGE.length);
        }
        gone.put(InputColumns.IMAGE_PATH, "from an earlier run");

        Exchange done = export(List.of(gone, page, fine, refused, half));

        assertThat(done.getException()).isNull();
        assertThat(List.of(gone, page, refused)).allSatisfy(row -> assertThat(row)
                .doesNotContainKey(InputColumns.IMAGE_PATH)
                .extractingByKey(InputColumns.IMAGE_ERROR)
                .asString()
                .containsAnyOf("404, not there", "is a web page", "401, the Clarifai token is refused"));
        assertThat(List.of(fine, half)).allSatisfy(row -> assertThat(row)
                .containsKey(InputColumns.IMAGE_PATH)
                .doesNotContainKey(InputColumns.IMAGE_ERROR));
        assertThat(workspace.requests("PUT"))
                .hasSize(2)
                .extracting(Request::body)
                .containsOnly(IMAGE);
        assertCounts(2, 0, 3);
    }

    @Test
    void countsAnImageThatTheVolumeDoesNotTakeAndGoesOn() {
        Map<String, Object> refused = hosted("refused", IMAGE);
        Map<String, Object> fine = hosted("fine", IMAGE);
        takes("fine.jpeg", IMAGE.length);
        workspace
                .on("HEAD " + FILES + "refused.jpeg", FakeWorkspace.status(404))
                .on("PUT " + FILES + "refused.jpeg", error(400, "INVALID_PARAMETER_VALUE", "no such name"));

        assertThat(export(List.of(refused, fine)).getException()).isNull();

        assertThat(refused.get(InputColumns.IMAGE_ERROR)).asString().contains("INVALID_PARAMETER_VALUE");
        assertCounts(1, 0, 1);
    }

    @Test
    void endsWhereTheRightToWriteIsMissing() {
        Map<String, Object> row = hosted("dog", IMAGE);
        workspace
                .on("HEAD " + FILES + "dog.jpeg", FakeWorkspace.status(404))
                .on("PUT " + FILES + "dog.jpeg", error(403, "PERMISSION_DENIED", "no WRITE VOLUME"));

        assertThat(export(List.of(row)).getException(DatabricksException.class).kind())
                .isEqualTo(DatabricksException.Kind.PERMISSION_DENIED);
        assertThat(row).doesNotContainKey(InputColumns.IMAGE_PATH);
    }

    @Test
    void fetchesFromElsewhereOnlyWhereAllowed() {
        Map<String, Object> row = row("dog", "JPEG");
        row.put(InputColumns.IMAGE_URL, elsewhere.url("/dog.jpg"));
        elsewhere.on("/dog.jpg", bytes(IMAGE));
        takes("dog.jpeg", IMAGE.length);

        export(List.of(row), Map.of("fetchExternal", "false"));
        assertThat(row.get(InputColumns.IMAGE_ERROR)).asString().endsWith("fetching from elsewhere is not allowed");
        assertThat(elsewhere.requests()).isEmpty();

        row.remove(InputColumns.IMAGE_ERROR);
        export(List.of(row), Map.of("fetchExternal", "true"));
        assertThat(row).containsKey(InputColumns.IMAGE_PATH);
        assertThat(elsewhere.requests()).extracting("authorization").containsOnlyNulls();
        assertCounts(1, 0, 1);
    }

    @Test
    void namesAnImageOfUnannouncedFormatByItsBytes() {
        Map<String, Object> row = hosted("dog", IMAGE);
        row.put(InputColumns.IMAGE_INFO, null);
        workspace
                .on("PUT " + FILES + "dog.jpeg", FakeWorkspace.status(204))
                .on("HEAD " + FILES + "dog.jpeg", head(IMAGE.length));

        export(List.of(row));

        assertThat(row).containsEntry(InputColumns.IMAGE_PATH, FOLDER + "/dog.jpeg");
        assertCounts(1, 0, 0);
    }

    @Test
    void keepsAHostileIdInTheFolder() {
        Map<String, Object> row = hosted("../../x", IMAGE);
        row.put(InputColumns.HOSTED_URL, clarifai.url("/orig/x"));
        clarifai.on("/orig/x", bytes(IMAGE));
        takes("x~9cdf6a50100a862e.jpeg", IMAGE.length);

        export(List.of(row));

        assertThat(row).containsEntry(InputColumns.IMAGE_PATH, FOLDER + "/x~9cdf6a50100a862e.jpeg");
        assertThat(workspace.requests())
                .isNotEmpty()
                .extracting(Request::target)
                .allMatch(target -> target.startsWith(FILES + "x~9cdf6a50100a862e.jpeg"));
    }

    @Test
    void leavesRowsWithoutAnImageAlone() {
        Map<String, Object> text = new HashMap<>(Map.of(InputColumns.INPUT_ID, "text"));
        Map<String, Object> before = Map.copyOf(text);

        export(List.of(text));

        assertThat(text).isEqualTo(before);
        assertCounts(0, 0, 0);
    }

    @Test
    void theSummaryNamesImagesOnlyWhereTheyAreExported() {
        assertThat(run.summary()).doesNotContainKeys("images", "imagesExisting", "imagesFailed");

        open();

        assertThat(run.summary())
                .containsEntry("images", 0L)
                .containsEntry("imagesExisting", 0L)
                .containsEntry("imagesFailed", 0L);
    }

    /** The folder is known, and what is in it is not. */
    @BeforeEach
    void beginExport() {
        Exchange begun = createExchangeWithBody(null);
        begun.setVariable("run", run);
        Map.of(
                        "catalog", "main",
                        "schema", "default",
                        "inputsTable", "inputs",
                        "annotationsTable", "annotations",
                        "images", "true",
                        "volume", "photos",
                        "path", "exported")
                .forEach(begun.getMessage()::setHeader);
        new RunSetup().beginExport(begun, IfExists.merge);
    }

    /** The inputs table says which files of the folder are ours. */
    private void nameFilesInTable() {
        List<Map<String, Object>> description = Stream.of("input_id", "image_path")
                .map(name -> Map.<String, Object>of("col_name", name, "data_type", "string"))
                .toList();
        new Tables().check(run, run.tables().inputs(), TableKind.inputs, description, false, true);
    }

    private Exchange open() {
        return send("kamelet:export-images-open", null, Map.of());
    }

    private Exchange export(List<Map<String, Object>> rows) {
        return export(rows, Map.of());
    }

    private Exchange export(List<Map<String, Object>> rows, Map<String, Object> headers) {
        return send("kamelet:export-images", rows, headers);
    }

    private Exchange send(String uri, Object body, Map<String, Object> headers) {
        return template.request(uri, exchange -> {
            exchange.setVariable("run", run);
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    private Map<String, Object> hosted(String id, byte[] image) {
        Map<String, Object> row = row(id, "JPEG");
        row.put(InputColumns.IMAGE_URL, clarifai.url("/orig/" + id));
        row.put(InputColumns.HOSTED_URL, clarifai.url("/orig/" + id));
        clarifai.on("/orig/" + id, bytes(image));
        return row;
    }

    private static Map<String, Object> row(String id, String format) {
        Map<String, Object> row = new HashMap<>();
        row.put(InputColumns.INPUT_ID, id);
        row.put(InputColumns.IMAGE_INFO, "{\"width\": 10, \"height\": 10, \"format\": \"" + format + "\"}");
        row.put(InputColumns.INPUT_CREATED_AT, CREATED);
        return row;
    }

    /** The folder does not have the file, and takes it. */
    private void takes(String name, int size) {
        workspace
                .on("HEAD " + FILES + name, FakeWorkspace.status(404), head(size))
                .on("PUT " + FILES + name, FakeWorkspace.status(204));
    }

    private void there(String name, int size, String lastModified) {
        workspace.on("HEAD " + FILES + name, dated(size, lastModified));
    }

    private static FakeWorkspace.Answer dated(int size, String lastModified) {
        return head(size).with("Last-Modified", lastModified);
    }

    private void assertCounts(long written, long existing, long failed) {
        assertThat(List.of(Count.IMAGES, Count.IMAGES_EXISTING, Count.IMAGES_FAILED))
                .extracting(run::get)
                .containsExactly(written, existing, failed);
    }
}
