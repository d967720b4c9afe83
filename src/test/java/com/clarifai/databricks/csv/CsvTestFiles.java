package com.clarifai.databricks.csv;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.CompressorStreamFactory;

/** Reads CSV files out of byte arrays, and makes compressed ones. */
final class CsvTestFiles {

    static final String HEADER = "inputid,input,concepts\n";

    private CsvTestFiles() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static CsvReader open(byte[] file, DialectOptions told) throws IOException {
        return open(file, file.length, told);
    }

    static CsvReader open(byte[] file, long length, DialectOptions told) throws IOException {
        return CsvReader.open(
                new ByteArrayInputStream(file),
                new CsvOptions("rows.csv", length, 1_000_000, UnpackLimits.DEFAULT, told));
    }

    static List<CsvRecord> records(CsvReader csv) {
        List<CsvRecord> records = new ArrayList<>();
        csv.forEachRemaining(records::add);
        return records;
    }

    static List<CsvRecord> records(byte[] file) throws IOException {
        return records(open(file, DialectOptions.UNTOLD));
    }

    static List<CsvRecord> records(String file) throws IOException {
        return records(bytes(file));
    }

    /** @param format as {@link CompressorStreamFactory} names it: gz, bzip2, zstd, deflate */
    static byte[] packed(String format, byte[] content) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new CompressorStreamFactory().createCompressorOutputStream(format, packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
