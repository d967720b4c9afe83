package com.clarifai.databricks.sandbox.http;

import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** The one port of an HTTP server, on 127.0.0.1. */
public final class Listener {

    private static final String HOST = "127.0.0.1";

    private Listener() {}

    /** @param port 0 for a free one */
    public static Undertow.Builder builder(int port, Optional<Tls> tls) {
        return tls.map(certificates -> Undertow.builder().addHttpsListener(port, HOST, certificates.serverContext()))
                .orElseGet(() -> Undertow.builder().addHttpListener(port, HOST));
    }

    /** {@code http://127.0.0.1:PORT} or {@code https://…} of a started server, without a slash at the end. */
    public static URI url(Undertow server) {
        Undertow.ListenerInfo listener = server.getListenerInfo().get(0);
        return URI.create(
                listener.getProtcol() + "://" + HOST + ":" + ((InetSocketAddress) listener.getAddress()).getPort());
    }
}
