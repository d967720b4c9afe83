package com.clarifai.databricks.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrowsedEntryTest {

    @ParameterizedTest
    @CsvSource({"cat.jpg, true", "cat.JPE, true", "cat.jfif, true", "cat.TIFF, true", "cat.heic, false", "jpg, false"})
    void aPictureIsWhatAnImportOfTheVolumeTakes(String name, boolean picture) {
        assertThat(new BrowsedEntry(name, false, 1, null).isPicture()).isEqualTo(picture);
    }

    @Test
    void aFolderIsNoPictureWhateverItIsCalled() {
        assertThat(new BrowsedEntry("cat.jpg", true, 0, null).isPicture()).isFalse();
    }
}
