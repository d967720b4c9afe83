package com.clarifai.databricks.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataHostTest {

    @ParameterizedTest
    @CsvSource({
        "https://data.clarifai.com/orig/x, true",
        "https://DATA.clarifai.com:443/orig/x, true",
        "https://cdn.clarifai.com/orig/x, true",
        "http://data.clarifai.com/orig/x, false",
        "https://data.clarifai.com:8443/orig/x, false",
        "https://clarifai.com.evil.example/x, false",
        "https://evilclarifai.com/x, false",
        "https://data.clarifai.com@evil.example/x, false",
        "https://evil.example/https://data.clarifai.com/, false",
        "file:///data.clarifai.com, false"
    })
    void ofTheCloudIsEveryHostOfClarifaiOverHttps(String url, boolean serves) {
        assertThat(DataHost.at(ImageDownload.DEFAULT_DATA_HOST).serves(URI.create(url)))
                .isEqualTo(serves);
    }

    @ParameterizedTest
    @CsvSource({
        "https://data.corp.example/orig/x, true",
        "https://data.corp.example:443/orig/x, true",
        "http://data.corp.example/orig/x, false",
        "https://www.corp.example/x, false",
        "https://data.clarifai.com/orig/x, false"
    })
    void ofAnotherInstallationIsOneOrigin(String url, boolean serves) {
        assertThat(DataHost.at("https://data.corp.example").serves(URI.create(url)))
                .isEqualTo(serves);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.clarifai.com", "ftp://data.clarifai.com", "https:///x", ""})
    void isAWebAddress(String url) {
        assertThatThrownBy(() -> DataHost.at(url)).isInstanceOf(IllegalArgumentException.class);
    }
}
