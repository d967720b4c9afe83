package com.clarifai.databricks.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.proxy.ForwardProxy.Login;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.util.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks the protocol by hand: clients have opinions on proxies of their own. */
class ForwardProxyTest {

    private final Traffic traffic = new Traffic();
    private final List<String> arrived = new CopyOnWriteArrayList<>();
    private Undertow target;
    private int port;
    private ForwardProxy proxy;

    @BeforeEach
    void start() {
        target = Undertow.builder()
                .addHttpListener(0, "127.0.0.1")
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setHandler(exchange -> {
                    arrived.add(exchange.getRequestURI() + " at "
                            + exchange.getRequestHeaders().getFirst(Headers.HOST) + " with "
                            + exchange.getRequestHeaders().getFirst(Headers.PROXY_AUTHORIZATION));
                    exchange.getResponseSender().send("from the target");
                })
                .build();
        target.start();
        port = ((InetSocketAddress) target.getListenerInfo().get(0).getAddress()).getPort();
    }

    @AfterEach
    void stop() {
        proxy.close();
        target.stop();
    }

    private void open() {
        proxy = ForwardProxy.start(0, Optional.empty(), traffic);
    }

    /** The answer to these lines, until the proxy or the target closes the connection. */
    private String send(List<String> lines) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", proxy.url().getPort())) {
            write(socket, lines);
            return reader(socket).lines().collect(Collectors.joining("\n"));
        }
    }

    private static void write(Socket socket, List<String> lines) throws IOException {
        socket.getOutputStream().write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    private String get(String url, String... headers) throws IOException {
        String authority = url.replaceFirst("http://([^/]*).*", "$1");
        List<String> lines = new ArrayList<>(List.of("GET " + url + " HTTP/1.1", "Host: " + authority));
        lines.addAll(List.of(headers));
        lines.addAll(List.of("Connection: close", ""));
        return send(lines);
    }

    /** What comes through a tunnel, or the proxy's answer when it makes none: it closes the connection then. */
    private String tunnel(String authority, String... headers) throws IOException {
        List<String> lines = new ArrayList<>(List.of("CONNECT " + authority + " HTTP/1.1", "Host: " + authority));
        lines.addAll(List.of(headers));
        lines.add("");
        try (Socket socket = new Socket("127.0.0.1", proxy.url().getPort())) {
            write(socket, lines);
            BufferedReader in = reader(socket);
            String status = in.readLine();
            if (status.startsWith("HTTP/1.1 200")) {
                write(socket, List.of("GET /in%20it HTTP/1.1", "Host: " + authority, "Connection: close", ""));
            }
            return status + "\n" + in.lines().collect(Collectors.joining("\n"));
        }
    }

    @Test
    void aRequestArrivesAsItWasAtANameThatOnlyTheProxyKnows() throws Exception {
        open();

        String answer = get("http://s3.sandbox.internal:" + port + "/bucket/a%20b%2Fc?x=1");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("from the target");
        assertThat(arrived).containsExactly("/bucket/a%20b%2Fc at s3.sandbox.internal:" + port + " with null");
        assertThat(traffic.counts()).containsOnlyKeys("proxy:s3.sandbox.internal");
    }

    @Test
    void aTunnelLeadsToANameThatOnlyTheProxyKnows() throws Exception {
        open();

        String answer = tunnel("workspace.sandbox.internal:" + port);

        assertThat(answer).startsWith("HTTP/1.1 200").contains("from the target");
        assertThat(arrived).containsExactly("/in%20it at workspace.sandbox.internal:" + port + " with null");
        assertThat(traffic.counts()).containsOnlyKeys("proxy:workspace.sandbox.internal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"example.com", "10.0.0.1", "sandbox.internal.example.com"})
    void otherTargetsAreRefused(String host) throws Exception {
        open();

        assertThat(tunnel(host + ":443")).startsWith("HTTP/1.1 403");
        assertThat(get("http://" + host + "/")).startsWith("HTTP/1.1 403");
    }

    @Test
    void aTargetThatDoesNotListenIsNotReached() throws Exception {
        open();
        target.stop();

        assertThat(tunnel("workspace.sandbox.internal:" + port)).startsWith("HTTP/1.1 503");
    }

    @Test
    void whatIsNotForAProxyIsABadRequest() throws Exception {
        open();

        assertThat(send(List.of("GET /sandbox/calls HTTP/1.1", "Host: 127.0.0.1", "Connection: close", "")))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void withoutTheRightPasswordNothingIsLetThrough() throws Exception {
        proxy = ForwardProxy.start(0, Optional.of(new Login("ada", "p@ss:word")), traffic);
        String wrong = "Proxy-Authorization: " + basic("ada:other");
        String url = "http://s3.sandbox.internal:" + port + "/";

        assertThat(List.of(get(url), get(url, wrong), tunnel("s3.sandbox.internal:" + port, wrong)))
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 407")
                        .containsIgnoringCase("Proxy-Authenticate: Basic realm="));
        assertThat(arrived).isEmpty();
        assertThat(traffic.counts()).containsOnly(Map.entry("proxy:refused", 3L));
    }

    @Test
    void thePasswordIsForTheProxyOnly() throws Exception {
        proxy = ForwardProxy.start(0, Optional.of(new Login("ada", "p@ss:word")), traffic);
        String right = "Proxy-Authorization: " + basic("ada:p@ss:word");

        assertThat(get("http://s3.sandbox.internal:" + port + "/", right)).startsWith("HTTP/1.1 200");
        assertThat(tunnel("s3.sandbox.internal:" + port, right)).contains("from the target");
        assertThat(arrived).hasSize(2).allMatch(request -> request.endsWith(" with null"));
    }

    @Test
    void aProxyMayFailAsAnyService() throws Exception {
        open();
        traffic.plan(Fault.parse("proxy:s3.sandbox.internal=502,times=1"));

        assertThat(tunnel("s3.sandbox.internal:" + port)).startsWith("HTTP/1.1 502");
        assertThat(tunnel("s3.sandbox.internal:" + port)).startsWith("HTTP/1.1 200");
    }

    private static String basic(String login) {
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }
}
