package com.clarifai.databricks.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the fault suite proves depends on connections that do meet something. */
class FaultyRelayTest {

    private static final int ANSWER = 200_000;
    private static final int CONNECTIONS = 20;

    private ServerSocket service;

    @BeforeEach
    void serve() throws IOException {
        service = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::answerAll);
        thread.setDaemon(true);
        thread.start();
    }

    /** Each connection is answered with as many bytes as soon as it has asked with one. */
    private void answerAll() {
        while (!service.isClosed()) {
            try (Socket client = service.accept()) {
                client.getInputStream().read();
                client.getOutputStream().write(new byte[ANSWER]);
            } catch (IOException e) {
                // the relay has ended this one
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT", "RESET", "TRUNCATE"})
    void someAnswersEndEarlyAndTheSameSeedEndsThemAtTheSameByte(NetworkFault fault) throws IOException {
        List<Integer> received = received(fault, 7);

        assertThat(received).contains(ANSWER).anyMatch(bytes -> bytes < ANSWER);
        if (fault != NetworkFault.RESET) {
            // what a reset connection had not handed over is lost with it
            assertThat(received(fault, 7)).isEqualTo(received);
            assertThat(received(fault, 8)).isNotEqualTo(received);
        }
    }

    @Test
    void aDelayedAnswerIsWhole() throws IOException {
        try (FaultyRelay relay = relay(NetworkFault.DELAY, 1)) {
            assertThat(answer(relay)).isEqualTo(ANSWER);
        }
    }

    private List<Integer> received(NetworkFault fault, long seed) throws IOException {
        List<Integer> received = new ArrayList<>();
        try (FaultyRelay relay = relay(fault, seed)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                received.add(answer(relay));
            }
            assertThat(relay.faults()).isPositive();
        }
        return received;
    }

    private FaultyRelay relay(NetworkFault fault, long seed) {
        return new FaultyRelay("http://127.0.0.1:" + service.getLocalPort(), fault, seed);
    }

    private static int answer(FaultyRelay relay) throws IOException {
        URI url = URI.create(relay.url());
        int bytes = 0;
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(1);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                bytes += count;
            }
        } catch (SocketException e) {
            // a reset connection
        }
        return bytes;
    }
}
