package com.clarifai.databricks.recorded;

import static com.clarifai.databricks.clarifai.FakeClarifai.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.StatusCode;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code import csv} and {@code import delta} count, refuse, stage and send. */
class ImportRowsFlowTest {

    private static final String FILE = "/Volumes/main/default/files/rows.csv";
    private static final String TABLE = "main.default.inputs";

    private final RecordedFlow flow = new RecordedFlow();

    @AfterEach
    void stop() {
        flow.close();
    }

    private String csv(String... rows) {
        return flow.file(FILE, "inputid,input,concepts\n" + String.join("\n", rows) + "\n");
    }

    private Ended run(String kind, String source, String... more) {
        return flow.run(Stream.concat(
                        Stream.of(
                                "import",
                                kind,
                                source,
                                "--json",
                                "--table=" + TABLE,
                                "--app=app",
                                "--dataset=pictures"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private List<String> concepts(String id) {
        return flow.clarifai().input(id).getData().getConceptsList().stream()
                .map(Concept::getId)
                .toList();
    }

    @Test
    void everyRowIsCountedOnceAndWhatIsRejectedIsStagedWithItsReason() {
        flow.clarifai().failProcessingOf("gone", status(StatusCode.INPUT_DOWNLOAD_FAILED, "404"));
        flow.clarifai().refuseInput("refused", status(StatusCode.INPUT_INVALID_ARGUMENT, "Invalid argument"));
        flow.clarifai().addInput("there", StatusCode.INPUT_DOWNLOAD_SUCCESS);
        String source = csv(
                "good,http://x.example/1.jpg,\"cat, !dog\"",
                "there,http://x.example/2.jpg,",
                "gone,http://x.example/3.jpg,",
                "refused,http://x.example/4.jpg,",
                "not an id!,http://x.example/5.jpg,",
                "good,http://x.example/6.jpg,",
                "local,ftp://nowhere/7.jpg,");

        Ended ended = run("csv", source);

        assertThat(ended.summary())
                .containsEntry("read", 7)
                .containsEntry("imported", 1)
                .containsEntry("existing", 1)
                .containsEntry("rejected", 5);
        assertThat(flow.clarifai().input("good").getData().getConceptsList())
                .extracting(Concept::getId, Concept::getValue)
                .containsExactlyInAnyOrder(tuple("cat", 1f), tuple("dog", 0f));
        assertThat(flow.clarifai().inputIds())
                .as("failed inputs are removed again")
                .containsExactlyInAnyOrder("good", "there");
        assertThat(flow.clarifai().members("pictures")).containsExactlyInAnyOrder("good", "there");
        List<Map<String, Object>> ends = flow.staged("ended");
        assertThat(ends)
                .extracting(row -> row.get("source_uri"), row -> row.get("status"))
                .containsExactlyInAnyOrder(
                        tuple(FILE + "#line=2", "PROCESSED"),
                        tuple(FILE + "#line=3", "PROCESSED"),
                        tuple(FILE + "#line=4", "REJECTED"),
                        tuple(FILE + "#line=5", "REJECTED"),
                        tuple(FILE + "#line=6", "REJECTED"),
                        tuple(FILE + "#line=7", "REJECTED"),
                        tuple(FILE + "#line=8", "REJECTED"));
        assertThat(ends).filteredOn(row -> "REJECTED".equals(row.get("status"))).allSatisfy(row -> {
            assertThat((String) row.get("status_message")).isNotBlank();
            assertThat((String) row.get("raw")).contains("//");
        });
    }

    /** The example of Clarifai's documentation of its Databricks-Connect module, section "File Format". */
    @Test
    void documentedRowsOfTheOriginalModuleImportExactly() {
        String source = flow.file(
                FILE,
                "inputid,input,concepts,metadata,geopoints\n"
                        + "image01,http://x.example/canal.jpg,image,"
                        + "\"{'filename': 'canal.jpg', 'split': 'train'}\",\"102,70\"\n"
                        + "image02,http://x.example/train.jpg,image,,\n");

        assertThat(run("csv", source).summary()).containsEntry("read", 2).containsEntry("imported", 2);

        assertThat(flow.clarifai().members("pictures")).containsExactlyInAnyOrder("image01", "image02");
        Data first = flow.clarifai().input("image01").getData();
        assertThat(first.getConceptsList())
                .extracting(Concept::getId, Concept::getValue)
                .containsExactly(tuple("image", 1f));
        assertThat(first.getMetadata().getFieldsMap()).hasSize(2).allSatisfy((name, value) -> assertThat(
                        value.getStringValue())
                .isEqualTo(name.equals("filename") ? "canal.jpg" : "train"));
        assertThat(first.getGeo().getGeoPoint().getLongitude()).isEqualTo(102f);
        assertThat(first.getGeo().getGeoPoint().getLatitude()).isEqualTo(70f);
        assertThat(concepts("image02")).containsExactly("image");
        assertThat(flow.clarifai().input("image02").getData().getGeo().hasGeoPoint())
                .isFalse();
    }

    /** What a filter leaves out and a mask changes does not exist for an import: nothing goes around the view. */
    @Test
    void aViewIsReadByItsNameAndNothingGoesAroundIt() {
        flow.sql().rows(List.of("DESCRIBE QUERY"), described("inputid", "input", "concepts"));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("n", 0);
        row.put("bytes", 80);
        row.put("row", "{\"inputid\":\"2\",\"input\":\"http://x.example/2.jpg\",\"concepts\":\"hidden\"}");
        flow.sql().rowsInTurn(List.of("SELECT n, bytes, row FROM"), List.of(List.of(row)));
        flow.sql().row(List.of("AS copied"), Map.of("copied", 1));

        assertThat(run("delta", "main.default.view-1").summary())
                .containsEntry("read", 1)
                .containsEntry("imported", 1);

        assertThat(concepts("2")).containsExactly("hidden");
        assertThat(flow.sql().statements("view-1")).isNotEmpty().allSatisfy(statement -> assertThat(statement.sql())
                .containsPattern("FROM `main`\\.`default`\\.`view-1`( |$|\\))")
                .doesNotContain("VERSION AS OF", "delta.`", "CLONE"));
        assertThat(flow.sql().statements("CREATE OR REPLACE TABLE", "FROM `main`.`default`.`view-1`"))
                .as("its rows are copied once")
                .hasSize(1);
        assertThat(flow.sql().statements("DESCRIBE DETAIL")).isEmpty();
    }

    /** While Clarifai processes one page, the next one is sent: none waits for another to be tracked. */
    @Test
    @Timeout(60)
    void aPageIsSentWhileTheOneBeforeIsAwaited() {
        flow.clarifai().processesNothingBefore("c");

        Ended ended = flow.run(
                Map.of("import.page-size", "1"),
                "import",
                "csv",
                csv("a,http://x.example/1.jpg,", "b,http://x.example/2.jpg,", "c,http://x.example/3.jpg,"),
                "--json",
                "--table=" + TABLE,
                "--app=app",
                "--dataset=pictures");

        assertThat(ended.summary()).containsEntry("read", 3).containsEntry("imported", 3);
        assertThat(flow.staged("ended")).hasSize(3);
    }

    /** What a run that is killed leaves behind as sent, and the next one has to ask Clarifai for. */
    @Test
    @Timeout(60)
    void noMoreThanThreePagesAreEverSentAndNotTracked() {
        // so that the first three have to be under way together
        flow.clarifai().processesNothingBefore("row-2");

        Ended ended = flow.run(
                Map.of("import.page-size", "1"),
                "import",
                "csv",
                csv(IntStream.range(0, 12)
                        .mapToObj(i -> "row-" + i + ",http://x.example/" + i + ".jpg,")
                        .toArray(String[]::new)),
                "--json",
                "--table=" + TABLE,
                "--app=app",
                "--dataset=pictures");

        assertThat(ended.summary()).containsEntry("imported", 12);
        List<Integer> claimedAndNotTracked = new ArrayList<>(List.of(0));
        for (ScriptedSql.Statement statement : flow.sql().statements("MERGE INTO")) {
            int before = claimedAndNotTracked.get(claimedAndNotTracked.size() - 1);
            boolean claims = statement.sql().contains("'PENDING', 'Sent to Clarifai'");
            claimedAndNotTracked.add(before + (claims ? 1 : -1));
        }
        assertThat(claimedAndNotTracked)
                .hasSize(1 + 2 * 12)
                .contains(3)
                .endsWith(0)
                .allSatisfy(pages -> assertThat(pages).isBetween(0, 3));
    }

    /** Checks have asked what a table is like already. */
    @Test
    void aTableThatIsThereIsDescribedOnce() {
        run("csv", csv("a,http://x.example/1.jpg,"));
        flow.sql().forget();

        run("csv", csv("b,http://x.example/2.jpg,"));

        assertThat(flow.sql().statements("DESCRIBE TABLE EXTENDED")).hasSize(2);
        assertThat(flow.sql().statements("CREATE TABLE")).isEmpty();
    }

    @Test
    void aDatasetThatClarifaiRefusesLeavesNoTable() {
        flow.clarifai().refuseNext("PostDatasets", status(StatusCode.CONN_INVALID_REQUEST, "no such id"));

        assertThat(run("csv", csv("good,http://x.example/1.jpg,")).error()).contains("no such id");
        assertThat(flow.sql().statements("CREATE TABLE", "`main`.`default`.`inputs"))
                .isEmpty();
    }

    @Test
    void aPageThatFailsEndsTheRunThoughOthersAreUnderWay() {
        flow.clarifai().refuseNext("PostInputs", status(StatusCode.CONN_INSUFFICIENT_SCOPES, "may not write"));

        Ended ended = flow.run(
                Map.of("import.page-size", "1"),
                "import",
                "csv",
                csv(IntStream.range(0, 20)
                        .mapToObj(i -> "row-" + i + ",http://x.example/" + i + ".jpg,")
                        .toArray(String[]::new)),
                "--table=" + TABLE,
                "--app=app",
                "--dataset=pictures");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("PostInputs failed");
        assertThat(flow.clarifai().inputIds()).hasSizeLessThan(10);
    }

    @Test
    void rejectsAreWrittenOnlyWhereThereAreSome() {
        assertThat(run("csv", csv("a,http://x.example/1.jpg,cat")).summary()).containsEntry("rejected", 0);
        assertThat(flow.sql().statements("MERGE INTO `main`.`default`.`inputs_rejects`"))
                .isEmpty();

        assertThat(run("csv", csv("b,ftp://nowhere/b.jpg,cat")).summary()).containsEntry("rejected", 1);
        assertThat(flow.sql().statements("MERGE INTO `main`.`default`.`inputs_rejects`"))
                .hasSize(1);
    }

    @Test
    void aRunThatRejectedRowsFailsWhereThatIsAskedFor() {
        Ended ended = run("csv", csv("b,ftp://nowhere/b.jpg,cat"), "--fail-on-rejects");

        assertThat(ended.exitCode()).isNotZero();
        assertThat(ended.out()).contains("\"rejected\":1");
    }

    @Test
    void aDryRunReportsAndChangesNothing() {
        assertThat(run("csv", csv("a,http://x.example/1.jpg,cat", "b,ftp://nowhere/b.jpg,dog"), "--dry-run")
                        .summary())
                .containsEntry("imported", 1)
                .containsEntry("rejected", 1);

        assertThat(flow.clarifai().inputIds()).isEmpty();
        assertThat(flow.clarifai().count("PostDatasets")).isZero();
        assertThat(flow.sql().statements()).isNotEmpty().allSatisfy(statement -> assertThat(statement.sql())
                .startsWith("DESCRIBE"));
        assertThat(flow.workspace().requests("PUT")).isEmpty();
    }

    @Test
    void existingInputsAreSkippedMergedOverwrittenOrRejectedAsAskedFor() {
        run("csv", csv("a,http://x.example/1.jpg,cat")).summary();
        String changed = csv("a,http://x.example/1.jpg,dog");

        assertThat(run("csv", changed).summary()).containsEntry("existing", 1).containsEntry("updated", 0);
        assertThat(concepts("a")).containsExactly("cat");
        assertThat(run("csv", changed, "--on-existing=merge").summary()).containsEntry("updated", 1);
        assertThat(concepts("a")).containsExactlyInAnyOrder("cat", "dog");
        assertThat(run("csv", changed, "--on-existing=merge").summary()).containsEntry("updated", 0);
        assertThat(run("csv", changed, "--on-existing=overwrite").summary()).containsEntry("updated", 1);
        assertThat(concepts("a")).containsExactly("dog");
        assertThat(run("csv", changed, "--on-existing=fail").summary()).containsEntry("rejected", 1);
    }

    @Test
    void annotationsOfARowArePostedOnce() {
        String annotations = "[{\"\"regions\"\": [{\"\"region_info\"\": {\"\"bounding_box\"\": {\"\"top_row\"\": 0,"
                + " \"\"left_col\"\": 0.1, \"\"bottom_row\"\": 0.5, \"\"right_col\"\": 0.6}}, \"\"data\"\": {\"\"concepts\"\":"
                + " [{\"\"id\"\": \"\"cat\"\", \"\"value\"\": 1}]}}]}]";
        String source =
                flow.file(FILE, "inputid,input,annotations\nboxed,http://x.example/1.jpg,\"" + annotations + "\"\n");

        assertThat(run("csv", source).summary()).containsEntry("imported", 1).containsEntry("annotations", 1);
        run("csv", source, "--on-existing=merge").summary();

        assertThat(flow.clarifai().annotations()).singleElement().satisfies(annotation -> {
            assertThat(annotation.getInputId()).isEqualTo("boxed");
            assertThat(annotation
                            .getData()
                            .getRegions(0)
                            .getRegionInfo()
                            .getBoundingBox()
                            .getBottomRow())
                    .isEqualTo(0.5f);
        });
    }

    /** Modified, not modified, indexed again without success, and what only a later version of the API knows. */
    @Test
    void inputsInStatesOfUnknownMeaningAreKeptAndCountedApart() {
        flow.clarifai().addInput("modified", 30200);
        flow.clarifai().addInput("unmodified", 30203);
        flow.clarifai().addInput("index", 30502);
        flow.clarifai().addInput("later", 30777);
        String source = csv(
                "modified,http://x.example/1.jpg,a",
                "unmodified,http://x.example/2.jpg,b",
                "index,http://x.example/3.jpg,c",
                "later,http://x.example/4.jpg,d");

        Ended ended = run("csv", source, "--on-existing=merge");

        assertThat(ended.summary())
                .containsEntry("read", 4)
                .containsEntry("unknown", 3)
                .containsEntry("rejected", 0);
        assertThat(ended.err()).contains("states of unknown meaning", "30203=1, 30502=1, 30777=1");
        assertThat(flow.staged("ended"))
                .extracting(row -> row.get("input_id"), row -> row.get("status"), row -> row.get("status_code"))
                .containsExactlyInAnyOrder(
                        tuple("modified", "PROCESSED", 30200),
                        tuple("unmodified", "UNKNOWN", 30203),
                        tuple("index", "UNKNOWN", 30502),
                        tuple("later", "UNKNOWN", 30777));
        assertThat(flow.clarifai().count("DeleteInputs")).isZero();
    }

    @Test
    void rowsOfAnAppOfAnOrganisationAreSentToItsUser() {
        flow.clarifai().owner("an-organisation");
        Ended ended = flow.run(
                Map.of("clarifai.user-id", "an-organisation"),
                "import",
                "csv",
                csv("a,http://x.example/1.jpg,cat"),
                "--json",
                "--table=" + TABLE,
                "--app=app",
                "--dataset=pictures");

        assertThat(ended.summary()).containsEntry("imported", 1);
        assertThat(flow.clarifai().requests(PostInputsRequest.class))
                .allSatisfy(request ->
                        assertThat(request.getUserAppId().getUserId()).isEqualTo("an-organisation"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"delta", "parquet"})
    void aFolderIsReadAsTheFormatThatIsTold(String format) {
        run("delta", "s3://bucket/pictures", "--format=" + format);

        assertThat(flow.sql().statements(format + ".`s3://bucket/pictures`")).isNotEmpty();
    }

    @Test
    void aFileThatLacksAColumnIsRefusedBeforeAnythingIsMade() {
        Ended ended = run("csv", flow.file(FILE, "id,url\n1,x\n"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("There is no column inputid; the columns are: id, url");
        assertNothingIsMade();
    }

    @Test
    void anEmptyTableThatLacksTheColumnsIsRefusedBeforeAnythingIsMade() {
        flow.sql().rows(List.of("DESCRIBE QUERY"), described("id", "url"));
        flow.sql().rows(List.of("DESCRIBE TABLE", "pictures"), described("id", "url"));

        Ended ended = run("delta", "main.default.pictures");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains("There is no column inputid; the columns are: id, url");
        assertNothingIsMade();
    }

    @Test
    void aTableOfSomebodyElseIsRefusedUnlessForced() {
        Map<String, String> payroll = new LinkedHashMap<>();
        payroll.put("input_id", "string");
        payroll.put("salary", "int");
        flow.sql().table(TABLE, payroll);

        Ended ended = run("csv", csv("a,http://x.example/1.jpg,cat"));

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.error()).contains(TABLE, "salary", "--force");
        assertNothingIsMade();
    }

    private void assertNothingIsMade() {
        assertThat(flow.sql().statements())
                .allSatisfy(statement -> assertThat(statement.sql()).startsWith("DESCRIBE"));
        assertThat(flow.clarifai().count("PostDatasets")).isZero();
        assertThat(flow.workspace().requests("PUT")).isEmpty();
    }

    private static List<Map<String, Object>> described(String... columns) {
        return Stream.of(columns)
                .<Map<String, Object>>map(column -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("col_name", column);
                    row.put("data_type", "string");
                    row.put("comment", "");
                    return row;
                })
                .toList();
    }

    @Test
    void aDialectThatIsToldIsReadAsItIsTold() {
        String text = "inputid^input^concepts\n1^http://x.example/1.jpg^'кошка, ^!/'собака/''\n";
        flow.file(FILE, text.getBytes(Charset.forName("windows-1251")));

        Ended ended =
                run("csv", FILE, "--charset", "windows-1251", "--delimiter", "^", "--quote", "single", "--escape", "/");

        assertThat(ended.summary()).containsEntry("imported", 1).containsEntry("rejected", 0);
        assertThat(concepts("1")).containsExactly("кошка", "^!'собака'");
        assertThat(ended.err()).contains("read as: windows-1251, '^', single quotes");
    }

    @Test
    void aFileThatIsNoCsvIsNamedInOneLine() {
        flow.file(FILE, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 1, 2, 3});
        assertThat(run("csv", FILE).error()).contains("ZIP");

        flow.file(FILE, "");
        assertThat(run("csv", FILE).error()).contains("empty");
        assertNothingIsMade();
    }
}
