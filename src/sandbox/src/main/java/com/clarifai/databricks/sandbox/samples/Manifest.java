package com.clarifai.databricks.sandbox.samples;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an {@link ImageCorpus} consists of, for exact expectations. Every file that is not in {@code special} is an
 * importable image.
 *
 * @param files all files
 * @param images files with the extension of an image: importable, corrupt, empty and too large ones
 * @param importable images that decode and are at most 20 MB large
 * @param importableByFormat the same by format: {@code jpeg}, {@code png}, {@code tiff}, {@code webp}, {@code bmp},
 *     {@code gif}
 * @param nonImages files that an import skips
 * @param special the files with unusual names or contents
 */
public record Manifest(
        int files,
        int images,
        int importable,
        Map<SampleFormat, Integer> importableByFormat,
        int corrupt,
        int empty,
        int tooLarge,
        int nonImages,
        List<SpecialFile> special) {

    public Manifest {
        importableByFormat = Collections.unmodifiableSortedMap(new TreeMap<>(importableByFormat));
        special = List.copyOf(special);
    }

    /** The images that an import must reject. */
    public int rejected() {
        return corrupt + empty + tooLarge;
    }

    /** @param path relative to the corpus, with {@code /} between folders */
    public record SpecialFile(String path, Kind kind) {}

    public enum Kind {
        @JsonProperty("importable")
        IMPORTABLE,
        @JsonProperty("corrupt")
        CORRUPT,
        @JsonProperty("empty")
        EMPTY,
        @JsonProperty("tooLarge")
        TOO_LARGE,
        @JsonProperty("nonImage")
        NON_IMAGE
    }
}
