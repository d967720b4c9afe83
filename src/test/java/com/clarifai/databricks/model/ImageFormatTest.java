package com.clarifai.databricks.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFormatTest {

    @ParameterizedTest
    @CsvSource({
        "FFD8FFE000104A46494600, JPEG",
        "89504E470D0A1A0A0000000D, PNG",
        "474946383961, GIF",
        "474946383761, GIF",
        "424D3A00000000000000, BMP",
        "49492A0008000000, TIFF",
        "4D4D002A00000008, TIFF",
        "49492B0008000000, TIFF",
        "524946460A0000005745425056503820, WEBP"
    })
    void tellsAFormatByItsFirstBytes(String head, ImageFormat format) {
        assertThat(ImageFormat.of(HexFormat.of().parseHex(head))).contains(format);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<!DOCTYPE html>", "{\"error\": 1}", "RIFF....WAVE", "GIF8", "\u0000\u0000\u0000\u0000"})
    void takesNothingElseForAnImage(String text) {
        assertThat(ImageFormat.of(text.getBytes(StandardCharsets.ISO_8859_1))).isEmpty();
    }

    @Test
    void knowsClarifaisNames() {
        assertThat(ImageFormat.named("JPEG")).contains(ImageFormat.JPEG);
        assertThat(ImageFormat.named("webp")).contains(ImageFormat.WEBP);
        assertThat(ImageFormat.named("UnknownImageFormat")).isEmpty();
        assertThat(ImageFormat.named(null)).isEmpty();
    }
}
