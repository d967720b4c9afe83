package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.csv.CsvReader;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.Run.Count;
import com.clarifai.databricks.model.IncompleteSourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a CSV file is opened. */
class CsvFormatTest {

    /** Of 40 bytes. */
    private static final String TEXT = "inputid,input\n1,http://x/1\n2,http://x/2\n";

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    private final Run run = new Run("run-1", "import-csv");

    /** A connection that breaks may look like the end of the file. */
    @ParameterizedTest
    @CsvSource({
        "file:///home/jane/a.csv, , 40, 41, 41, false",
        "file:///home/jane/a.csv, , 41, 40, 40, true",
        "/Volumes/c/s/v/a.csv, , 41, 40, 41, false",
        "/Volumes/c/s/v/a.csv, , 40, 41, 40, true",
        "/Volumes/c/s/v/a.csv, , 41, , , false",
        "s3://bucket/a.csv, bucket, 41, 41, 40, false",
        "s3://bucket/a.csv, bucket, 40, 40, 41, true",
    })
    void aFileThatHasFewerBytesThanThePlaceThatItIsReadFromSaysIsCutOff(
            String uri, String bucket, long listed, Long inVolume, Long onS3, boolean cutOff) throws IOException {
        assertThat(isCutOff(new CsvFile(uri, bucket, "a.csv", listed, true), inVolume, onS3))
                .isEqualTo(cutOff);
    }

    /** It stands behind the rows that were read, which are imported. */
    @Test
    void thatRowsOfALongFileAreMissingIsARejectedRowAndFailsTheRunInTheEnd() throws IOException {
        String text = TEXT + "3,http://x/3\n".repeat(100_000);
        CsvFile file = new CsvFile("/Volumes/c/s/v/a.csv", null, "a.csv", -1, true);
        AtomicInteger good = new AtomicInteger();
        List<Map<String, Object>> rejected = new ArrayList<>();

        try (CsvReader csv = open(text, file, text.length() + 1L, null)) {
            new ImportRows().ofCsv(csv, run, file, null, null).forEachRemaining(row -> {
                if (row.get("status") == null) {
                    good.incrementAndGet();
                } else {
                    rejected.add(row);
                }
            });
        }

        assertThat(good).hasValueGreaterThan(90_000);
        assertThat(rejected).singleElement().satisfies(row -> {
            assertThat(row).containsEntry("status", "REJECTED").containsEntry("source_uri", "/Volumes/c/s/v/a.csv");
            assertThat(row.get("status_message")).asString().startsWith("rows are missing: the file has ");
        });
        assertThat(run.get(Count.FILES_REJECTED)).isEqualTo(1);
        assertThat(run.get(Count.FILES)).isZero();
        assertThat(run.notes().incomplete()).startsWith("/Volumes/c/s/v/a.csv has ");
    }

    @Test
    void howAFileWasReadIsToldWhenItHasBeenReadToItsEnd() throws IOException {
        CsvFile file = new CsvFile("/Volumes/c/s/v/a.csv", null, "a.csv", -1, true);
        String text = TEXT + "3,http://x/\u00e4\n";

        try (CsvReader csv = open(text.getBytes(StandardCharsets.ISO_8859_1), file, null, null)) {
            new ImportRows().ofCsv(csv, run, file, null, null).forEachRemaining(row -> {});
        }

        assertThat(run.get(Count.FILES)).isEqualTo(1);
        assertThat(run.notes().readAs()).hasSize(1);
        assertThat(run.notes().lines()).anyMatch(line -> line.startsWith("warning: the charset was guessed to be "));
    }

    /** What is shown before an import, so that columns can be mapped. */
    @Test
    void theColumnsOfAFileAreThoseOfItsHeaderAndOfTheFoldersThatItLiesIn() throws IOException {
        CsvFile file = new CsvFile("/Volumes/c/s/v/day=1/Label=cat/a.csv", null, "a.csv", -1, false);

        try (CsvReader csv = open("inputid,,LABEL\n1,2,3\n", file, null, null)) {
            assertThat(ImportRows.columns(csv, file)).containsExactly("inputid", "(column 2)", "LABEL", "day");
        }
    }

    private boolean isCutOff(CsvFile file, Long inVolume, Long onS3) throws IOException {
        try (CsvReader csv = open(TEXT, file, inVolume, onS3)) {
            new ImportRows().ofCsv(csv, run, file, null, null).forEachRemaining(row -> {});
            return run.notes().incomplete() != null;
        } catch (IncompleteSourceException e) {
            return true;
        }
    }

    private CsvReader open(String text, CsvFile file, Long inVolume, Long onS3) throws IOException {
        return open(text.getBytes(StandardCharsets.UTF_8), file, inVolume, onS3);
    }

    private CsvReader open(byte[] bytes, CsvFile file, Long inVolume, Long onS3) throws IOException {
        return new CsvFormat()
                .open(exchange, new ByteArrayInputStream(bytes), file, inVolume, onS3, null, null, null, null);
    }
}
