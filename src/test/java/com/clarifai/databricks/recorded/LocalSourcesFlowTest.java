package com.clarifai.databricks.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.recorded.RecordedFlow.Ended;
import com.clarifai.grpc.api.Concept;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files and pictures of this machine, imported from its command line. */
class LocalSourcesFlowTest {

    private static final String PICTURE = "GIF89a\0\0\0\0\0\0\0;";
    private static final String ROWS = "inputid,input\n";

    private final RecordedFlow flow = new RecordedFlow();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        flow.close();
    }

    private Ended run(String kind, Object source, String... more) {
        return flow.run(Stream.concat(
                        Stream.of(
                                "import",
                                kind,
                                source.toString(),
                                "--json",
                                "--table=main.default.inputs",
                                "--app=app",
                                "--dataset=pictures"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private String uri(String name) {
        return "file://" + folder.resolve(name);
    }

    @Test
    void rowsOfAFileAreTrackedByItsWholePathHoweverItWasWritten() throws IOException {
        file("rows.csv", ROWS + "a,http://x.example/a.jpg\nb,nowhere\n");
        Path relative = Path.of("").toAbsolutePath().relativize(folder.resolve("rows.csv"));

        for (Object source : List.of(relative, uri("rows.csv"))) {
            assertThat(run("csv", source).summary())
                    .as(source.toString())
                    .containsEntry("read", 2)
                    .containsEntry("rejected", 1);
        }

        assertThat(flow.staged("ended"))
                .extracting(row -> row.get("source_uri"))
                .containsOnly(uri("rows.csv") + "#line=2", uri("rows.csv") + "#line=3");
        assertThat(flow.clarifai().members("pictures")).containsExactly("a");
    }

    @Test
    void ofAFolderOrPatternEachFileIsReadAndSettledByItself() throws IOException {
        file("in/a.csv", ROWS + "a,http://x.example/a.jpg\n");
        file("in/deep/b.csv", ROWS + "b,http://x.example/b.jpg\n");
        file("in/wrong.csv", "number,name\n1,x\n");
        file("in/readme.txt", "no rows");

        assertThat(run("csv", folder.resolve("in")).summary())
                .containsEntry("read", 3)
                .containsEntry("rejected", 1)
                .containsEntry("imported", 2);
        assertThat(run("csv", folder + "/in/a*.csv", "--dry-run").summary())
                .containsEntry("read", 1)
                .containsEntry("existing", 1);
        assertThat(run("csv", folder + "/in/z*.csv").error()).contains("nothing matches", "/in/z*.csv");
    }

    @Test
    void picturesOfAFolderAreUploadedWithTheNamesOfTheirFolders() throws IOException {
        file("cats/one.gif", PICTURE);
        file("cats/empty.gif", "");
        file("readme.txt", "no picture");
        plan(1, "cats/one.gif", "[{\"id\":\"cats\",\"name\":\"cats\",\"value\":1.0}]");

        Ended ended = run("folder", folder, "--label-from-folder");

        assertThat(ended.summary())
                .containsEntry("read", 3)
                .containsEntry("imported", 1)
                .containsEntry("skipped", 1);
        assertThat(flow.staged("found"))
                .extracting(row -> row.get("input_id"), row -> row.get("source_uri"), row -> row.get("status"))
                .containsExactlyInAnyOrder(
                        tuple("one", uri("cats/one.gif"), "PENDING"),
                        tuple("empty", uri("cats/empty.gif"), "REJECTED"));
        assertThat(flow.clarifai().input("one").getData().getImage().getBase64().toStringUtf8())
                .isEqualTo(PICTURE);
        assertThat(flow.clarifai().input("one").getData().getConceptsList())
                .extracting(Concept::getId)
                .containsExactly("cats");
        assertThat(flow.workspace().requests("GET"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/fs/files/Volumes/main/default/photos"));
    }

    @Test
    void aDryRunOfAFolderCountsAndMakesNothing() throws IOException {
        file("a.gif", PICTURE);
        file("empty.gif", "");
        file("b.png", PICTURE);

        assertThat(run("folder", folder, "--dry-run", "--filter=*.gif").summary())
                .containsEntry("dryRun", true)
                .containsEntry("read", 3)
                .containsEntry("imported", 1)
                .containsEntry("rejected", 1);

        assertThat(flow.workspace().requests("PUT")).isEmpty();
        assertThat(flow.clarifai().count("PostDatasets")).isZero();
    }

    @Test
    void aPictureThatIsGoneWhenItIsToBeSentIsARejectedRow() throws IOException {
        plan(0, "gone.gif", null);

        assertThat(run("folder", folder).summary()).containsEntry("imported", 0);

        assertThat(flow.staged("ended")).singleElement().satisfies(row -> assertThat(row.get("status_message"))
                .asString()
                .contains("gone.gif is not there"));
    }

    @Test
    void whatIsNotThereIsRefusedInOneLineBeforeAnythingIsAsked() throws IOException {
        file("rows.csv", ROWS);

        assertThat(run("csv", "./no-such.csv").error())
                .contains("no-such.csv", Path.of("").toAbsolutePath().toString(), "s3://", "/Volumes/");
        assertThat(run("csv", "./no-such-folder/*.csv").error()).contains("no-such-folder");
        assertThat(run("folder", folder.resolve("none")).error()).contains("none");
        assertThat(run("folder", folder.resolve("rows.csv")).error()).contains("is no folder");
        assertThat(run("folder", "/Volumes/main/default/photos").error()).contains("import volume");
        assertThat(run("csv", "/dev/null").exitCode()).isEqualTo(2);
        assertThat(flow.workspace().requests("GET")).isEmpty();
    }

    @Test
    void theFlowByItsIdTakesNoFileOfThisMachine() throws IOException {
        Path rows = file("rows.csv", ROWS + "a,http://x.example/a.jpg\n");

        Ended ended = flow.run(
                "run", "import-csv", "source=" + rows, "table=main.default.inputs", "app=app", "dataset=pictures");

        assertThat(ended.error()).contains("command line only", "databricks fs cp");
        assertThat(flow.clarifai().inputIds()).isEmpty();
    }

    /** What SQL finds when it compares one file with an empty table. */
    private void plan(int rejected, String file, String concepts) {
        flow.sql().row(List.of("AS pending", "AS existing"), Map.of("pending", 1, "existing", 0, "rejected", rejected));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("input_id", file.replaceFirst(".*/", "").replaceFirst("\\..*", ""));
        row.put("source_uri", uri(file));
        row.put("source_size", PICTURE.length());
        row.put("concepts", concepts);
        row.put("resumed", false);
        row.put("refused", false);
        flow.sql().rowsInTurn(List.of("AS resumed", "AS refused", "LIMIT"), List.of(List.of(row)));
    }
}
