package com.clarifai.databricks.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the whole sandbox in a process of its own, as its launcher does. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SandboxTest {

    @TempDir
    Path directory;

    @Test
    void runsACommandWithTheEndpointsAndExitsAsItDid() throws Exception {
        Path copy = directory.resolve("copy.properties");
        Path data = directory.resolve("data");

        Process sandbox = sandbox(
                "--data",
                data.toString(),
                "--pat",
                "secret",
                "--run",
                "sh",
                "-c",
                "cp \"$SANDBOX_ENDPOINTS\" \"$1\"; exit 7",
                "--port",
                copy.toString());

        assertThat(sandbox.waitFor()).as(this::errors).isEqualTo(7);
        assertThat(SandboxProcess.load(copy))
                .containsOnlyKeys(
                        "databricks.host",
                        "databricks.token",
                        "databricks.warehouse-id",
                        "databricks.storage-endpoint",
                        "clarifai.base-url",
                        "clarifai.data-host",
                        "clarifai.user-id",
                        "clarifai.pat",
                        "export.allow-private-hosts",
                        "s3.endpoint",
                        "s3.region",
                        "s3.access-key",
                        "s3.secret-key",
                        "s3.path-style",
                        "sandbox.workspace-id",
                        "sandbox.cluster-id",
                        "sandbox.client-id",
                        "sandbox.azure-tenant-id",
                        "sandbox.client-secret",
                        "sandbox.app",
                        "sandbox.volume",
                        "sandbox.bucket",
                        "sandbox.images",
                        "sandbox.proxy",
                        "sandbox.guarded-proxy",
                        "sandbox.proxy-user",
                        "sandbox.proxy-password",
                        "sandbox.control",
                        "sandbox.jobs")
                .containsEntry("clarifai.pat", "secret")
                .containsEntry("sandbox.volume", "photos");
        assertThat(data.resolve("endpoints.properties")).doesNotExist();
        assertThat(data.resolve("Volumes/main/default/photos")).isNotEmptyDirectory();
        assertThat(data.resolve("s3/databricks-connect-samples/samples/documented.csv"))
                .content()
                .contains("image02," + SandboxProcess.load(copy).get("sandbox.images") + "/metro-north.jpg,image");
    }

    @Test
    void answersWhenTheEndpointsFileIsThereAndLeavesNothingWhenItIsStopped() throws Exception {
        Path endpoints = directory.resolve("endpoints.properties");
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        Process sandbox = sandbox("--endpoints-file", endpoints.toString());
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(endpoints) || !sandbox.isAlive());
            assertThat(endpoints).as(this::errors).exists();
            Properties settings = SandboxProcess.load(endpoints);
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(settings.get("databricks.host") + "/api/2.1/unity-catalog/catalogs"))
                    .header("Authorization", "Bearer " + settings.get("databricks.token"))
                    .build();
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.body()).contains("\"main\"", "\"lab\"", "\"samples\"");
            assertThat(temporary).isNotEmptyDirectory();
        } finally {
            sandbox.destroy();
            sandbox.waitFor();
        }

        assertThat(endpoints).doesNotExist();
        assertThat(temporary).isEmptyDirectory();
        assertThat(directory.resolve("out")).content().contains("Ctrl-C", "clarifai.pat", "sandbox-token");
        assertThat(errors()).isEmpty();
    }

    @Test
    void saysThatAPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Process sandbox = sandbox("--clarifai-port", String.valueOf(taken.getLocalPort()), "--run", "true");

            assertThat(sandbox.waitFor()).isEqualTo(1);
        }
        assertThat(errors()).contains("Address already in use");
    }

    @Test
    void refusesAFaultItDoesNotUnderstand() throws Exception {
        assertThat(sandbox("--fault", "files:GET=explode").waitFor()).isEqualTo(2);

        assertThat(errors()).contains("unknown action explode").contains("--help");
    }

    private Process sandbox(String... arguments) throws IOException {
        return SandboxProcess.start(directory, arguments);
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("err"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
