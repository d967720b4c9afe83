package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.model.InputColumns;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalImageTest {

    @Test
    void prefersTheCopyThatClarifaiHosts() {
        Map<String, Object> row = Map.of(
                InputColumns.IMAGE_URL, "https://elsewhere.example/a.jpg",
                InputColumns.HOSTED_URL, "https://data.clarifai.com/orig/a",
                InputColumns.IMAGE_INFO, "{\"width\": 1, \"format\": \"JPEG\"}");

        assertThat(OriginalImage.of(row))
                .isEqualTo(new OriginalImage("https://data.clarifai.com/orig/a", null, ImageFormat.JPEG));
    }

    @Test
    void takesTheUrlOfTheInputOtherwise() {
        Map<String, Object> row = Map.of(InputColumns.IMAGE_URL, "https://elsewhere.example/a.jpg");

        assertThat(OriginalImage.of(row)).isEqualTo(new OriginalImage("https://elsewhere.example/a.jpg", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"format\": \"UnknownImageFormat\"}", "width: 1 format: \"JPEG\"", "[]"})
    void knowsNoFormatWhereTheRowSaysNone(String imageInfo) {
        assertThat(OriginalImage.of(Map.of(InputColumns.IMAGE_INFO, imageInfo)))
                .isEqualTo(new OriginalImage(null, null, null));
    }
}
