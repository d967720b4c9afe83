package com.clarifai.databricks.sandbox.clarifai;

import static com.clarifai.databricks.sandbox.clarifai.ClarifaiClient.url;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.status.StatusCode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlInputsTest extends ClarifaiTest {

    private HttpServer web;
    private String base;

    @BeforeEach
    void startWeb() throws IOException {
        web = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        answer("/image.png", 200, Pictures.encode("png", 20, 10));
        answer("/page.html", 200, "<html/>".getBytes());
        answer("/large", 200, new byte[20_000_001]);
        answer("/private", 403, new byte[1]);
        answer("/broken", 500, new byte[1]);
        web.start();
        base = "http://127.0.0.1:" + web.getAddress().getPort();
    }

    private void answer(String path, int status, byte[] body) {
        web.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    @AfterEach
    void stopWeb() {
        web.stop(0);
    }

    @Test
    void theImageIsFetchedAndItsUrlKept() {
        client.post(url("a", base + "/image.png").build());

        Input done = client.awaitFinal("a");
        assertThat(done.getStatus().getCode()).isEqualTo(StatusCode.INPUT_DOWNLOAD_SUCCESS);
        assertThat(done.getData().getImage().getUrl()).isEqualTo(base + "/image.png");
        assertThat(done.getData().getImage().getHosted().getPrefix()).isEqualTo(server.dataBaseUrl());
        assertThat(done.getData().getImage().getImageInfo().getWidth()).isEqualTo(20);
    }

    @Test
    void whoComesByANameOfTheProxyIsToldSuchANameOfTheDataHost() throws Exception {
        client.post(url("a", base + "/image.png").build());
        client.awaitFinal("a");

        try (ClarifaiClient named = new ClarifaiClient(server, options().pat(), "clarifai.sandbox.internal")) {
            assertThat(named.get("a").getData().getImage().getHosted().getPrefix())
                    .isEqualTo(server.dataBaseUrl().replace("127.0.0.1", "data.sandbox.internal"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/absent,INPUT_DOES_NOT_EXIST",
        "/page.html,INPUT_UNSUPPORTED_FORMAT",
        "/large,INPUT_OVER_LIMIT",
        "/private,INPUT_PERMISSION_DENIED",
        "/broken,INPUT_STORAGE_HOST_FAILED"
    })
    void failingDownloadsShowTheirReason(String path, StatusCode code) {
        client.post(url("a", base + path).build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(code);
    }

    @Test
    void anUnreachableHostIsAFailedConnection() {
        web.stop(0);
        client.post(url("a", base + "/image.png").build());

        assertThat(client.awaitFinal("a").getStatus().getCode()).isEqualTo(StatusCode.INPUT_CONNECTION_FAILED);
    }

    @Test
    void aUrlIsTakenOnceUnlessDuplicatesAreAllowed() {
        client.post(url("a", base + "/image.png").build());

        assertThat(client.post(url("b", base + "/image.png").build()).getStatus())
                .satisfies(status -> {
                    assertThat(status.getCode()).isEqualTo(StatusCode.INPUT_DUPLICATE);
                    assertThat(status.getDetails()).isEqualTo("The input URL is duplicate.");
                });
        Input.Builder allowed = url("b", base + "/image.png");
        allowed.getDataBuilder().getImageBuilder().setAllowDuplicateUrl(true);
        assertThat(client.post(allowed.build()).getStatus().getCode()).isEqualTo(StatusCode.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({"ftp://host/a.jpg", "no url at all", "file:///etc/passwd"})
    void otherAddressesAreInvalid(String url) {
        assertThat(client.post(url("a", url).build()).getStatus().getCode()).isEqualTo(StatusCode.INPUT_INVALID_URL);
    }
}
