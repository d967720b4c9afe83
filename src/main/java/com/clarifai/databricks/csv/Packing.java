package com.clarifai.databricks.csv;

import com.clarifai.databricks.model.UnreadableSourceException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** How a file is compressed: told by its first bytes, as names are often wrong. */
enum Packing {
    NONE,
    GZIP,
    BZIP2,
    ZSTD,
    /** The zlib format, which Hadoop calls deflate; told by the name as well, as text can begin with the same bytes. */
    DEFLATE;

    /** As many bytes as are looked at. */
    static final int LOOK_AHEAD = 16;

    private static final String UNPACK = "unpack it, or compress it with gzip, bzip2 or zstd";

    private record Signature(String hex, String what, String advice) {

        boolean matches(String start) {
            return start.startsWith(hex);
        }
    }

    /** Files that are often met in the place of a CSV file. */
    private static final List<Signature> REFUSED = List.of(
            new Signature("50415231", "a Parquet file", "import the table it belongs to"),
            new Signature("4f524300", "an ORC file", "import the table it belongs to"),
            new Signature("4f524303", "an ORC file", "import the table it belongs to"),
            new Signature("4f626a01", "an Avro file", "import the table it belongs to"),
            new Signature("504b", "a ZIP archive or an Excel workbook", "unpack it, or save the sheet as CSV"),
            new Signature("d0cf11e0a1b11ae1", "an old Excel workbook", "save the sheet as CSV"),
            new Signature("fd377a585a00", "compressed with xz", UNPACK),
            new Signature("04224d18", "compressed with lz4", UNPACK),
            new Signature("ff060000734e61507059", "compressed with snappy", UNPACK),
            new Signature("1f9d", "compressed with compress", UNPACK),
            new Signature("894c5a4f", "compressed with lzop", UNPACK),
            new Signature("377abcaf271c", "a 7z archive", UNPACK),
            new Signature("526172211a07", "a RAR archive", UNPACK),
            new Signature("255044462d", "a PDF document", "give the table in it as CSV"),
            new Signature("89504e470d0a", "a PNG image", "import images with 'import volume'"),
            new Signature("ffd8ff", "a JPEG image", "import images with 'import volume'"));

    /** Formats without a signature, by the end of the name. */
    private static final List<String> REFUSED_ENDS = List.of("snappy", "lz4", "lzo", "lzma", "br", "xz", "zip", "7z");

    /**
     * @param start the first bytes of the file
     * @param name of the file
     * @throws UnreadableSourceException when it is something else than a CSV file, or compressed in a way that is not read
     */
    static Packing of(byte[] start, String name) {
        String hex = HexFormat.of().formatHex(start);
        for (Signature signature : REFUSED) {
            if (signature.matches(hex)) {
                throw new UnreadableSourceException(
                        "The file is " + signature.what() + ", not CSV: " + signature.advice());
            }
        }
        if (hex.startsWith("1f8b")) {
            return GZIP;
        }
        if (hex.startsWith("425a68") && (hex.startsWith("314159265359", 8) || hex.startsWith("177245385090", 8))) {
            return BZIP2;
        }
        // a frame, or one that is to be skipped before it
        if (hex.startsWith("28b52ffd") || hex.matches("5[0-9a-f]2a4d18.*")) {
            return ZSTD;
        }
        boolean zlib = hex.startsWith("789c")
                || hex.startsWith("78da")
                || end(name).matches("deflate|zz|zlib") && hex.startsWith("78");
        return zlib ? DEFLATE : NONE;
    }

    /** What the end of the name says about a file that is not text; null when it says nothing. */
    static String refusedByName(String name) {
        String end = end(name);
        return REFUSED_ENDS.contains(end)
                ? "The file is compressed with " + end + ", which is not read: " + UNPACK
                : null;
    }

    private static String end(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * @param packed supports marks, as gzip looks ahead for another member
     * @return all members or frames one after the other; to be read to its end
     */
    InputStream unpack(BufferedInputStream packed) throws IOException {
        return switch (this) {
            case NONE -> packed;
            case GZIP -> new GzipCompressorInputStream(packed, true);
            case BZIP2 -> new BZip2CompressorInputStream(packed, true);
            case ZSTD -> new ZstdFrames(packed);
            case DEFLATE -> new OneInflated(packed);
        };
    }

    /** Nothing may follow the one stream. */
    private static final class OneInflated extends InflaterInputStream {

        OneInflated(InputStream packed) {
            super(packed, new Inflater());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count < 0 && inf.getRemaining() > 0) {
                throw new IOException("data follows the end of the compressed stream");
            }
            return count;
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
