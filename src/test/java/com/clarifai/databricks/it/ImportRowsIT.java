package com.clarifai.databricks.it;

import static com.clarifai.databricks.it.ConnectProcess.summary;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Input;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code import csv} and {@code import delta}; dataset, tables and summary compared to the row. */
class ImportRowsIT {

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final Sandbox sandbox = Sandbox.shared();
    private final ClarifaiApp app = ClarifaiApp.create(sandbox, "rows-" + suffix);
    private final String table = "main.default.rows_" + suffix;
    private final String images = sandbox.setting("sandbox.images");

    @AfterEach
    void noFaults() {
        sandbox.clearFaults();
    }

    @Test
    void everyRowEndsWhereItBelongsAndTheNextRunRepairsIt() throws IOException {
        String header = "inputid,input,concepts,metadata,geopoints\n";
        String good =
                "good," + images + "/generated/1.jpg,\"cat, !dog\",\"{'filename': \"\"o'hare.jpg\"\"}\",\"102,70\"\n";
        String csv = header
                + good
                + "plain," + images + "/generated/2.jpg,,,\n"
                + "gone," + images + "/missing/3.jpg,,,\n"
                + "html," + images + "/text/4.jpg,,,\n"
                + "badmeta," + images + "/generated/5.jpg,,{'a': ,\n"
                + "badgeo," + images + "/generated/6.jpg,,,\"200,10\"\n"
                + "not an id!," + images + "/generated/7.jpg,,,\n"
                + "plain," + images + "/generated/8.jpg,,,\n";
        String source = sandbox.putObject(suffix + "/mixed.csv", csv.getBytes(StandardCharsets.UTF_8));

        assertThat(summary(run("csv", source)))
                .containsEntry("read", 8)
                .containsEntry("imported", 2)
                .containsEntry("rejected", 6);
        Input input = input("good");
        assertThat(input.getData().getConceptsList())
                .extracting(Concept::getId, Concept::getValue)
                .containsExactlyInAnyOrder(tuple("cat", 1f), tuple("dog", 0f));
        assertThat(input.getData().getMetadata().getFieldsOrThrow("filename").getStringValue())
                .isEqualTo("o'hare.jpg");
        assertThat(input.getData().getGeo().getGeoPoint().getLongitude()).isEqualTo(102f);
        assertThat(input("plain").getData().getConceptsList()).isEmpty();
        assertThat(app.inputs()).as("failed inputs are removed again").hasSize(2);
        assertThat(rejects()).hasSize(6).allSatisfy(reject -> {
            assertThat(reject.get("status_message").toString()).isNotBlank();
            assertThat(reject.get("raw").toString()).contains(images);
            assertThat(reject.get("source_uri").toString()).startsWith(source + "#line=");
        });

        String repaired = csv.replace("/missing/3.jpg", "/generated/3.jpg").replace("200,10", "20,10");
        sandbox.putObject(suffix + "/mixed.csv", repaired.getBytes(StandardCharsets.UTF_8));
        assertThat(summary(run("csv", source)))
                .containsEntry("imported", 2)
                .containsEntry("existing", 2)
                .containsEntry("rejected", 4);
        assertThat(rejects()).hasSize(4);
        assertThat(sandbox.query("SELECT * FROM " + table)).hasSize(4);
    }

    @Tag("nightly")
    @Test
    void anAppOfAnOrganisationTakesRowsByATokenThatMayNotReadItsUser() throws IOException {
        String source = csv("org-" + suffix + "," + images + "/generated/1.jpg,a");
        Path settings = sandbox.settingsWith(Map.of("clarifai.user-id", "sandbox-org"));
        sandbox.setting("readable-user", 0);
        try {
            assertThat(summary(ConnectRun.run(
                            settings,
                            "import",
                            "csv",
                            source,
                            "--json",
                            "--table=" + table,
                            "--app=team",
                            "--dataset=pictures-" + suffix)))
                    .containsEntry("imported", 1);
            Result check = ConnectRun.run(settings, "check", "--json", "--app=team");

            assertThat(sandbox.query("SELECT user_id FROM " + table)).containsExactly(Map.of("user_id", "sandbox-org"));
            assertThat(check.out()).contains("warning: the token may not read its user");
            assertThat(check.exitCode()).as(check.out()).isZero();
        } finally {
            sandbox.setting("readable-user", 1);
        }
    }

    @Tag("nightly")
    @Test
    void killedRunRepeatedLosesNoAnnotation() throws IOException {
        StringBuilder csv = new StringBuilder("inputid,input,concepts,annotations\n");
        for (int i = 0; i < 60; i++) {
            csv.append("row" + i + "," + images + "/generated/" + i
                    + ".jpg,cat,\"[{\"\"concepts\"\": [{\"\"id\"\": \"\"dog\"\"}]}]\"\n");
        }
        String source = sandbox.putObject(suffix + "/killed.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
        sandbox.fault("clarifai:PostAnnotations=delay:60000");
        ConnectProcess killed = ConnectProcess.start(sandbox.endpointsFile(), arguments("csv", source));
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() -> app.inputs().size() == 60);
        killed.kill();
        killed.waitFor();
        sandbox.clearFaults();

        assertThat(summary(run("csv", source))).containsEntry("imported", 60).containsEntry("annotations", 60);

        assertThat(app.datasetInputs("pictures"))
                .hasSize(60)
                .allSatisfy(input -> assertThat(app.annotations(input.getId())).hasSize(1));
        assertThat(sandbox.query("SELECT * FROM " + table + " WHERE status = 'PROCESSED'"))
                .hasSize(60);
    }

    /** Numeric ids, arrays, maps, and a row that is longer than one may be. */
    @Test
    void aTableOfSeveralPagesIsReadToItsEnd() throws IOException {
        String pictures = "main.default.pages_" + suffix;
        sandbox.execute("CREATE TABLE " + pictures + " AS SELECT 9007199254740993 + id AS InputId, concat('" + images
                + "/generated/', id, '.jpg') AS input, array('cat', if(id = 6, repeat('x', 2000000), '!dog')) AS concepts,"
                + " map('k', 'v') AS metadata, '1,2' AS geopoints FROM range(7) UNION ALL SELECT 2, '" + images
                + "/generated/9.jpg', NULL, NULL, NULL");
        Result result =
                ConnectRun.run(sandbox.settingsWith(Map.of("import.page-size", "3")), arguments("delta", pictures));

        assertThat(summary(result))
                .containsEntry("read", 8)
                .containsEntry("imported", 7)
                .containsEntry("rejected", 1);

        assertThat(app.datasetInputs("pictures"))
                .extracting(Input::getId)
                .hasSize(7)
                .contains("9007199254740993", "9007199254740998", "2");
        assertThat(concepts("9007199254740993")).containsExactlyInAnyOrder("cat", "dog");
        assertThat(sandbox.query("SELECT * FROM " + table + " WHERE status = 'PROCESSED'"))
                .hasSize(7);
        assertThat(rejects()).singleElement().satisfies(reject -> {
            assertThat(reject)
                    .containsEntry("input_id", "9007199254740999")
                    .containsEntry("source_uri", pictures + "#inputid=9007199254740999");
            assertThat(reject.get("status_message").toString())
                    .contains("bytes, more than the 1000000 allowed")
                    .contains("import.max-row-bytes");
        });
        assertThat(sandbox.query("SHOW TABLES IN main.default LIKE 'clarifai_import_*'"))
                .isEmpty();
    }

    /** Column mapping, deletion vectors, partitions, names that need back-ticks, typed columns of every kind. */
    /** What a row of a table is known by is its id, which several may have. */
    @Test
    void aTableThatHasIdsMoreThanOnceIsImportedAgainAndAgain() throws IOException {
        String pictures = "main.default.repeated_" + suffix;
        sandbox.execute("CREATE TABLE " + pictures + " AS SELECT * FROM VALUES ('a', '" + images
                + "/generated/1.jpg'), ('a', '" + images + "/generated/2.jpg'), ('no id!', '" + images
                + "/generated/3.jpg'), ('no id!', '" + images + "/generated/4.jpg') AS rows(inputid, input)");
        assertThat(summary(run("delta", pictures))).containsEntry("imported", 1).containsEntry("rejected", 3);
        List<Map<String, Object>> rejected = keys(rejects());

        assertThat(summary(run("delta", pictures))).containsEntry("existing", 1).containsEntry("rejected", 3);

        assertThat(keys(rejects())).hasSize(3).containsExactlyInAnyOrderElementsOf(rejected);
        sandbox.execute("DELETE FROM " + pictures + " WHERE input LIKE '%2.jpg'");
        assertThat(summary(run("delta", pictures))).containsEntry("existing", 1).containsEntry("rejected", 2);
        assertThat(keys(rejects()))
                .hasSize(2)
                .allSatisfy(reject -> assertThat(reject.get("raw").toString()).contains("no id!"));
    }

    private static List<Map<String, Object>> keys(List<Map<String, Object>> rejects) {
        return rejects.stream()
                .map(reject -> Map.of("source", reject.get("source_uri"), "raw", reject.get("raw")))
                .toList();
    }

    @Test
    void aTableAsPeopleHaveThemIsReadByTheRulesOfTheDocumentation() throws IOException {
        String pictures = "main.default.`k\u00e4tzchen-" + suffix + "`";
        sandbox.execute(
                "CREATE TABLE " + pictures + " (`my id` BIGINT, `url, full` STRING, `tags.all` MAP<STRING, DOUBLE>,"
                        + " about STRUCT<asset: BIGINT, price: DECIMAL(20, 2), day: DATE, at: TIMESTAMP_NTZ, raw: BINARY,"
                        + " no: STRING>, place STRUCT<longitude: DOUBLE, latitude: DOUBLE>, `group` STRING) USING delta"
                        + " PARTITIONED BY (`group`) TBLPROPERTIES ('delta.columnMapping.mode' = 'name',"
                        + " 'delta.enableDeletionVectors' = 'true')");
        sandbox.execute("INSERT INTO " + pictures + " SELECT id, concat('" + images + "/generated/', id, '.jpg'),"
                + " map('cat', 1D, 'dog', if(id = 3, double('NaN'), 0D)), named_struct('asset', 9007199254740993,"
                + " 'price', 0.10BD, 'day', DATE'2024-05-01', 'at', TIMESTAMP_NTZ'2024-05-01 10:00:00', 'raw', X'01', 'no',"
                + " CAST(NULL AS STRING)), named_struct('longitude', if(id = 2, NULL, 1.5D), 'latitude',"
                + " if(id = 2, NULL, 2.5D)), concat('g', id % 2) FROM range(1, 5)");
        sandbox.execute("DELETE FROM " + pictures + " WHERE `my id` = 4");

        Result result = run(
                "delta",
                pictures,
                "--columns",
                "inputid=my id,input=`url, full`,concepts=tags.all,metadata=about,geopoints=place");

        assertThat(summary(result))
                .containsEntry("read", 3)
                .containsEntry("imported", 2)
                .containsEntry("rejected", 1);
        assertThat(rejects()).singleElement().satisfies(reject -> assertThat(reject)
                .containsEntry("input_id", "3")
                .containsEntry(
                        "status_message",
                        "column tags.all: the value of a concept is not a number from 0 to 1: \"NaN\""));
        Input first = input("1");
        assertThat(first.getData().getConceptsList())
                .extracting(Concept::getId, Concept::getValue)
                .containsExactlyInAnyOrder(tuple("cat", 1f), tuple("dog", 0f));
        assertThat(first.getData().getMetadata().getFieldsOrThrow("asset").getStringValue())
                .isEqualTo("9007199254740993");
        assertThat(first.getData().getMetadata().getFieldsOrThrow("price").getNumberValue())
                .isEqualTo(0.1);
        assertThat(first.getData().getMetadata().getFieldsOrThrow("at").getStringValue())
                .startsWith("2024-05-01T10:00:00");
        assertThat(first.getData().getGeo().getGeoPoint().getLongitude()).isEqualTo(1.5f);
        assertThat(input("2").getData().hasGeo()).isFalse();
    }

    /** What the view, the filter and the mask leave out or change does not exist for an import. */
    @Tag("nightly")
    @Test
    void aViewWithARowFilterAndAColumnMaskBelowItIsReadAsItsReaderSeesIt() throws IOException {
        String pictures = "main.default.masked_" + suffix;
        sandbox.execute("CREATE FUNCTION main.default.low_" + suffix + "(id BIGINT) RETURN id < 4");
        sandbox.execute("CREATE FUNCTION main.default.secret_" + suffix + "(label STRING) RETURN 'hidden'");
        sandbox.execute("CREATE TABLE " + pictures + " AS SELECT id, concat('" + images
                + "/generated/', id, '.jpg') AS url, concat('label-', id) AS label FROM range(8)");
        sandbox.execute("ALTER TABLE " + pictures + " SET ROW FILTER main.default.low_" + suffix + " ON (id)");
        sandbox.execute("ALTER TABLE " + pictures + " ALTER COLUMN label SET MASK main.default.secret_" + suffix);
        sandbox.execute("CREATE VIEW main.default.`view-" + suffix + "` AS SELECT id AS inputid, url AS input,"
                + " label AS concepts FROM " + pictures + " WHERE id > 0");

        assertThat(summary(run("delta", "main.default.view-" + suffix)))
                .containsEntry("read", 3)
                .containsEntry("imported", 3);

        assertThat(app.datasetInputs("pictures")).extracting(Input::getId).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(concepts("2")).containsExactly("hidden");
    }

    /** 40 MB of rows, beside a column of 5 MB a row that nobody asked for, and one row that is too long. */
    @Tag("volume")
    @Test
    void aTableOfAnySizeIsReadInPagesThatAWarehouseGivesOut() throws IOException {
        String pictures = "main.default.large_" + suffix;
        sandbox.execute(
                "CREATE TABLE " + pictures + " AS SELECT concat('row-', id) AS inputid, concat('http://127.0.0.1:9/',"
                        + " id) AS input, map('text', repeat('\"', if(id = 7, 20000000, 10000))) AS metadata,"
                        + " if(id < 10, CAST(repeat('x', 5000000) AS BINARY), NULL) AS picture FROM range(2000)");

        Result result = run("delta", pictures, "--dry-run");

        assertThat(summary(result))
                .containsEntry("read", 2000)
                .containsEntry("imported", 1999)
                .containsEntry("rejected", 1);
        assertThat(result.err()).contains("picture");
    }

    @Tag("volume")
    @Test
    void aPreviewOfLargeMasksShowsTheirBeginnings() throws IOException {
        String masks = "main.default.masks_" + suffix;
        sandbox.execute("CREATE TABLE " + masks + " AS SELECT id, repeat('m', 3000000) AS mask,"
                + " array(named_struct('mask', repeat('m', 3000000))) AS regions FROM range(20)");

        Result result = ConnectRun.run(sandbox, "preview", masks, "--limit=20", "--json");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(new ObjectMapper().readTree(result.out())).hasSize(20).allSatisfy(row -> {
            assertThat(row.path("mask").asText()).startsWith("mmm").endsWith("… (3000000 characters)");
            assertThat(row.path("regions").asText())
                    .startsWith("[{\"mask\":\"mmm")
                    .endsWith(" characters)");
        });
    }

    @Tag("nightly")
    @ParameterizedTest
    @CsvSource({"delta", "parquet"})
    void folderOnS3(String format) throws IOException {
        String folder = "s3://" + sandbox.setting("sandbox.bucket") + "/" + suffix + "/" + format;
        String pictures = "main.default.pictures_" + suffix;
        sandbox.execute(
                "CREATE TABLE " + pictures + " AS SELECT 'x' AS inputid, '" + images + "/generated/1.jpg' AS input");
        sandbox.execute(
                format.equals("delta")
                        ? "CREATE TABLE delta.`" + folder + "` USING delta AS SELECT * FROM " + pictures
                        : "INSERT OVERWRITE DIRECTORY '" + folder + "' USING parquet SELECT * FROM " + pictures);

        assertThat(summary(run("delta", folder, "--format", format))).containsEntry("imported", 1);
        assertThat(app.datasetInputs("pictures")).extracting(Input::getId).containsExactly("x");
    }

    @Tag("nightly")
    @Test
    void connectionThatIsCutHalfWayFailsCleanlyAndTheNextRunCompletes() throws IOException {
        StringBuilder csv = new StringBuilder("inputid,input\n");
        for (int i = 0; i < 300; i++) {
            csv.append("row")
                    .append(i)
                    .append(',')
                    .append(images)
                    .append("/generated/")
                    .append(i)
                    .append(".jpg\n");
        }
        String source = sandbox.putObject(suffix + "/long.csv", csv.toString().getBytes(StandardCharsets.UTF_8));
        sandbox.fault("s3:GET=truncate,times=100");

        Result cut = run("csv", source);

        assertThat(cut.exitCode()).isEqualTo(1);
        assertThat(cut.err().lines().filter(line -> line.startsWith("error: "))).hasSize(1);
        sandbox.clearFaults();
        Map<String, Object> summary = summary(run("csv", source));
        assertThat(((Number) summary.get("imported")).intValue() + ((Number) summary.get("existing")).intValue())
                .isEqualTo(300);
        assertThat(app.datasetInputs("pictures")).hasSize(300);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "missing bucket, s3://no-such-bucket/x.csv, bucket",
        "missing key, s3://BUCKET/no/such.csv, no/such.csv",
        "no permission, s3://databricks-connect-private/x.csv, no access",
        "nothing matches, s3://BUCKET/no/such/*.csv, nothing matches",
        "no S3 URL, s3:/BUCKET/x.csv, s3:/"
    })
    void mistakeIsAnsweredInOneLine(String mistake, String source, String named) {
        Result result = run("csv", source.replace("BUCKET", sandbox.setting("sandbox.bucket")));

        assertThat(result.exitCode()).as(result.err()).isIn(1, 2);
        assertThat(result.err().lines().filter(line -> line.startsWith("error: ")))
                .hasSize(1)
                .allMatch(line -> line.contains(named), "names " + named);
        assertThat(result.err()).doesNotContain("\tat ");
    }

    private String csv(String... rows) {
        String text = "inputid,input,concepts\n" + String.join("\n", rows) + "\n";
        return sandbox.putObject(suffix + "/rows.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Input input(String id) {
        return app.datasetInputs("pictures").stream()
                .filter(input -> input.getId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private List<String> concepts(String id) {
        return input(id).getData().getConceptsList().stream()
                .map(Concept::getId)
                .toList();
    }

    private List<Map<String, Object>> rejects() {
        return sandbox.query("SELECT * FROM " + table + "_rejects");
    }

    private Result run(String kind, String source, String... more) {
        return ConnectRun.run(sandbox, arguments(kind, source, more));
    }

    private String[] arguments(String kind, String source, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import", kind, source, "--json", "--table", table, "--app", app.id(), "--dataset", "pictures"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
