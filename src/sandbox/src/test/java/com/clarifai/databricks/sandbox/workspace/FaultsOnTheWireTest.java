package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FaultsOnTheWireTest {

    private static final String FILE = "/api/2.0/fs/files/Volumes/main/default/photos/a.bin";
    private static final int SIZE = 1_000_000;

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @BeforeEach
    void putAFile() throws Exception {
        workspace.call("PUT", FILE, "x".repeat(SIZE));
    }

    @Test
    void aStatusComesWithItsRetryAfterAndThenGoesAway() throws Exception {
        workspace.plan("files:GET=503,times=1,retry-after=3");

        HttpResponse<byte[]> failed = workspace.get(FILE);

        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(failed.headers().firstValue("retry-after")).hasValue("3");
        assertThat(json(failed).path("error_code").textValue()).isEqualTo("TEMPORARILY_UNAVAILABLE");
        assertThat(workspace.get(FILE).statusCode()).isEqualTo(200);
    }

    @Test
    void aDelayedAnswerIsLateButRight() throws Exception {
        workspace.plan("files:GET=delay:300,times=1");
        Instant start = Instant.now();

        assertThat(workspace.get(FILE).body()).hasSize(SIZE);

        assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aTruncatedFileHasHalfOfTheAnnouncedBytes() throws Exception {
        workspace.plan("files:GET=truncate,times=1");

        String answer = raw("GET", FILE);

        assertThat(answer).contains("\r\nContent-Length: " + SIZE + "\r\n");
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).hasSize(SIZE / 2);
        assertThat(workspace.get(FILE).body()).hasSize(SIZE);
    }

    @Test
    void aTruncatedJsonBodyIsCutToo() throws Exception {
        workspace.plan("uc:catalogs=truncate");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> workspace.get("/api/2.1/unity-catalog/catalogs"));
    }

    @Test
    void aResetConnectionEndsWithoutAByte() throws Exception {
        workspace.plan("files:GET=reset");

        assertThatExceptionOfType(SocketException.class)
                .isThrownBy(() -> raw("GET", FILE))
                .withMessageContaining("reset");
    }

    @Test
    void aLostAnswerHidesWhatTookEffect() throws Exception {
        workspace.plan("files:DELETE=lost");

        assertThat(raw("DELETE", FILE)).isEmpty();

        assertThat(workspace.photos().resolve("a.bin")).doesNotExist();
    }

    @Test
    void aLostAnswerWithABodyIsLostAsAWhole() throws Exception {
        workspace.plan("files:GET=lost");

        assertThat(raw("GET", FILE)).isEmpty();
    }

    /** Everything that comes over the wire until the connection ends. */
    private String raw(String method, String path) throws IOException {
        URI uri = workspace.uri(path);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            String head = method + " " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority()
                    + "\r\nConnection: close\r\nAuthorization: Bearer " + RunningWorkspace.TOKEN + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            in.transferTo(answer);
            return answer.toString(StandardCharsets.US_ASCII);
        }
    }
}
