package com.clarifai.databricks.sandbox.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SampleVolumeTest {

    private static final Iterable<SamplePhoto> PHOTOS = SamplePhoto.ALL;

    @TempDir
    private Path volume;

    @ParameterizedTest
    @FieldSource("PHOTOS")
    void everyPhotographDecodesInTheFormatItsNameSays(SamplePhoto photo) throws IOException {
        SampleVolume.write(volume);

        TestFiles.Decoded decoded = TestFiles.decode(volume.resolve(photo.path()));

        assertThat(decoded.format()).isEqualTo(SpecialFiles.format(photo.path()));
        assertThat(Math.max(decoded.width(), decoded.height())).isBetween(450, 960);
    }

    @ParameterizedTest
    @FieldSource("PHOTOS")
    void everyPhotographHasItsSourceNamed(SamplePhoto photo) throws IOException {
        try (var sources = getClass().getResourceAsStream("/samples/photos/SOURCES.md")) {
            assertThat(new String(sources.readAllBytes(), StandardCharsets.UTF_8))
                    .contains("| " + photo.path() + " |");
        }
    }

    @Test
    void theVolumeHoldsThePhotographsInLabelFoldersAndOneFileThatIsNoImage() throws IOException {
        SampleVolume.write(volume);

        assertThat(TestFiles.hashes(volume).keySet())
                .hasSize(SamplePhoto.ALL.size() + 1)
                .contains(SampleVolume.README, "animals/cat.jpg", "landscapes/forest-stream.webp");
    }

    @Test
    void writingTheVolumeAgainChangesNothing() throws IOException {
        SampleVolume.write(volume);
        Map<String, String> first = TestFiles.hashes(volume);

        SampleVolume.write(volume);

        assertThat(TestFiles.hashes(volume)).isEqualTo(first);
    }
}
