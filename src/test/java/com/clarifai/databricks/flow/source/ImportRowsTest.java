package com.clarifai.databricks.flow.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.model.IncompleteSourceException;
import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportRowsTest {

    private static final String HEADER = "inputid,input,concepts,metadata\n";
    private static CsvRoute route;

    @BeforeAll
    static void start() throws Exception {
        route = new CsvRoute();
    }

    @AfterAll
    static void stop() throws Exception {
        route.close();
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, true",
        "UTF-8, false",
        "UTF-16LE, true",
        "UTF-16BE, true",
        "ISO-8859-1, false",
        "windows-1252, false"
    })
    void textOfAnyUsualCharsetIsRead(String charset, boolean mark) throws Exception {
        String csv = (mark ? "\uFEFF" : "") + "inputid,input,concepts\n1,http://x/1.jpg,café\n2,http://x/2.jpg,Bär\n";

        List<Map<String, Object>> rows = route.rows(csv.getBytes(Charset.forName(charset)), Map.of());

        assertThat(rows).extracting(ImportRowsTest::concept).containsExactly("café", "Bär");
        assertThat(rows).extracting("input_id").containsExactly("1", "2");
    }

    @Test
    void lineThatIsNotInTheCharsetOfTheFileIsRejectedAlone() throws Exception {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        csv.write("inputid,input,concepts\n1,http://x/1,café\n".getBytes(StandardCharsets.UTF_8));
        csv.write("2,http://x/2,café\n".getBytes(StandardCharsets.ISO_8859_1));
        csv.write("3,http://x/3,café\n".getBytes(StandardCharsets.UTF_8));

        List<Map<String, Object>> rows = route.rows(csv.toByteArray(), Map.of());

        assertThat(rows).extracting("status").containsExactly(null, "REJECTED", null);
        assertThat(rows.get(1)).containsEntry("source_uri", CsvRoute.SOURCE + "#line=3");
        assertThat((String) rows.get(1).get("status_message")).contains("not valid UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void delimiterIsTheOneOfTheHeader(String delimiter) throws Exception {
        String csv = "inputid|input|concepts|metadata\n1|\"http://x/a;b,c\"|\"cat, dog\"|\n".replace("|", delimiter);

        Map<String, Object> row = route.rows(csv).get(0);

        assertThat(row).containsEntry("image_url", "http://x/a;b,c").containsEntry("input_metadata", null);
        assertThat((List<?>) row.get("concepts")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lineBreaksOfAnySystemAreTaken(String lineBreak) throws Exception {
        String csv = HEADER + "1,http://x/1,cat,\"{\"\"a\"\":\n1}\"\n\n\n2,http://x/2,cat,";

        List<Map<String, Object>> rows = route.rows(csv.replace("\n", lineBreak));

        assertThat(rows)
                .extracting("input_id", "input_metadata", "source_uri")
                .containsExactly(
                        tuple("1", "{\"a\":1}", CsvRoute.SOURCE + "#line=2"),
                        tuple("2", null, CsvRoute.SOURCE + "#line=6"));
    }

    @Test
    void gzipFileIsUnpacked() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write((HEADER + "1,http://x/1,cat,\n").getBytes(StandardCharsets.UTF_8));
        }

        assertThat(route.rows(packed.toByteArray(), Map.of())).hasSize(1);
    }

    @Test
    void headerMayHaveSpacesCapitalsAndFewerColumns() throws Exception {
        List<Map<String, Object>> rows = route.rows(" \n InputID , \"INPUT\" \n 7 , http://x/7 \n");

        assertThat(rows).extracting("input_id", "image_url", "status").containsExactly(tuple("7", "http://x/7", null));
    }

    @Test
    void columnsMayBeCalledOtherwise() throws Exception {
        byte[] csv = "id,inputid,url,label\n1,x,http://x/1,cat\n".getBytes(StandardCharsets.UTF_8);

        List<Map<String, Object>> rows =
                route.rows(csv, Map.of("columns", "inputid=ID, input=url ,concepts=label", "conceptIds", "id-label"));

        assertThat(rows).extracting("input_id").containsExactly("1");
        assertThat(rows.get(0)).containsEntry("concepts", List.of(Map.of("id", "id-cat", "name", "cat", "value", 1f)));
    }

    @Test
    void rowThatIsTooShortHasNullsAndOneThatIsTooLongIsRejected() throws Exception {
        List<Map<String, Object>> rows =
                route.rows(HEADER + "1,http://x/1\n2,http://x/2,cat,,,\n3,http://x/3,cat,{'a': 1, 'b': 2}\n,,,\n");

        assertThat(rows).extracting("status").containsExactly(null, null, "REJECTED");
        assertThat(rows.get(2))
                .containsEntry("input_id", "3")
                .containsEntry(
                        "status_message",
                        "the row has 5 values and the header 4 columns:"
                                + " a value with a comma or another delimiter in it must be quoted")
                .containsEntry(
                        "raw",
                        "{\"inputid\":\"3\",\"input\":\"http://x/3\",\"concepts\":\"cat\",\"metadata\":\"{'a': 1\","
                                + "\"(behind the last column)\":\"'b': 2}\"}");
    }

    @Test
    void headerAloneIsNoRows() throws Exception {
        assertThat(route.rows(HEADER)).isEmpty();
        assertThat(route.rows(HEADER.strip())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|The file is empty; it needs a header line",
                "\\n \\n|The file is empty; it needs a header line",
                "id,url\\n1,http://x|There is no column inputid; the columns are: id, url. If it has another name, map it: inputid=<column>",
                "inputid,INPUT,Input\\n|The column Input is there twice; the columns are: inputid, INPUT, Input. Rename or remove one of them",
                "inputid,\"input\\n1,http://x|The header in line 1 cannot be read: a quote is opened and never closed",
                "PAR1...|The file is a Parquet file, not CSV: import the table it belongs to",
                "PK\\3\\4|The file is a ZIP archive or an Excel workbook, not CSV: unpack it, or save the sheet as CSV",
                "inputid\\0|The file is not text but binary data (or in a charset that has to be given with parameter 'charset'), not CSV"
            })
    void fileThatCannotBeReadIsRefusedWithTheReason(String csv, String reason) {
        String text = csv.translateEscapes();

        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> route.rows(text))
                .withMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PAR1", "", HEADER + "1,http://x/1,cat,\n"})
    void fileIsClosedWhateverComesOfIt(String csv) {
        AtomicLong closed = new AtomicLong();
        InputStream file = new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };

        Throwable failure = catchThrowable(() -> route.stream(file, Map.of(), batch -> {}));

        assertThat(failure != null).isEqualTo(!csv.startsWith(HEADER));
        assertThat(closed.get()).isPositive();
    }

    @Test
    void columnThatIsMappedButNotThereIsRefused() {
        byte[] csv = HEADER.getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> route.rows(csv, Map.of("columns", "input=url")))
                .withMessage(
                        "There is no column url to take as input; the columns are: inputid, input, concepts, metadata");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> route.rows(csv, Map.of("columns", "picture=url")))
                .withMessageContaining("and not picture");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3,http://x/3,\"cat,|a quote is opened and its closing quote, in line 5, has text after it",
                "3,http://x/3,\"cat\"s,|text follows a closing quote; a quote inside a value is written twice",
                "3,http://x/3,ca\\37t,|the line holds binary data"
            })
    void lineThatCannotBeReadCostsNoOther(String bad, String reason) throws Exception {
        String csv = HEADER + "1,http://x/1,cat,\n" + bad.translateEscapes()
                + "\n4,http://x/4,cat,\n5,http://x/5,\"a, b\",\n";

        List<Map<String, Object>> rows = route.rows(csv);

        assertThat(rows).extracting("status").containsExactlyInAnyOrder(null, "REJECTED", null, null);
        assertThat(rows)
                .filteredOn("status", "REJECTED")
                .extracting("status_message", "source_uri")
                .containsExactly(tuple(reason, CsvRoute.SOURCE + "#line=3"));
        assertThat(rows)
                .extracting("source_uri")
                .contains(CsvRoute.SOURCE + "#line=2", CsvRoute.SOURCE + "#line=4", CsvRoute.SOURCE + "#line=5");
    }

    @Test
    void quoteThatIsNeverClosedSwallowsNothing() throws Exception {
        StringBuilder csv = new StringBuilder(HEADER).append("0,http://x/0,\"cat,\n");
        String path = "x".repeat(1_000);
        for (int i = 1; i <= 1_500; i++) {
            csv.append(i).append(",http://x/").append(path).append(i).append(",cat,\n");
        }
        assertThat(csv).as("longer than a row may be").hasSizeGreaterThan(1_500_000);

        List<Map<String, Object>> rows = route.rows(csv.toString());

        assertThat(rows).hasSize(1_501);
        assertThat(rows)
                .filteredOn("status", "REJECTED")
                .extracting("source_uri", "raw")
                .containsExactly(tuple(CsvRoute.SOURCE + "#line=2", "{\"line\":\"0,http://x/0,\\\"cat,\"}"));
    }

    @Test
    void lineBeyondTheSizeAllowedIsRejectedAndNotKept() throws Exception {
        String csv = HEADER + "1,http://x/1,cat,\n2,http://x/" + "y".repeat(2_000_000) + ",cat,\n3,http://x/3,cat,\n";

        List<Map<String, Object>> rows = route.rows(csv);

        assertThat(rows).extracting("status").containsExactlyInAnyOrder(null, "REJECTED", null);
        assertThat(rows)
                .filteredOn("status", "REJECTED")
                .first()
                .satisfies(
                        row -> assertThat((String) row.get("status_message")).contains("more than the 1000000 allowed"))
                .satisfies(row -> assertThat((String) row.get("raw")).hasSizeLessThan(1100));
    }

    @Test
    void quotesEscapedAsSparkDoesAreTaken() throws Exception {
        String csv =
                HEADER + "1,http://x/1,cat,\"{\\\"a\\\": \\\"b\\\\\\\" c\\\", \\\"d\\\": 1}\"\n2,http://x/2,\"a,\",\n";

        List<Map<String, Object>> rows = route.rows(csv);

        assertThat(rows).extracting("input_metadata").containsExactly("{\"a\":\"b\\\" c\",\"d\":1}", null);
    }

    @Test
    void aBrokenConnectionFailsAndDoesNotLookLikeTheEnd() {
        InputStream cut = new SequenceInputStream(
                new ByteArrayInputStream((HEADER + "1,http://x/1,cat,\n".repeat(10)).getBytes(StandardCharsets.UTF_8)),
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Connection reset");
                    }
                });

        assertThatExceptionOfType(IncompleteSourceException.class)
                .isThrownBy(() -> route.stream(cut, Map.of(), batch -> {}))
                .withMessageContaining("Connection reset");
    }

    @Test
    void rowsAreNeverHeldTogether() throws Exception {
        int total = 60_000;
        AtomicLong produced = new AtomicLong();
        AtomicLong consumed = new AtomicLong();
        AtomicLong ahead = new AtomicLong();
        InputStream csv = new GeneratedRows(total, produced);

        route.stream(csv, Map.of(), batch -> {
            consumed.addAndGet(batch.size());
            ahead.accumulateAndGet(produced.get() - consumed.get(), Math::max);
        });

        assertThat(consumed).hasValue(total);
        assertThat(ahead.get()).as("rows read and not yet handed on").isLessThan(20_000);
    }

    @Test
    void whatIsChangedOrLeftIsSaidOnceForAllRows() {
        Run run = new Run("run", "import-delta");
        List<Map<String, Object>> table = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            table.add(Map.of(
                    "inputid", i, "input", "http://x/" + i, "label", "cat", "metadata", "{\"n\":1234567890123456789}"));
        }

        Iterator<Map<String, Object>> rows = new ImportRows().ofTable(table.iterator(), run, "t", null, null);
        rows.forEachRemaining(row -> assertThat(row).containsEntry("status", null));

        assertThat(run.notes().lines())
                .containsExactly(
                        "warning: columns that an import does not take (label): t",
                        "warning: numbers in the metadata have more digits than Clarifai's numbers keep, and are sent as"
                                + " text: t#inputid=0, t#inputid=1, t#inputid=2, t#inputid=3, t#inputid=4 and 4 more");
    }

    @Test
    void rowsOfATableAreIdentifiedByTheirId() {
        Run run = new Run("run", "import-delta");
        Map<String, Object> numbered = new LinkedHashMap<>();
        numbered.put("InputId", 9_007_199_254_740_993L);
        numbered.put("input", "http://x/1");
        numbered.put("concepts", "[\"cat\"]");
        Map<String, Object> nameless = new LinkedHashMap<>(numbered);
        nameless.put("InputId", null);

        Iterator<Map<String, Object>> rows =
                new ImportRows().ofTable(List.of(numbered, nameless).iterator(), run, "main.pets.cats", null, null);

        List<Map<String, Object>> found = new ArrayList<>();
        rows.forEachRemaining(found::add);
        assertThat(found)
                .extracting("source_uri", "status")
                .containsExactly(
                        tuple("main.pets.cats#inputid=9007199254740993", null),
                        tuple("main.pets.cats#input=http://x/1", null));
        assertThat(found.get(0)).containsEntry("input_id", "9007199254740993");
    }

    @Test
    void tableWithoutTheColumnsIsRefusedAndAnEmptyOneIsNoRows() {
        ImportRows importRows = new ImportRows();
        Run run = new Run("run", "import-delta");

        assertThat(importRows.ofTable(List.<Map<String, Object>>of().iterator(), run, "t", null, null))
                .isExhausted();
        assertThatExceptionOfType(UnreadableSourceException.class)
                .isThrownBy(() -> importRows.ofTable(
                        List.of(Map.<String, Object>of("id", 1)).iterator(), run, "t", null, null))
                .withMessageContaining("There is no column inputid");
    }

    private static Object concept(Map<String, Object> row) {
        return ((Map<?, ?>) ((List<?>) row.get("concepts")).get(0)).get("name");
    }

    /** A CSV file that is made while it is read. */
    private static final class GeneratedRows extends InputStream {

        private final int total;
        private final AtomicLong produced;
        private byte[] line = HEADER.getBytes(StandardCharsets.UTF_8);
        private int position;

        GeneratedRows(int total, AtomicLong produced) {
            this.total = total;
            this.produced = produced;
        }

        @Override
        public int read() {
            if (position == line.length && !advance()) {
                return -1;
            }
            return line[position++];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (position == line.length && !advance()) {
                return -1;
            }
            int count = Math.min(length, line.length - position);
            System.arraycopy(line, position, target, offset, count);
            position += count;
            return count;
        }

        private boolean advance() {
            if (produced.get() == total) {
                return false;
            }
            long number = produced.incrementAndGet();
            line = (number + ",https://images.example/" + number + ".jpg,\"cat, dog\",\"{'n': " + number + "}\"\n")
                    .getBytes(StandardCharsets.UTF_8);
            position = 0;
            return true;
        }
    }
}
