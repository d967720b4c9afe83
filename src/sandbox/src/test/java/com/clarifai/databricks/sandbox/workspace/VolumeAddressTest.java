package com.clarifai.databricks.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeAddressTest {

    @Test
    void lowersTheThreeNamesAndKeepsTheRest() {
        VolumeAddress path = VolumeAddress.parse("/Volumes/Main/DEFAULT/Photos/Sub/Cat%20%2B+%C3%A9.JPG");

        assertThat(path.fullName()).isEqualTo("main.default.photos");
        assertThat(path.segments()).containsExactly("Sub", "Cat ++é.JPG");
        assertThat(path).hasToString("/Volumes/main/default/photos/Sub/Cat ++é.JPG");
    }

    @Test
    void takesASlashAtTheEndForNothing() {
        assertThat(VolumeAddress.parse("/Volumes/main/default/photos/").isVolume())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/Volumes/main/default",
                "/volumes/main/default/photos",
                "/Volumes/main/default/photos/%zz",
                "/Volumes/main/default/photos/%2",
                "/Volumes/main/default/photos/..",
                "/Volumes/main/default/photos/a%2Fb",
                "/Volumes/main/%2e%2e/photos/a",
                "/Volumes/main/default/photos//a"
            })
    void refusesWhatIsNoPathInAVolume(String path) {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> VolumeAddress.parse(path))
                .satisfies(error -> assertThat(error.code()).isEqualTo("INVALID_PARAMETER_VALUE"));
    }

    @Test
    void refusesASegmentThatNoFileSystemTakes() {
        assertThatExceptionOfType(ApiError.class)
                .isThrownBy(() -> VolumeAddress.parse("/Volumes/main/default/photos/" + "%C3%A9".repeat(128)));
    }
}
