package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.csv.CsvOptions;
import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.csv.DialectOptions;
import com.clarifai.databricks.csv.UnpackLimits;
import com.clarifai.databricks.databricks.VolumeFile;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.model.EmptySourceException;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import com.google.common.collect.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Folders as programs write them, and files of them that cannot be read. */
class CsvFilesTest {

    private static final String FOLDER = "/Volumes/c/s/v/f/";

    private final Run run = Run.open("import-csv");
    private final CsvFiles files = new CsvFiles();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.csv",
                "A.CSV",
                "a.csv.gz",
                "a.CSV.GZ",
                "part-00000-1234-c000.csv.bz2",
                "date=2026-01-01/a.csv.zst",
                "a.tsv",
                "a+b %20#?ä.csv",
                "a.csv.snappy"
            })
    void fileThatIsCalledCsvIsOneOfTheFolder(String name) {
        assertThat(found(FOLDER, name)).containsExactly(FOLDER + name);
        assertThat(run.get(Count.FILES_SKIPPED)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_SUCCESS",
                "_committed_123",
                "_started_123",
                ".part-0.csv.crc",
                ".a.csv",
                "_temporary/0/a.csv",
                "__MACOSX/a.csv",
                ".ipynb_checkpoints/a.csv",
                "README.txt",
                "a.csv.bak",
                "a.csv.crc",
                "sub/"
            })
    void whatProgramsLeaveThereIsCountedAndNamed(String name) {
        assertThat(found(FOLDER, name)).isEmpty();
        assertThat(run.get(Count.FILES_SKIPPED)).isOne();
        assertThat(run.notes().lines()).hasSize(1).first().asString().contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/Volumes/c/s/v/f/*.csv, a.csv b.CSV sub/a.csv _x.csv, a.csv, 1",
        "/Volumes/c/s/v/f/**/*.csv, a.csv sub/a.csv sub/_x/a.csv, a.csv sub/a.csv, 1",
        "/Volumes/c/s/v/f/part-*, part-0 part-1.gz other, part-0 part-1.gz, 0",
        "/Volumes/C/S/V/f/_x*.csv, _x1.csv, _x1.csv, 0"
    })
    void patternTakesWhatMatchesWhateverItIsCalled(String pattern, String names, String taken, int skipped) {
        assertThat(found(pattern, names.split(" ")))
                .containsExactly(
                        Stream.of(taken.split(" ")).map(name -> FOLDER + name).toArray(String[]::new));
        assertThat(run.get(Count.FILES_SKIPPED)).isEqualTo(skipped);
        assertThat(files.folderOf(pattern)).isEqualTo("/Volumes/c/s/v/f");
    }

    @Test
    void nothingAtAllIsRefusedAndAFolderOfEmptyLeftoversIsNoRows() {
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> found(FOLDER))
                .withMessage("nothing matches " + FOLDER);
        assertThat(found(FOLDER, "_SUCCESS")).isEmpty();
    }

    @Test
    void folderWhoseNameCannotBeUsedIsNamed() {
        VolumeFile folder = new VolumeFile(FOLDER + "x\r", "x\r", 0, null, true);

        assertThat(files.inVolume(List.of(folder).iterator(), run, FOLDER)).isExhausted();
        assertThat(run.notes().lines())
                .containsExactly("left out 1, folders whose names cannot be used: " + FOLDER + "x?");
    }

    @Test
    void emptyPartIsNoRowsAndOneThatWasEmptiedMeanwhileIsARejectedOne() throws Exception {
        assertThat(files.refused(new EmptySourceException("empty", 0), file(0, true), run))
                .isExhausted();
        assertThat(run.get(Count.FILES_SKIPPED)).isOne();

        Iterator<Map<String, Object>> rows = files.refused(new EmptySourceException("empty", 0), file(7, true), run);

        assertThat(rows.next().get("status_message")).asString().contains("had 7 bytes when it was listed");
        assertThat(run.get(Count.FILES_REJECTED)).isOne();
    }

    @Test
    void aPartOfBlankLinesOrWithNothingInItsCompressionIsNoRows() throws Exception {
        ByteArrayOutputStream nothing = new ByteArrayOutputStream();
        new GZIPOutputStream(nothing).close();
        for (byte[] part : List.of(nothing.toByteArray(), "\r\n\r\n".getBytes(StandardCharsets.UTF_8))) {
            try (CsvRoute route = new CsvRoute()) {
                EmptySourceException problem =
                        catchThrowableOfType(EmptySourceException.class, () -> route.rows(part, Map.of()));
                assertThat(files.refused(problem, file(part.length, true), run)).isExhausted();
            }
        }
        assertThat(run.get(Count.FILES_SKIPPED)).isEqualTo(2);
        assertThat(run.get(Count.FILES_REJECTED)).isZero();
    }

    @Test
    void oneFileThatCannotBeReadIsARejectedRowWithItsPathAndNoReasonToFail() throws Exception {
        run.add(Count.FILES, 1);
        for (Exception problem :
                List.of(new UnreadableSourceException("There is no column inputid"), s3(404), s3(403))) {
            assertThat(files.refused(problem, file(7, true), run).next())
                    .containsEntry("status", "REJECTED")
                    .containsEntry("outcome", "REJECTED")
                    .containsEntry("source_uri", FOLDER + "a.csv");
        }
        assertThat(run.get(Count.FILES_REJECTED)).isEqualTo(3);
        assertThat(run.notes().lines()).hasSize(3).allMatch(line -> line.endsWith(FOLDER + "a.csv"));
        files.settle(run);
    }

    @Test
    void runFailsWhenNoFileCouldBeReadOrRowsOfOneAreMissing() throws Exception {
        files.refused(new UnreadableSourceException("There is no column inputid"), file(7, true), run);
        assertThatThrownBy(() -> files.settle(run))
                .hasMessageContaining("none of the 1 files")
                .hasMessageContaining("inputid");

        run.add(Count.FILES, 1);
        files.refused(new IncompleteSourceException("is cut"), file(7, true), run);
        assertThatThrownBy(() -> files.settle(run))
                .isInstanceOf(IncompleteSourceException.class)
                .hasMessageStartingWith(FOLDER + "a.csv is cut");
    }

    @Test
    void whatConcernsAllFilesOrTheOnlyOneEndsTheRun() {
        Exception unreachable = SdkClientException.create("no answer");
        UnreadableSourceException unreadable = new UnreadableSourceException("no CSV");

        assertThatThrownBy(() -> files.refused(unreachable, file(7, true), run)).isSameAs(unreachable);
        assertThatThrownBy(() -> files.refused(unreadable, file(7, false), run)).isSameAs(unreadable);
    }

    private static Exception s3(int status) {
        return S3Exception.builder().statusCode(status).message("no").build();
    }

    private static CsvFile file(long size, boolean listed) {
        return new CsvFile(FOLDER + "a.csv", null, FOLDER + "a.csv", size, listed);
    }

    private List<String> found(String source, String... names) {
        Iterator<VolumeFile> there = Arrays.stream(names)
                .map(name -> new VolumeFile(FOLDER + name, name, 1, null, false))
                .iterator();
        return Stream.of(files.inVolume(there, run, source))
                .flatMap(found -> Streams.stream(found))
                .map(CsvFile::uri)
                .toList();
    }

    /** Only a file that is named by itself may be opened before anything is made. */
    @Test
    void aFileThatIsNamedIsAloneAndThoseOfAFolderAreNot() {
        assertThat(files.alone(CsvFiles.single(file(7, false)))).containsExactly(file(7, false));
        assertThat(files.alone(CsvFiles.single(file(7, true)))).isEmpty();
        assertThat(files.alone(files.inVolume(
                        List.of(new VolumeFile(FOLDER + "_SUCCESS", "_SUCCESS", 1, null, false))
                                .iterator(),
                        run,
                        FOLDER)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/Volumes/c/s/v/f/, true",
        "/Volumes/c/s/v/f/*.csv, true",
        "/Volumes/c/s/v/f/a?.csv, true",
        "/Volumes/c/s/v/f/a.csv, false"
    })
    void whatEndsInASlashOrHasAWildcardIsMany(String source, boolean many) {
        assertThat(files.isFolder(source)).isEqualTo(many);
    }

    @Test
    void aFileOfAVolumeHasToBeThere() {
        VolumeFile found = new VolumeFile(FOLDER + "a.csv", "a.csv", 7, null, false);

        assertThat(files.oneInVolume(found, "dbfs:" + FOLDER + "a.csv"))
                .toIterable()
                .containsExactly(file(7, false));
        assertThatThrownBy(() -> files.oneInVolume(null, FOLDER + "a.csv"))
                .isInstanceOf(UnreadableSourceException.class)
                .hasMessage("there is no file " + FOLDER + "a.csv; a folder ends in a slash");
    }

    /** Whoever is throttled, or has lost the keys, has not lost one file. */
    @ParameterizedTest
    @ValueSource(ints = {401, 429, 500, 503})
    void whatS3AnswersToAllFilesEndsTheRun(int status) {
        Exception problem = s3(status);

        assertThatThrownBy(() -> files.refused(problem, file(7, true), run)).isSameAs(problem);
    }

    @Test
    void theReasonOfARejectedFileIsTold() throws Exception {
        assertThat(reason(s3(404))).isEqualTo("the file cannot be read: it is gone since it was listed");
        assertThat(reason(s3(403))).isEqualTo("the file cannot be read: S3 answered 403: no");
        assertThat(reason(new IncompleteSourceException("is cut"))).isEqualTo("the file cannot be read: it is cut");
        assertThat(run.notes().lines()).contains("warning: cannot be read: it is cut: " + FOLDER + "a.csv");
    }

    @Test
    void theOnlyFileThatIsCutOffIsNamed() {
        assertThatThrownBy(() -> files.refused(new IncompleteSourceException("is cut"), file(7, false), run))
                .isInstanceOf(IncompleteSourceException.class)
                .hasMessage(FOLDER + "a.csv is cut");
    }

    /** What is wrong with a name is wrong with that file alone; anything else is a fault of this program. */
    @Test
    void aNameThatIsNoPathOfAVolumeIsARejectedFile() throws Exception {
        IllegalArgumentException problem = new IllegalArgumentException("a volume path must not contain '..'");
        CsvFile odd = new CsvFile(FOLDER + "../a.csv", null, FOLDER + "../a.csv", 7, true);

        assertThat(files.refused(problem, odd, run).next().get("status_message"))
                .asString()
                .contains("must not contain '..'");
        assertThatThrownBy(() -> files.refused(problem, file(7, true), run)).isSameAs(problem);
    }

    @Test
    void rowsThatAnEarlierRunRejectedAreLeftWhereAllOfTheFileIsReadNow() throws Exception {
        try (CsvReader whole = reader("inputid,input\na,b\n")) {
            assertThat(files.leavesOldRejects(run, whole)).isFalse();
            run.noteEarlier(true, false);
            assertThat(files.leavesOldRejects(run, whole)).as("not read yet").isFalse();
            whole.next();
            assertThat(whole.hasNext()).isFalse();
            assertThat(files.leavesOldRejects(run, whole)).isTrue();
        }
        assertThat(files.leavesOldRejects(run, null)).isFalse();
    }

    private Object reason(Exception problem) throws Exception {
        return files.refused(problem, file(7, true), run).next().get("status_message");
    }

    private static CsvReader reader(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return CsvReader.open(
                new ByteArrayInputStream(bytes),
                new CsvOptions(
                        FOLDER + "a.csv",
                        bytes.length,
                        1_000,
                        UnpackLimits.DEFAULT,
                        DialectOptions.of(null, null, null, null)));
    }

    @Test
    void whyAFileIsLeftOutIsTold() throws Exception {
        found(FOLDER, "README.txt", "sub/", "_SUCCESS");
        files.refused(new EmptySourceException("empty", 0), file(0, true), run);

        assertThat(run.notes().lines())
                .containsExactlyInAnyOrder(
                        "left out 1, no CSV files: " + FOLDER + "README.txt",
                        "left out 1, markers of folders: " + FOLDER + "sub/",
                        "left out 1, hidden, or made by programs for themselves: " + FOLDER + "_SUCCESS",
                        "left out 1, empty: " + FOLDER + "a.csv");
    }

    /** Whoever names it means it. */
    @Test
    void aFolderThatIsNamedItselfMayLookHidden() {
        String hidden = "/Volumes/c/s/v/_old/";
        VolumeFile file = new VolumeFile(hidden + "a.csv", "a.csv", 1, null, false);

        assertThat(files.inVolume(List.of(file).iterator(), run, hidden))
                .toIterable()
                .hasSize(1);
        assertThat(files.inVolume(List.of(file).iterator(), run, hidden + "*.csv"))
                .toIterable()
                .hasSize(1);
    }
}
