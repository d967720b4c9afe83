package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.BoundingBox;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Frame;
import com.clarifai.grpc.api.FrameInfo;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.Region;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code export}; the tables, read by Spark, are compared to the row with what the server holds. */
class ExportIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SLICES = 8;

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final ClarifaiApp app = ClarifaiApp.create(sandbox, "export-" + suffix);
    private final String inputs = "main.default.inputs_" + suffix;
    private final String annotations = "main.default.annotations_" + suffix;

    @AfterEach
    void quiet() {
        sandbox.clearFaults();
    }

    @Test
    void everyInputAndAnnotationOfEveryKindIsInTheTables() throws IOException {
        assertEverythingIsInTheTables(600, 1_800);
    }

    @Tag("volume")
    @Test
    void everyInputAndAnnotationOfALargeDatasetIsInTheTables() throws IOException {
        assertEverythingIsInTheTables(20_000, 60_000);
    }

    private void assertEverythingIsInTheTables(int inputCount, int annotationCount) throws IOException {
        sandbox.fillDataset(app.id(), "pictures", inputCount, annotationCount);

        Map<String, Object> summary = summary(export());

        Map<String, Input> inputsHeld = byId(app.datasetInputs("pictures"), Input::getId);
        Map<String, Annotation> annotationsHeld = byId(app.annotations(), Annotation::getId);
        assertThat(inputsHeld).hasSize(inputCount);
        assertThat(annotationsHeld).hasSizeGreaterThan(annotationCount);
        assertThat(summary)
                .containsEntry("inputs", inputsHeld.size())
                .containsEntry("inputsInserted", inputsHeld.size())
                .containsEntry("annotations", annotationsHeld.size())
                .containsEntry("annotationsInserted", annotationsHeld.size());

        List<Map<String, Object>> inputRows = rows(inputs, "input_id");
        assertThat(inputRows).hasSize(inputsHeld.size());
        for (Map<String, Object> row : inputRows) {
            assertInput(row, inputsHeld.get(row.get("input_id")));
        }
        List<Map<String, Object>> annotationRows = rows(annotations, "annotation_id");
        assertThat(annotationRows).hasSize(annotationsHeld.size());
        for (Map<String, Object> row : annotationRows) {
            assertAnnotation(row, annotationsHeld.get(row.get("annotation_id")));
        }
        assertThat(annotationRows)
                .extracting(row -> row.get("annotation_type"))
                .contains("classification", "bounding_box", "polygon", "mask", "point", "span", "frame");
    }

    /** One that has other columns at first; with the images, of which some cannot be read at first. */
    @Test
    void aTableThatExistsIsReplacedOrMergedAsAskedForAndEachImageIsInTheVolumeOnce() throws IOException {
        JsonNode counts = sandbox.fillDataset(app.id(), "pictures", 60, 100);
        int images = counts.at("/inputs/image").asInt();
        int elsewhere = counts.at("/inputs/url_image").asInt();
        String folder = "/Volumes/main/default/" + sandbox.setting("sandbox.volume") + "/export_" + suffix;
        sandbox.execute("CREATE TABLE " + inputs + " (input_id STRING, input_created_at STRING, image_url STRING,"
                + " image_info STRING, input_modified_at STRING) USING DELTA");
        sandbox.execute("INSERT INTO " + inputs + " VALUES ('old', '10/27/% 12:48:   %5', 'u', '', '')");
        sandbox.fault("data:GET=404,times=1");
        sandbox.fault("data:GET=500,after=10,times=1");
        sandbox.fault("data:GET=truncate,after=20,times=1");

        assertThat(summary(exportImages("--if-exists=replace")))
                .containsEntry("inputsInserted", 60)
                .containsEntry("images", images - 1)
                .containsEntry("imagesFailed", 1 + elsewhere);
        assertThat(sandbox.query("SELECT input_created_at + INTERVAL 1 DAY AS later FROM " + inputs))
                .hasSize(60)
                .allSatisfy(row -> assertThat(row.get("later")).isNotNull());
        assertThat(sandbox.query("SHOW TABLES IN main.default LIKE 'clarifai_export_*'"))
                .isEmpty();
        assertThat(sandbox.listFolder(folder)).hasSize(images - 1);
        sandbox.clearFaults();

        String gone = (String) sandbox.query("SELECT max(input_id) AS id FROM " + inputs + " WHERE image_url IS NULL")
                .get(0)
                .get("id");
        app.deleteInput(gone);
        sandbox.execute("UPDATE " + inputs + " SET image_url = 'old' WHERE image_url IS NOT NULL");
        long stale = count(inputs + " WHERE image_url = 'old'");
        assertThat(summary(exportImages("--if-exists=merge", "--fetch-external")))
                .containsEntry("inputsInserted", 0)
                .containsEntry("inputsUpdated", (int) stale)
                .containsEntry("imagesExisting", images - 1);
        assertThat(count(inputs)).as("a merge keeps what is gone in Clarifai").isEqualTo(60);
        assertEachImageIsInTheVolume(folder, images);

        assertThat(summary(export("--if-exists=replace", "--preview", "0"))).containsEntry("inputsInserted", 59);
        assertThat(count(inputs)).isEqualTo(59);
        assertThat(count(annotations)).isEqualTo(app.annotations().size());
        assertThat(sandbox.query("DESCRIBE TABLE " + inputs))
                .filteredOn(row -> "input_id".equals(row.get("col_name")))
                .extracting(row -> row.get("comment"))
                .containsExactly("Id of the input in the Clarifai app");
    }

    private Result exportImages(String ifExists, String... more) {
        List<String> options = new ArrayList<>(List.of(
                ifExists,
                "--preview=0",
                "--images",
                "--catalog=main",
                "--schema=default",
                "--volume=" + sandbox.setting("sandbox.volume"),
                "--path=export_" + suffix));
        options.addAll(List.of(more));
        return export(options.toArray(String[]::new));
    }

    private void assertEachImageIsInTheVolume(String folder, int images) {
        List<Map<String, Object>> exported = sandbox.query(
                "SELECT input_id, image_path, image_info FROM " + inputs + " WHERE image_path IS NOT NULL");
        assertThat(sandbox.listFolder(folder)).hasSize(exported.size());
        assertThat(exported).hasSizeGreaterThanOrEqualTo(images).allSatisfy(row -> {
            JsonNode info = JSON.readTree((String) row.get("image_info"));
            if (info.path("width").asInt() == 0) {
                // not processed yet
                return;
            }
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(sandbox.file((String) row.get("image_path"))));
            assertThat(image.getWidth()).isEqualTo(info.path("width").asInt());
            assertThat(image.getHeight()).isEqualTo(info.path("height").asInt());
        });
    }

    @Tag("nightly")
    @Test
    void aDryRunCountsWhatTheRunThenWritesAndWritesNothingItself() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 30, 30);

        Map<String, Object> tried = summary(export("--dry-run"));
        assertThat(sandbox.tableExists(inputs)).isFalse();
        assertThat(sandbox.tableExists(annotations)).isFalse();
        assertCountsOf(tried, summary(export("--preview", "0")));

        app.deleteInput(app.datasetInputs("pictures").get(3).getId());
        sandbox.execute("UPDATE " + inputs + " SET image_info = 'other' WHERE image_info IS NOT NULL");
        sandbox.execute("DELETE FROM " + annotations);
        long version = version(inputs);
        List<String> listed = update("--full", "--deletes=remove", "--dry-run", "--list")
                .out()
                .lines()
                .toList();
        Map<String, Object> update = summary(update("--json", "--full", "--deletes=remove", "--dry-run"));
        assertThat(version(inputs)).isEqualTo(version);
        assertThat(update).containsEntry("inputsDeleted", 1);
        assertListed(listed, "would remove row .* in " + inputs, update.get("inputsDeleted"));
        assertListed(listed, "would change row .* in " + inputs, update.get("inputsUpdated"));
        assertListed(listed, "would add row .* in " + annotations, update.get("annotationsInserted"));
        assertCountsOf(update, summary(update("--json", "--full", "--deletes=remove")));

        assertThat(summary(export("--if-exists=replace", "--dry-run")))
                .containsEntry("inputsInserted", 29)
                .containsEntry("inputsDeleted", 29);
    }

    private static void assertListed(List<String> lines, String pattern, Object count) {
        assertThat(count).isNotEqualTo(0);
        assertThat(lines.stream().filter(line -> line.matches(pattern))).hasSize((Integer) count);
    }

    private static void assertCountsOf(Map<String, Object> tried, Map<String, Object> done) {
        assertThat(tried).containsEntry("dryRun", true);
        assertThat(done).doesNotContainKey("dryRun").hasEntrySatisfying("inputs", number -> assertThat(number)
                .isNotEqualTo(0));
        for (String count : List.of(
                "inputs",
                "annotations",
                "inputsInserted",
                "inputsUpdated",
                "annotationsInserted",
                "annotationsUpdated")) {
            assertThat(tried.get(count)).as(count).isEqualTo(done.get(count));
        }
    }

    @Tag("volume")
    @Test
    void whatIsThereTheWholeTimeIsExportedWhileOthersComeAndGo() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 6_000, 6_000);
        Set<String> before = byId(app.datasetInputs("pictures"), Input::getId).keySet();
        sandbox.churn(app.id(), "pictures", 20, 40, 1);
        JsonNode churn;
        try {
            summary(export());
        } finally {
            churn = sandbox.endChurn();
        }

        assertThat(churn.path("deleted")).hasSizeGreaterThan(100);
        Set<String> stayed = byId(app.datasetInputs("pictures"), Input::getId).keySet();
        stayed.retainAll(before);
        List<Object> exported = sandbox.query("SELECT input_id FROM " + inputs).stream()
                .map(row -> row.get("input_id"))
                .toList();
        assertThat(exported).doesNotHaveDuplicates();
        assertThat(Set.copyOf(exported)).containsAll(stayed);
        assertThat(sandbox.query("SELECT annotation_id FROM " + annotations + " GROUP BY 1 HAVING count(*) > 1"))
                .isEmpty();
    }

    @Tag("nightly")
    @Test
    void anExportThatWasKilledIsCompletedByTheNext() throws IOException {
        int images = sandbox.fillDataset(app.id(), "pictures", 150, 100)
                .at("/inputs/image")
                .asInt();
        String volume = sandbox.setting("sandbox.volume");
        String folder = "/Volumes/main/default/" + volume + "/killed_" + suffix;
        String[] arguments = arguments(
                "--json",
                "--images",
                "--catalog=main",
                "--schema=default",
                "--volume",
                volume,
                "--path",
                "killed_" + suffix);
        sandbox.fault("data:GET=delay:100");
        ConnectProcess killed = ConnectProcess.start(sandbox.endpointsFile(), arguments);
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .failFast("it ended before it could be killed", () -> !killed.isAlive())
                .until(() -> sandbox.listFolder(folder).size() > 20);
        killed.kill();
        killed.waitFor();
        sandbox.clearFaults();
        int there = sandbox.listFolder(folder).size();
        assertThat(there).isLessThan(images);
        assertThat(sandbox.tableExists(inputs)).isFalse();

        Map<String, Object> summary = summary(ConnectRun.run(sandbox, arguments));

        assertThat(summary).containsEntry("inputsInserted", 150);
        assertThat((int) summary.get("images") + (int) summary.get("imagesExisting"))
                .isEqualTo(images);
        assertThat((int) summary.get("imagesExisting")).isGreaterThanOrEqualTo(20);
        assertThat(sandbox.listFolder(folder)).hasSize(images);
    }

    @Tag("nightly")
    @Test
    void withoutAVolumeThatMayBeWrittenRowsGoThroughATable() throws IOException {
        sandbox.fillDataset(app.id(), "pictures", 30, 60);
        sandbox.fault("files:*=403");
        sandbox.fault("directories:*=403");

        Map<String, Object> summary = summary(export());

        assertThat(summary).containsEntry("inputsInserted", 30);
        assertThat(count(annotations)).isEqualTo(app.annotations().size());
        assertThat(sandbox.query("SHOW TABLES IN main.default LIKE 'clarifai_staging_*'"))
                .isEmpty();
    }

    /**
     * The kinds of annotations that can be made of an image; what is imported has other ids, users and times. A video is
     * exported with its frames, and rejected by the import, which makes images.
     */
    @Test
    void whatWasExportedCanBeImportedIntoAnEmptyApp() throws IOException {
        ClarifaiApp source = ClarifaiApp.create(sandbox, "source-" + suffix);
        sandbox.fillDataset(source.id(), "all", 60, 400);
        List<Annotation> notes = source.annotations().stream()
                .filter(note -> !note.getInputLevel() && note.getStatus().getCodeValue() == 24150)
                .filter(note -> note.getData().getFramesCount() + note.getData().getTimeSegmentsCount() == 0)
                .toList();
        app.createDataset("pictures");
        for (int i = 0; i < 5; i++) {
            app.postInput(
                    "image-" + i, sandbox.setting("sandbox.images") + "/generated/" + (7000 + i) + ".jpg", "pictures");
        }
        app.relabel(List.of("image-0", "image-3"), "heron");
        app.postVideo("clip", sandbox.setting("sandbox.images") + "/videos/7.mp4", "pictures");
        Data frames = Data.newBuilder()
                .addFrames(frame(0, "heron"))
                .addFrames(frame(12, "crane"))
                .build();
        app.annotate("clip", frames);
        for (int i = 0; i < 60; i++) {
            app.annotate("image-" + i % 5, notes.get(i).getData());
        }
        summary(export("--preview", "0"));

        String ofFrames = " WHERE annotation_type = 'frame'";
        assertThat(sandbox.query("SELECT input_id, annotation FROM " + annotations + ofFrames))
                .singleElement()
                .satisfies(row -> assertThat(row).containsEntry("input_id", "clip"))
                .satisfies(
                        row -> assertThat(data((String) row.get("annotation")).getFramesList())
                                .extracting(Frame::getFrameInfo)
                                .isEqualTo(frames.getFramesList().stream()
                                        .map(Frame::getFrameInfo)
                                        .toList()));

        String file = "main.default.file_" + suffix;
        sandbox.execute("CREATE TABLE " + file + " AS SELECT i.input_id AS inputid, i.image_url AS input,"
                + " to_json(i.concepts) AS concepts, i.input_metadata AS metadata,"
                + " concat('[', (SELECT array_join(collect_list(a.annotation), ',') FROM " + annotations
                + " a WHERE a.input_id = i.input_id AND NOT a.input_level), ']') AS annotations FROM " + inputs + " i");
        ClarifaiApp copy = ClarifaiApp.create(sandbox, "copy-" + suffix);
        Map<String, Object> imported = summary(ConnectRun.run(
                sandbox,
                "import",
                "delta",
                file,
                "--json",
                "--table",
                "main.default.track_" + suffix,
                "--app",
                copy.id(),
                "--dataset",
                "pictures"));
        assertThat(imported)
                .containsEntry("imported", 5)
                .containsEntry("rejected", 1)
                .containsEntry("annotations", 60);
        assertThat(sandbox.query("SELECT input_id, status_message FROM main.default.track_" + suffix + "_rejects"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .containsEntry("input_id", "clip")
                        .hasEntrySatisfying(
                                "status_message",
                                reason -> assertThat(reason).asString().contains("no image URL")));
        sandbox.execute("DELETE FROM " + annotations + " WHERE input_id = 'clip'");
        summary(ConnectRun.run(
                sandbox,
                "export",
                "--json",
                "--app",
                copy.id(),
                "--dataset",
                "pictures",
                "--inputs-table",
                inputs + "_2",
                "--annotations-table",
                annotations + "_2"));

        String same =
                "SELECT input_id, annotation_type, input_level, to_json(concepts) AS concepts, to_json(transform(regions,"
                        + " r -> named_struct('type', r.type, 'box', array(r.top_row, r.left_col, r.bottom_row, r.right_col),"
                        + " 'points', r.points, 'mask', r.mask, 'concepts', r.concepts))) AS regions FROM ";
        assertThat(count(annotations)).isEqualTo(65);
        assertThat(sandbox.query(same + annotations + " EXCEPT ALL " + same + annotations + "_2"))
                .isEmpty();
        assertThat(sandbox.query(same + annotations + "_2 EXCEPT ALL " + same + annotations))
                .isEmpty();
    }

    private static Frame frame(int index, String concept) {
        return Frame.newBuilder()
                .setFrameInfo(FrameInfo.newBuilder().setIndex(index).setTime(index * 40))
                .setData(Data.newBuilder()
                        .addConcepts(Concept.newBuilder().setId(concept).setValue(1)))
                .build();
    }

    private static Data data(String json) {
        try {
            Data.Builder data = Data.newBuilder();
            JsonFormat.parser().merge(json, data);
            return data.build();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertInput(Map<String, Object> row, Input held) throws IOException {
        Data data = held.getData();
        assertThat(row)
                .containsEntry("app_id", row.get("app_id"))
                .containsEntry("dataset_id", "pictures")
                .containsEntry("image_url", text(data.getImage().getUrl()))
                .containsEntry("text_url", text(data.getText().getUrl()))
                .containsEntry("text_raw", text(data.getText().getRaw()))
                .containsEntry("video_url", text(data.getVideo().getUrl()))
                .containsEntry("audio_url", text(data.getAudio().getUrl()))
                .containsEntry("input_created_at", micros(held.getCreatedAt()))
                .containsEntry("input_modified_at", micros(held.getModifiedAt()))
                .containsEntry("status_code", held.getStatus().getCodeValue());
        assertConcepts(row.get("concepts"), data.getConceptsList());
        if (data.getGeo().hasGeoPoint()) {
            assertThat(((Number) row.get("longitude")).floatValue())
                    .isEqualTo(data.getGeo().getGeoPoint().getLongitude());
            assertThat(((Number) row.get("latitude")).floatValue())
                    .isEqualTo(data.getGeo().getGeoPoint().getLatitude());
        } else {
            assertThat(row.get("longitude")).isNull();
        }
        if (data.hasMetadata()) {
            // 1 and 1.0 are the same number
            assertThat(JSON.readTree((String) row.get("input_metadata"))
                            .toString()
                            .replace(".0", ""))
                    .isEqualTo(JSON.readTree(JsonFormat.printer().print(data.getMetadata()))
                            .toString()
                            .replace(".0", ""));
        }
        if (data.hasImage()) {
            JsonNode info = JSON.readTree((String) row.get("image_info"));
            assertThat(info.path("width").asInt())
                    .isEqualTo(data.getImage().getImageInfo().getWidth());
            assertThat(info.path("format").asText())
                    .isEqualTo(data.getImage().getImageInfo().getFormat());
        }
    }

    private static void assertAnnotation(Map<String, Object> row, Annotation held) throws IOException {
        Data.Builder exported = Data.newBuilder();
        JsonFormat.parser().merge((String) row.get("annotation"), exported);
        assertThat(exported.build()).isEqualTo(held.getData());
        assertThat(row)
                .containsEntry("input_id", held.getInputId())
                .containsEntry("input_level", held.getInputLevel())
                .containsEntry("dataset_id", "pictures")
                .containsEntry("annotation_created_at", micros(held.getCreatedAt()))
                .containsEntry("annotation_modified_at", micros(held.getModifiedAt()))
                .containsEntry("status_code", held.getStatus().getCodeValue());
        assertThat(row.get("annotation_user_id")).isNotNull();
        assertThat(row.get("annotation_type")).isNotNull();
        assertConcepts(row.get("concepts"), held.getData().getConceptsList());
        JsonNode regions = JSON.readTree((String) row.get("regions"));
        assertThat(regions).hasSize(held.getData().getRegionsCount());
        for (int i = 0; i < regions.size(); i++) {
            Region region = held.getData().getRegions(i);
            if (region.getRegionInfo().hasBoundingBox()) {
                BoundingBox box = region.getRegionInfo().getBoundingBox();
                assertThat(regions.get(i).path("top_row").floatValue()).isEqualTo(box.getTopRow());
                assertThat(regions.get(i).path("left_col").floatValue()).isEqualTo(box.getLeftCol());
                assertThat(regions.get(i).path("bottom_row").floatValue()).isEqualTo(box.getBottomRow());
                assertThat(regions.get(i).path("right_col").floatValue()).isEqualTo(box.getRightCol());
            }
            assertConcepts(
                    regions.get(i).path("concepts").toString(), region.getData().getConceptsList());
        }
    }

    private static void assertConcepts(Object json, List<Concept> held) throws IOException {
        JsonNode concepts = JSON.readTree((String) json);
        assertThat(concepts).hasSize(held.size());
        for (int i = 0; i < held.size(); i++) {
            assertThat(concepts.get(i).path("id").asText())
                    .isEqualTo(held.get(i).getId());
            assertThat(concepts.get(i).path("value").floatValue())
                    .isEqualTo(held.get(i).getValue());
        }
    }

    private static String text(String value) {
        return value.isEmpty() ? null : value;
    }

    /** A time as SQL gives it in UTC. */
    private static String micros(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos())
                .truncatedTo(ChronoUnit.MICROS)
                .toString();
    }

    /** All rows: a warehouse gives out only so much at a time. Arrays as JSON, times as ISO 8601 in UTC. */
    private List<Map<String, Object>> rows(String table, String key) {
        List<String> columns = sandbox.query("DESCRIBE TABLE " + table).stream()
                .map(row -> {
                    String name = (String) row.get("col_name");
                    String type = (String) row.get("data_type");
                    return type.startsWith("array")
                            ? "to_json(" + name + ") AS " + name
                            : type.equals("timestamp") ? "unix_micros(" + name + ") AS " + name : name;
                })
                .toList();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int slice = 0; slice < SLICES; slice++) {
            rows.addAll(sandbox.query("SELECT " + String.join(", ", columns) + " FROM " + table + " WHERE pmod(hash("
                    + key + "), " + SLICES + ") = " + slice));
        }
        for (Map<String, Object> row : rows) {
            row.replaceAll((name, value) -> name.endsWith("_at") && value instanceof Number micros
                    ? Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS).toString()
                    : value);
        }
        return rows;
    }

    private long count(String from) {
        return ((Number) sandbox.query("SELECT count(*) AS n FROM " + from)
                        .get(0)
                        .get("n"))
                .longValue();
    }

    private long version(String table) {
        return ((Number) sandbox.query("DESCRIBE HISTORY " + table + " LIMIT 1")
                        .get(0)
                        .get("version"))
                .longValue();
    }

    private static <T> Map<String, T> byId(List<T> items, Function<T, String> id) {
        return items.stream().collect(Collectors.toMap(id, Function.identity()));
    }

    private String[] arguments(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                "--app",
                app.id(),
                "--dataset",
                "pictures",
                "--inputs-table",
                inputs,
                "--annotations-table",
                annotations));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private Result update(String... more) {
        String[] arguments = arguments(more);
        arguments[0] = "update";
        return ConnectRun.run(sandbox, arguments);
    }

    private Result export(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("--json");
        return ConnectRun.run(sandbox, arguments(all.toArray(String[]::new)));
    }
}
