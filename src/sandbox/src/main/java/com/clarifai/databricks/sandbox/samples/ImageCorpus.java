package com.clarifai.databricks.sandbox.samples;

import com.clarifai.databricks.sandbox.samples.Manifest.Kind;
import com.clarifai.databricks.sandbox.samples.Manifest.SpecialFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Folders of images to test imports with: as many as wanted, all different, made from the sample photographs. The same
 * arguments give the same bytes.
 */
public final class ImageCorpus {

    /** In the order in which the files take them. 17 and the 20 photographs have no common divisor: all pairs occur. */
    private static final List<String> EXTENSIONS = List.of(
            "jpg", "png", "jpeg", "webp", "JPG", "tiff", "jpg", "gif", "jpeg", "bmp", "png", "jpg", "tif", "WEBP",
            "jpg", "PNG", "Jpeg");

    private static final int FILES_PER_PART = 500;
    private static final int PARTS_PER_SERIES = 10;
    private static final int SMALL_FILES_PER_FOLDER = 1_000;
    private static final int SMALL_WIDTH = 96;

    private ImageCorpus() {}

    /**
     * Writes {@code files} images of all formats (4 to 60 kB) in nested folders, and into {@code special/} those with
     * names and contents that are hard to import.
     */
    public static Manifest write(Path directory, int files) throws IOException {
        PhotoVariants variants = new PhotoVariants();
        forEach(files, number -> {
            String extension = extension(number);
            SampleFormat format = SampleFormat.ofExtension(extension);
            Path file = directory.resolve(path(number, variants.photo(number, format), extension));
            Files.createDirectories(file.getParent());
            Files.write(file, variants.encode(number, format));
        });
        return manifest(files, SpecialFiles.write(directory, variants));
    }

    /** Writes {@code files} JPEGs of 1 to 4 kB, {@code img-0000001.jpg} and so on, in folders of 1,000. */
    public static void writeSmall(Path directory, int files) throws IOException {
        PhotoVariants variants = new PhotoVariants();
        forEach(files, index -> {
            Path folder = directory.resolve("part-%04d".formatted(index / SMALL_FILES_PER_FOLDER + 1));
            Files.createDirectories(folder);
            byte[] file = SampleFormat.JPEG.encode(variants.render(index, SampleFormat.JPEG, SMALL_WIDTH));
            Files.write(folder.resolve("img-%07d.jpg".formatted(index + 1)), file);
        });
    }

    private static String extension(int number) {
        return EXTENSIONS.get(number % EXTENSIONS.size());
    }

    private static String path(int number, SamplePhoto photo, String extension) {
        int part = number / FILES_PER_PART;
        return "%s/series-%03d/part-%02d/%s-%07d.%s"
                .formatted(
                        photo.label(),
                        part / PARTS_PER_SERIES,
                        part % PARTS_PER_SERIES,
                        photo.title(),
                        number,
                        extension);
    }

    private static Manifest manifest(int files, List<SpecialFile> special) {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        Map<SampleFormat, Integer> formats = new EnumMap<>(SampleFormat.class);
        for (int number = 0; number < files; number++) {
            formats.merge(SampleFormat.ofExtension(extension(number)), 1, Integer::sum);
        }
        for (SpecialFile file : special) {
            kinds.merge(file.kind(), 1, Integer::sum);
            if (file.kind() == Kind.IMPORTABLE) {
                formats.merge(SpecialFiles.format(file.path()), 1, Integer::sum);
            }
        }
        int total = files + special.size();
        int nonImages = kinds.get(Kind.NON_IMAGE);
        return new Manifest(
                total,
                total - nonImages,
                files + kinds.get(Kind.IMPORTABLE),
                formats,
                kinds.get(Kind.CORRUPT),
                kinds.get(Kind.EMPTY),
                kinds.get(Kind.TOO_LARGE),
                nonImages,
                special);
    }

    private interface FileWriter {
        void write(int number) throws IOException;
    }

    private static void forEach(int files, FileWriter writer) throws IOException {
        try {
            IntStream.range(0, files).parallel().forEach(number -> {
                try {
                    writer.write(number);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
