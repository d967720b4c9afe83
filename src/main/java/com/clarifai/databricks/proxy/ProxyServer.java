package com.clarifai.databricks.proxy;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * An outgoing HTTP proxy. Never shows who uses it.
 *
 * @param host name or address
 * @param login what it wants to know of its users, if anything
 * @param setting where it was set, such as {@code proxy.url} or {@code HTTPS_PROXY}
 */
public record ProxyServer(String host, int port, Optional<Login> login, String setting) {

    /** Sent as Basic authentication (RFC 7617), which is what proxies take from programs. */
    public record Login(String user, String password) {

        public Login {
            if (user.contains(":")) {
                throw new IllegalArgumentException("the name of a proxy's user has no colon (RFC 7617)");
            }
        }

        @Override
        public String toString() {
            return "Login[]";
        }
    }

    /** The name is looked up when, and if, something connects. */
    public InetSocketAddress address() {
        return InetSocketAddress.createUnresolved(host, port);
    }

    /** The value of a header {@code Proxy-Authorization}. */
    public Optional<String> authorization() {
        return login.map(known -> "Basic "
                + Base64.getEncoder()
                        .encodeToString((known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8)));
    }

    ProxyServer as(Optional<Login> other) {
        return new ProxyServer(host, port, other, setting);
    }

    /** {@code http://host:port}. */
    public URI url() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    @Override
    public String toString() {
        return url().toString();
    }
}
