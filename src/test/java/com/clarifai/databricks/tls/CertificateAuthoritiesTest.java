package com.clarifai.databricks.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.clarifai.ClarifaiClient;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.databricks.SelfSigned;
import com.clarifai.databricks.databricks.WorkspaceClient;
import com.clarifai.databricks.databricks.WorkspaceSettings;
import com.clarifai.databricks.download.ImageDownload;
import com.clarifai.databricks.s3.S3Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthoritiesTest {

    @TempDir
    Path directory;

    @Test
    void everyCertificateOfTheFileIsTrusted() throws Exception {
        Path pem = SelfSigned.in(directory).pem();
        Path two = Files.writeString(directory.resolve("two.pem"), Files.readString(pem) + Files.readString(pem));

        assertThat(CertificateAuthorities.read("x.ca-file", two).trust().getTrustManagers())
                .isNotEmpty();
        assertThat(CertificateAuthorities.read("x.ca-file", two).sslContext().getProtocol())
                .isEqualTo("TLS");
    }

    @Test
    void anEmptyFileIsRefusedByTheNameOfTheSettingWhereverItIsUsed() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));
        ClarifaiSettings clarifai =
                ClarifaiSettings.of("https://api.example.com", "pat").withCaFile(empty);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkspaceClient(
                        WorkspaceSettings.of("https://db.example.com", "token").withCaFile(empty)))
                .withMessage("databricks.ca-file: no certificates in " + empty);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClarifaiClient(clarifai))
                .withMessage("clarifai.ca-file: no certificates in " + empty);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ImageDownload(
                        clarifai,
                        new ImageDownload.Options("https://data.example.com", 1, Duration.ofSeconds(1), false)))
                .withMessage("clarifai.ca-file: no certificates in " + empty);
        S3Settings s3 = new S3Settings();
        s3.setCaFile(empty.toString());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> s3.client().listBuckets())
                .withMessage("s3.ca-file: no certificates in " + empty);
    }

    @Test
    void whatIsNoCertificateIsRefusedByTheNameOfTheSetting() throws Exception {
        Path text = Files.writeString(directory.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nnone");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CertificateAuthorities.read("x.ca-file", text))
                .withMessage("x.ca-file: no certificates can be read from " + text);
    }
}
