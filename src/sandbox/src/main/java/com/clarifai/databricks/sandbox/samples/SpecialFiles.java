package com.clarifai.databricks.sandbox.samples;

import com.clarifai.databricks.sandbox.samples.Manifest.Kind;
import com.clarifai.databricks.sandbox.samples.Manifest.SpecialFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Writes the files of a corpus whose names or contents are hard to import. */
final class SpecialFiles {

    /**
     * Names that a service, a URL or an input id may confuse. Those that some file systems take for the same name (by
     * case or by Unicode normalization) are in folders of their own.
     */
    private static final List<String> NAMES = List.of(
            "two words.jpg",
            " leading and trailing .jpg",
            "composed/caf\u00e9-\u00fcber.jpg",
            "decomposed/cafe\u0301-u\u0308ber.jpg",
            "hash#1.jpg",
            "100%.jpg",
            "percent%20encoded.jpg",
            "slash%2Fencoded.jpg",
            "it's.jpg",
            "\"quoted\".jpg",
            "one+one.jpg",
            "salt&pepper.jpg",
            "semi;colon.jpg",
            "question?mark=1.jpg",
            "comma,separated.jpg",
            "[brackets]{braces}.jpg",
            "\u732b\u306e\u5199\u771f-\uace0\uc591\uc774.jpg",
            "cat-\ud83d\udc31\u200d\ud83d\udc64.png",
            "_underscore.jpg",
            "photo.v2.jpeg",
            "photo.v3.jpeg",
            "l" + "o".repeat(194) + "ng.gif",
            "twin.jpg",
            "twin.png",
            "first/same.webp",
            "second/same.webp",
            "first/Case.jpg",
            "second/case.JPG",
            "a/b/c/d/e/f/deep.TIFF");

    private static final int LARGE_WIDTH = 3_360;

    private final Path directory;
    private final PhotoVariants variants;
    private final List<SpecialFile> written = new ArrayList<>();

    private SpecialFiles(Path directory, PhotoVariants variants) {
        this.directory = directory;
        this.variants = variants;
    }

    static List<SpecialFile> write(Path directory, PhotoVariants variants) throws IOException {
        SpecialFiles files = new SpecialFiles(directory, variants);
        files.writeNames();
        files.writeRejected();
        files.writeSkipped();
        return files.written;
    }

    static SampleFormat format(String path) {
        return SampleFormat.ofExtension(path.substring(path.lastIndexOf('.') + 1));
    }

    private void writeNames() throws IOException {
        for (String name : NAMES) {
            add("special/names/" + name, Kind.IMPORTABLE, image(format(name)));
        }
    }

    private void writeRejected() throws IOException {
        add("special/rejected/garbage.jpg", Kind.CORRUPT, garbageJpeg());
        byte[] png = image(SampleFormat.PNG);
        add("special/rejected/truncated.png", Kind.CORRUPT, Arrays.copyOf(png, png.length / 2));
        add("special/rejected/empty.jpg", Kind.EMPTY, new byte[0]);
        byte[] bmp = SampleFormat.BMP.encode(variants.render(nextNumber(), SampleFormat.BMP, LARGE_WIDTH));
        add("special/rejected/too-large.bmp", Kind.TOO_LARGE, bmp);
    }

    private void writeSkipped() throws IOException {
        add("special/skipped/notes.txt", Kind.NON_IMAGE, "No image.\n".getBytes(StandardCharsets.UTF_8));
        add(
                "special/skipped/labels.json",
                Kind.NON_IMAGE,
                "{\"twin.jpg\": [\"cat\"]}\n".getBytes(StandardCharsets.UTF_8));
        add("special/skipped/.hidden.jpg", Kind.NON_IMAGE, image(SampleFormat.JPEG));
        add("special/skipped/CHECKSUMS", Kind.NON_IMAGE, "jpg\n".getBytes(StandardCharsets.UTF_8));
    }

    private void add(String path, Kind kind, byte[] content) throws IOException {
        Path file = resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        written.add(new SpecialFile(path, kind));
    }

    private Path resolve(String path) throws IOException {
        try {
            return directory.resolve(path);
        } catch (InvalidPathException e) {
            throw new IOException("file names beyond ASCII need a UTF-8 locale, such as LC_ALL=C.UTF-8", e);
        }
    }

    private byte[] image(SampleFormat format) throws IOException {
        return variants.encode(nextNumber(), format);
    }

    /** Negative, so that no special file equals one of the others. */
    private int nextNumber() {
        return -1 - written.size();
    }

    /** The start of a JPEG, then noise without the byte 0xFF, which could begin a frame a decoder would accept. */
    private static byte[] garbageJpeg() {
        byte[] start = {
            (byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1
        };
        byte[] file = Arrays.copyOf(start, 10_000);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = start.length + 2; i < file.length; i++) {
            file[i] = (byte) random.nextInt(0xFF);
        }
        return file;
    }
}
