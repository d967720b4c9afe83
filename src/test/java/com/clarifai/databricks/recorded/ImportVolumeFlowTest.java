package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.clarifai.FakeClarifai.status;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code import volume} counts, refuses, stages and sends. */
class ImportVolumeFlowTest {

    private static final String PHOTOS = "/Volumes/main/default/photos/";
    private static final String PICTURE = "GIF89a\0\0\0\0\0\0\0;";
    private static final List<String> PLAN = List.of("AS pending", "AS existing");
    private static final List<String> NEXT_PAGE = List.of("AS resumed", "AS refused", "LIMIT");

    private static final String CREDENTIALS = "POST /api/2.0/unity-catalog/temporary-volume-credentials";
    private static final FakeWorkspace.Answer NO_RIGHT = FakeWorkspace.error(
            403, "PERMISSION_DENIED", "User does not have EXTERNAL USE SCHEMA on Schema 'main.default'.");

    private final RecordedFlow flow = new RecordedFlow();

    @AfterEach
    void stop() {
        flow.close();
    }

    private Ended run(String... more) {
        return run(Map.of(), more);
    }

    private Ended run(Map<String, String> settings, String... more) {
        return flow.importVolume(settings, more);
    }

    /** What SQL finds when it compares what was staged with an empty table. */
    private void plan(String... files) {
        flow.sql().row(PLAN, counts(files.length, 0));
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(page(files)));
    }

    private static Map<String, Object> counts(int pending, int existing) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("pending", pending);
        counts.put("existing", existing);
        counts.put("rejected", 0);
        counts.put("planned_at", 1);
        return counts;
    }

    private static List<Map<String, Object>> page(String... files) {
        List<Map<String, Object>> page = new ArrayList<>();
        for (String file : files) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("input_id", file.replaceFirst(".*/", "").replaceFirst("\\..*", ""));
            row.put("source_uri", PHOTOS + file);
            row.put("source_size", PICTURE.length());
            row.put("concepts", null);
            row.put("resumed", false);
            row.put("refused", false);
            row.put("claimed", false);
            page.add(row);
        }
        return page;
    }

    /** The plan of the last files is not answered before the first one has been sent. */
    @Test
    void theFirstFilesAreSentWhileOthersAreStillToBePlanned() {
        for (String file : List.of("a.gif", "b.gif", "c.gif")) {
            flow.file(PHOTOS + file, PICTURE);
        }
        AtomicInteger plans = new AtomicInteger();
        flow.sql().rowsFrom(PLAN, () -> {
            if (plans.incrementAndGet() == 2) {
                await().until(() -> flow.clarifai().inputIds().contains("a"));
            }
            return List.of(counts(plans.get() == 1 ? 2 : 1, 0));
        });
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(page("a.gif", "b.gif"), List.of(), page("c.gif")));

        Ended ended = run(Map.of("import.list-batch-size", "2"));

        assertThat(ended.summary())
                .containsEntry("read", 3)
                .containsEntry("imported", 3)
                .containsEntry("skipped", 0);
        assertThat(plans).hasValue(2);
    }

    /** What was sent is asked for in batches, which have numbers of their own. */
    @Test
    @Timeout(60)
    void aRunThatWasCutShortIsBroughtToItsEndHoweverManyInputsItHadSent() {
        List<String> files = List.of("a.gif", "b.gif", "c.gif", "d.gif", "e.gif");
        files.forEach(file -> flow.file(PHOTOS + file, PICTURE));
        List<Map<String, Object>> resumed = page(files.toArray(String[]::new));
        resumed.forEach(row -> row.put("resumed", true));
        resumed.forEach(row -> row.put("claimed_at", 1));
        flow.sql().row(PLAN, counts(5, 0));
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(resumed));

        Ended ended = run(Map.of("import.batch-size", "2"));

        assertThat(ended.summary()).as(ended.err()).containsEntry("imported", 5);
    }

    /** Which happens where the volume changes meanwhile: it counts as often as it was read, and is sent once. */
    @Test
    void aFileThatIsListedTwiceIsSentOnce() {
        for (String file : List.of("a.gif", "b.gif", "c.gif")) {
            flow.file(PHOTOS + file, PICTURE);
        }
        flow.sql().row(PLAN, counts(1, 0));
        // the third one was planned as the first, which is on its way
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(page("a.gif"), List.of(), page("b.gif")));

        Ended ended = run(Map.of("import.list-batch-size", "1"));

        assertThat(ended.summary())
                .containsEntry("read", 3)
                .containsEntry("imported", 2)
                .containsEntry("skipped", 1);
    }

    @Test
    void aPlanThatFailsEndsTheRunWhenWhatIsUnderWayHasBeenTracked() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.file(PHOTOS + "b.gif", PICTURE);
        AtomicInteger plans = new AtomicInteger();
        flow.sql().rowsFrom(PLAN, () -> {
            if (plans.incrementAndGet() == 2) {
                await().until(() -> flow.clarifai().inputIds().contains("a"));
                return List.of();
            }
            return List.of(counts(1, 0));
        });
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(page("a.gif")));

        Ended ended = run(Map.of("import.list-batch-size", "1"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(flow.staged("ended")).extracting(row -> row.get("input_id")).containsExactly("a");
    }

    @Test
    void everyFileIsStagedUploadedAndTrackedWithHowItEnded() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.file(PHOTOS + "cat/b.gif", PICTURE);
        flow.file(PHOTOS + "broken.gif", PICTURE);
        flow.file(PHOTOS + "readme.txt", "no picture");
        flow.clarifai().failProcessingOf("broken", status(StatusCode.INPUT_DOWNLOAD_FAILED, "no picture, after all"));
        plan("a.gif", "cat/b.gif", "broken.gif");

        Ended ended = run();

        assertThat(ended.summary())
                .containsEntry("read", 4)
                .containsEntry("skipped", 1)
                .containsEntry("imported", 2)
                .containsEntry("existing", 0)
                .containsEntry("rejected", 1);
        assertThat(ended.err()).contains("readme.txt");
        assertThat(flow.staged("found"))
                .extracting(row -> row.get("input_id"), row -> row.get("source_uri"), row -> row.get("status"))
                .containsExactlyInAnyOrder(
                        tuple("a", PHOTOS + "a.gif", "PENDING"),
                        tuple("b", PHOTOS + "cat/b.gif", "PENDING"),
                        tuple("broken", PHOTOS + "broken.gif", "PENDING"));
        assertThat(flow.staged("claimed")).hasSize(3);
        assertThat(flow.staged("ended"))
                .extracting(row -> row.get("input_id"), row -> row.get("status"))
                .containsExactlyInAnyOrder(
                        tuple("a", "PROCESSED"), tuple("b", "PROCESSED"), tuple("broken", "REJECTED"));
        assertThat(flow.clarifai().inputIds()).containsExactlyInAnyOrder("a", "b");
        assertThat(flow.clarifai().input("a").getData().getImage().getBase64().toStringUtf8())
                .isEqualTo(PICTURE);
    }

    @Test
    void whatThePlanSaysIsSentIsNotClaimedOnceMore() {
        List<Map<String, Object>> page = page("a.gif", "b.gif", "c.gif");
        page.forEach(row -> flow.file((String) row.get("source_uri"), PICTURE));
        page.subList(1, 3).forEach(row -> row.put("claimed", true));
        flow.sql().row(PLAN, counts(3, 0));
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(page));

        assertThat(run().summary()).containsEntry("imported", 3);

        assertThat(flow.staged("claimed"))
                .extracting(row -> row.get("input_id"))
                .containsExactly("a");
    }

    @Test
    void foldersAreLabelsWhereThatIsAskedFor() {
        flow.file(PHOTOS + "cat/b.gif", PICTURE);
        plan();

        run("--label-from-folder").summary();

        assertThat(flow.staged("found"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("concepts")).asString().contains("cat"));
    }

    @Test
    void labelsThatWereStagedAreSentWithThePicture() {
        flow.file(PHOTOS + "cat/b.gif", PICTURE);
        plan("cat/b.gif");
        Map<String, Object> labelled = new LinkedHashMap<>();
        labelled.put("input_id", "b");
        labelled.put("source_uri", PHOTOS + "cat/b.gif");
        labelled.put("source_size", PICTURE.length());
        labelled.put("concepts", "[{\"id\":\"cat\",\"name\":\"cat\",\"value\":1.0}]");
        labelled.put("resumed", false);
        labelled.put("refused", false);
        flow.sql().rowsInTurn(NEXT_PAGE, List.of(List.of(labelled)));

        run("--label-from-folder").summary();

        assertThat(flow.clarifai().requests(PostInputsRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(request.getInputs(0).getData().getConceptsList())
                        .extracting(Concept::getId)
                        .containsExactly("cat"));
    }

    @Test
    void aDryRunSaysWhatWouldBeImportedAndMakesNothing() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.file(PHOTOS + "empty.gif", "");
        flow.file(PHOTOS + "readme.txt", "no picture");

        assertThat(run("--dry-run").summary())
                .containsEntry("dryRun", true)
                .containsEntry("read", 3)
                .containsEntry("imported", 1)
                .containsEntry("rejected", 1)
                .containsEntry("skipped", 1);

        assertThat(flow.sql().statements())
                .allSatisfy(statement -> assertThat(statement.sql()).startsWith("DESCRIBE"));
        assertThat(flow.workspace().requests("PUT")).isEmpty();
        assertThat(flow.clarifai().count("PostDatasets")).isZero();
        assertThat(run("--dry-run", "--list").lines())
                .hasSize(5)
                .contains(
                        Map.of("would", "create", "what", "table", "id", "main.default.inputs"),
                        Map.of("would", "create", "what", "dataset", "id", "pictures"),
                        Map.of("would", "upload", "what", "input", "id", "a", "from", PHOTOS + "a.gif"))
                .anySatisfy(line -> assertThat(line)
                        .containsEntry("would", "reject")
                        .containsEntry("id", PHOTOS + "empty.gif")
                        .containsKey("because"))
                .last()
                .satisfies(summary -> assertThat(summary)
                        .containsEntry("dryRun", true)
                        .containsEntry("imported", 1)
                        .containsEntry("tablesCreated", 1)
                        .containsEntry("datasetsCreated", 1));
        assertThat(flow.run(
                                "import",
                                "volume",
                                "--dry-run",
                                "--list",
                                "--catalog=main",
                                "--schema=default",
                                "--volume=photos",
                                "--table=main.default.inputs",
                                "--app=app",
                                "--dataset=pictures")
                        .out())
                .contains(
                        "would create dataset pictures",
                        "would upload input a from " + PHOTOS + "a.gif",
                        "Dry run: nothing was written",
                        "3 read: 1 would be imported, 1 would be rejected, 1 would be skipped, 1 table would be created")
                .doesNotContain("(run ");
        assertThat(run("--list").err()).contains("give --dry-run as well");
    }

    @Test
    void quietlyNothingIsSaidButWhatWentWrong() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.file(PHOTOS + "readme.txt", "no picture");
        String[] dry = {
            "import",
            "volume",
            "-q",
            "--dry-run",
            "--catalog=main",
            "--schema=default",
            "--volume=photos",
            "--table=main.default.inputs",
            "--app=app",
            "--dataset=pictures"
        };

        Ended ended = flow.run(dry);

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).isEmpty();
        // but for the log of the tests
        assertThat(ended.err().lines()).allMatch(line -> line.contains(" INFO "));
        dry[7] = "--table=main.none.inputs";
        Ended failed = flow.run(dry);
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err().lines().filter(line -> !line.contains(" INFO ")))
                .singleElement()
                .asString()
                .startsWith("error: ");
    }

    @Test
    void whatIsTrackedAlreadyIsCountedAndNotRead() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.sql().row(PLAN, counts(0, 1));

        assertThat(run().summary()).containsEntry("imported", 0).containsEntry("existing", 1);

        assertThat(flow.clarifai().count("PostInputs")).isZero();
        assertThat(flow.workspace().requests("GET"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/fs/files/Volumes/main/default/photos"));
    }

    @Test
    void aTableOfSomebodyElseIsRefusedBeforeAnythingIsMade() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.sql().table("main.default.inputs", Map.of("input_id", "string", "salary", "int"));

        Ended ended = run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("main.default.inputs", "salary", "--force");
        assertThat(flow.workspace().requests("PUT")).isEmpty();
        assertThat(flow.clarifai().count("PostDatasets")).isZero();
    }

    @Test
    void aDatasetThatClarifaiRefusesLeavesNoTable() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.clarifai().refuseNext("PostDatasets", status(StatusCode.CONN_INVALID_REQUEST, "no such id"));

        assertThat(run().error()).contains("no such id");
        assertThat(flow.sql().statements("CREATE TABLE", "`main`.`default`.`inputs`"))
                .isEmpty();
    }

    @Test
    void aRefusedBatchFailsTheRunInOneLineAndRemovesWhatWasStaged() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        plan("a.gif");
        flow.clarifai().refuseNext("PostInputs", status(StatusCode.CONN_INSUFFICIENT_SCOPES, "may not write"));

        Ended ended = run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("PostInputs failed");
        assertThat(flow.workspace().requests("DELETE"))
                .anySatisfy(request -> assertThat(request.target()).contains("/fs/", "clarifai_staging/"));
    }

    @Test
    void picturesAreReadByTheFilesApiWhereNoCredentialsAreGivenOutAndTheRunSaysWhy() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.workspace().on(CREDENTIALS, NO_RIGHT);
        plan("a.gif");

        Ended ended = run();

        assertThat(ended.summary()).containsEntry("imported", 1);
        assertThat(ended.summary().get("notes"))
                .asString()
                .contains("transfer: files-api, because direct is not possible", "EXTERNAL USE SCHEMA");
    }

    @Test
    void picturesAreReadWhereTheCloudKeepsThemWhereThatIsPermitted() {
        flow.file(PHOTOS + "cat 1%/b.gif", PICTURE);
        inTheCloud("/bucket/volumes/7/cat%201%25/b.gif");
        plan("cat 1%/b.gif");

        Ended ended = run(storage(), "--transfer=auto");

        assertThat(ended.summary()).containsEntry("imported", 1);
        assertThat(ended.summary().get("notes")).asString().contains("transfer: direct, from s3://bucket/volumes/7/");
        assertThat(flow.clarifai().requests(PostInputsRequest.class))
                .singleElement()
                .satisfies(request -> assertThat(request.getInputs(0)
                                .getData()
                                .getImage()
                                .getBase64()
                                .toStringUtf8())
                        .isEqualTo(PICTURE));
        assertThat(flow.workspace().requests("GET"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/fs/files/Volumes/main/default/photos"));
    }

    @Test
    void clarifaiGetsAnAddressAndNobodyElseDoes() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.file(PHOTOS + "late.gif", PICTURE);
        inTheCloud("/bucket/volumes/7/a.gif");
        plan("a.gif", "late.gif");
        flow.clarifai()
                .failProcessingOf(
                        "late",
                        status(StatusCode.INPUT_PERMISSION_DENIED, "no").toBuilder()
                                .setDetails(
                                        "https://s3/bucket/late.gif?a=b&X-Amz-Security-Token=hush&X-Amz-Signature=1f")
                                .build());

        Ended ended = run(storage(), "--transfer=by-url");

        assertThat(ended.summary()).containsEntry("imported", 1).containsEntry("rejected", 1);
        assertThat(ended.summary().get("notes")).asString().contains("transfer: by-url");
        String sent = flow.clarifai().input("a").getData().getImage().getUrl();
        assertThat(sent).contains("/bucket/volumes/7/a.gif?", "X-Amz-Security-Token=session-token");
        assertThat(ended.out() + ended.err()).doesNotContain("X-Amz", "session-token", "hush");
        List<Map<String, Object>> staged = flow.staged("");
        assertThat(staged.toString()).doesNotContain("X-Amz", "session-token", "hush");
        assertThat(flow.staged("ended"))
                .extracting(row -> row.get("input_id"), row -> row.get("image_url"), row -> row.get("unread"))
                .containsExactlyInAnyOrder(
                        tuple("a", flow.workspace().host() + "/bucket/volumes/7/a.gif", null),
                        tuple("late", null, true));
        assertThat(flow.workspace().requests("GET"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/bucket/volumes"));
    }

    @Test
    void aWayThatIsNotPermittedIsRefusedByNameBeforeAnythingIsMade() {
        flow.file(PHOTOS + "a.gif", PICTURE);
        flow.workspace().on(CREDENTIALS, NO_RIGHT);

        Ended ended = run("--transfer=direct");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error())
                .contains("User does not have EXTERNAL USE SCHEMA on Schema 'main.default'", "--transfer");
        assertThat(flow.workspace().requests("PUT")).isEmpty();
        assertThat(flow.clarifai().count("PostDatasets")).isZero();
    }

    private Map<String, String> storage() {
        return Map.of("databricks.storage-endpoint", flow.workspace().host());
    }

    private void inTheCloud(String... objects) {
        flow.workspace()
                .on(
                        "GET /api/2.1/unity-catalog/volumes/main.default.photos",
                        json("{\"full_name\":\"main.default.photos\",\"volume_id\":\"v7\"}"))
                .on(CREDENTIALS, json("""
                        {"aws_temp_credentials":{"access_key_id":"AKIA","secret_access_key":"hush",
                          "session_token":"session-token"},
                         "expiration_time":%d,"url":"s3://bucket/volumes/7"}""".formatted(
                                Instant.now().plusSeconds(3600).toEpochMilli())))
                .on("HEAD /bucket", FakeWorkspace.status(200));
        for (String object : objects) {
            flow.workspace().on("GET " + object, FakeWorkspace.bytes(PICTURE.getBytes(StandardCharsets.UTF_8)));
        }
    }
}
