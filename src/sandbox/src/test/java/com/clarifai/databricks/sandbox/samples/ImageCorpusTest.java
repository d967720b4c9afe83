package com.clarifai.databricks.sandbox.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.clarifai.databricks.sandbox.samples.Manifest.Kind;
import com.clarifai.databricks.sandbox.samples.Manifest.SpecialFile;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCorpusTest {

    /** More than two folders full, so that all formats, photographs and nesting levels occur. */
    private static final int FILES = 1_100;

    private static final long CLARIFAI_LIMIT = 20_000_000;

    @TempDir
    private static Path corpus;

    private static Manifest manifest;
    private static Map<String, String> hashes;

    @BeforeAll
    static void writeCorpus() throws IOException {
        manifest = ImageCorpus.write(corpus, FILES);
        hashes = TestFiles.hashes(corpus);
    }

    @Test
    void everyImportableFileDecodesInTheFormatItsNameSaysAndTheCountsMatch() throws IOException {
        Map<SampleFormat, Integer> decoded = new EnumMap<>(SampleFormat.class);
        for (String path : importable()) {
            SampleFormat format = TestFiles.decode(corpus.resolve(path)).format();
            assertThat(format).as(path).isEqualTo(SpecialFiles.format(path));
            decoded.merge(format, 1, Integer::sum);
        }

        assertThat(decoded).isEqualTo(manifest.importableByFormat()).containsOnlyKeys(SampleFormat.values());
    }

    @Test
    void theManifestCountsEveryFileOnce() {
        assertThat(hashes).hasSize(manifest.files());
        assertThat(manifest.files()).isEqualTo(manifest.images() + manifest.nonImages());
        assertThat(manifest.images()).isEqualTo(manifest.importable() + manifest.rejected());
        assertThat(manifest.importable()).isEqualTo(importable().size()).isGreaterThan(FILES);
        assertThat(hashes.keySet())
                .containsAll(manifest.special().stream().map(SpecialFile::path).toList());
    }

    @Test
    void corruptImagesDoNotDecode() {
        assertThat(special(Kind.CORRUPT))
                .hasSize(manifest.corrupt())
                .hasSize(2)
                .allSatisfy(path -> assertThatIOException().isThrownBy(() -> TestFiles.decode(corpus.resolve(path))));
    }

    @Test
    void theTooLargeImageIsValidAndAboveTheLimit() throws IOException {
        Path file = corpus.resolve(special(Kind.TOO_LARGE).get(0));

        assertThat(Files.size(file)).isGreaterThan(CLARIFAI_LIMIT);
        assertThat(TestFiles.decode(file).format()).isEqualTo(SampleFormat.BMP);
        assertThat(manifest.tooLarge()).isEqualTo(1);
    }

    @Test
    void theEmptyImageHasNoBytes() {
        assertThat(special(Kind.EMPTY)).singleElement().satisfies(path -> assertThat(corpus.resolve(path))
                .isEmptyFile());
    }

    @Test
    void theOtherFilesAreSmallAndAllDifferent() throws IOException {
        for (String path : importable()) {
            assertThat(Files.size(corpus.resolve(path))).as(path).isBetween(3_000L, 60_000L);
        }
        assertThat(hashes.values()).doesNotHaveDuplicates();
    }

    @Test
    void extensionsComeInLowerUpperAndMixedCase() {
        Set<String> extensions = importable().stream()
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());

        assertThat(extensions).contains("jpg", "JPG", "jpeg", "Jpeg", "png", "PNG", "tif", "tiff", "webp", "WEBP");
    }

    @Test
    void anAccentedNameIsThereInBothUnicodeForms() {
        assertThat(special(Kind.IMPORTABLE))
                .contains(
                        "special/names/composed/caf\u00e9-\u00fcber.jpg",
                        "special/names/decomposed/cafe\u0301-u\u0308ber.jpg");
    }

    @Test
    void writingTheCorpusElsewhereGivesTheSameBytes(@TempDir Path elsewhere) throws IOException {
        assertThat(ImageCorpus.write(elsewhere, FILES)).isEqualTo(manifest);

        assertThat(TestFiles.hashes(elsewhere)).isEqualTo(hashes);
    }

    @Test
    void theManifestSurvivesJson() throws IOException {
        ObjectMapper json = new ObjectMapper();
        String text = json.writeValueAsString(manifest);

        assertThat(json.readValue(text, Manifest.class)).isEqualTo(manifest);
        assertThat(text).contains("\"kind\":\"tooLarge\"", "\"jpeg\":");
    }

    @Test
    void smallCorpusIsDistinctTinyJpegsInFoldersOfAThousand(@TempDir Path directory) throws IOException {
        ImageCorpus.writeSmall(directory, 1_001);

        Map<String, String> small = TestFiles.hashes(directory);
        assertThat(small)
                .hasSize(1_001)
                .containsKeys("part-0001/img-0000001.jpg", "part-0001/img-0001000.jpg", "part-0002/img-0001001.jpg");
        assertThat(small.values()).doesNotHaveDuplicates();
        for (String path : small.keySet()) {
            assertThat(Files.size(directory.resolve(path))).isBetween(500L, 5_000L);
            assertThat(TestFiles.decode(directory.resolve(path)))
                    .isEqualTo(new TestFiles.Decoded(SampleFormat.JPEG, 96, 72));
        }
    }

    private static List<String> special(Kind kind) {
        return manifest.special().stream()
                .filter(file -> file.kind() == kind)
                .map(SpecialFile::path)
                .toList();
    }

    private static Set<String> importable() {
        Set<String> paths = new TreeSet<>(hashes.keySet());
        manifest.special().stream()
                .filter(file -> file.kind() != Kind.IMPORTABLE)
                .map(SpecialFile::path)
                .forEach(paths::remove);
        return paths;
    }
}
