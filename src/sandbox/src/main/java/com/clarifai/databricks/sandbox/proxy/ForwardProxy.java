package com.clarifai.databricks.sandbox.proxy;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.http.Listener;
import com.clarifai.databricks.sandbox.http.TrafficHandler;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.ConnectHandler;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.server.handlers.proxy.SimpleProxyClientProvider;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An outgoing proxy as companies have them: tunnels by CONNECT, and requests with an absolute URL (RFC 9110, 9.3.6; RFC
 * 9112, 3.2.2). It lets through to this machine only; other targets are refused with 403.
 *
 * <p>Only the proxy knows the names {@code *.sandbox.internal}, and leads them here, so that a client that uses them gets
 * nowhere without it. Tunnels and requests are counted as {@code proxy:HOST}, those without the right password as
 * {@code proxy:refused}.
 */
public final class ForwardProxy implements AutoCloseable {

    /** What all names end in that nobody else can resolve. */
    public static final String DOMAIN = ".sandbox.internal";

    private static final String HERE = "127.0.0.1";
    private static final String REFUSED = "proxy:refused";
    private static final HttpString PROXY_CONNECTION = new HttpString("Proxy-Connection");
    private static final int NO_LIMIT = -1;
    private static final int THREADS = 32;

    /** Who may use a proxy. */
    public record Login(String user, String password) {

        private boolean is(String authorization) {
            String expected = "Basic "
                    + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            return expected.equals(authorization);
        }
    }

    private final Undertow server;
    private final Map<String, HttpHandler> targets = new ConcurrentHashMap<>();

    private ForwardProxy(int port, Optional<Login> login, Traffic traffic) {
        HttpHandler forward =
                new ConnectHandler(exchange -> targets.computeIfAbsent(authority(exchange), ForwardProxy::target)
                        .handleRequest(exchange));
        HttpHandler counted = new TrafficHandler(
                traffic, ForwardProxy::name, ForwardProxy::sendPlanned, exchange -> send(exchange, forward));
        server = Listener.builder(port, Optional.empty())
                // the path goes to the target as it came: it is part of a signature
                .setServerOption(UndertowOptions.DECODE_URL, false)
                .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                .setWorkerThreads(THREADS)
                .setHandler(exchange -> exchange.dispatch(guarded(login, traffic, counted)))
                .build();
        server.start();
    }

    /**
     * @param port 0 for a free one
     * @param login empty: anybody may use it
     */
    public static ForwardProxy start(int port, Optional<Login> login, Traffic traffic) {
        return new ForwardProxy(port, login, traffic);
    }

    private static HttpHandler guarded(Optional<Login> login, Traffic traffic, HttpHandler next) {
        return exchange -> {
            String given = exchange.getRequestHeaders().getFirst(Headers.PROXY_AUTHORIZATION);
            if (login.isEmpty() || login.get().is(given)) {
                next.handleRequest(exchange);
                return;
            }
            traffic.call(REFUSED);
            exchange.setStatusCode(StatusCodes.PROXY_AUTHENTICATION_REQUIRED);
            exchange.getResponseHeaders().put(Headers.PROXY_AUTHENTICATE, "Basic realm=\"sandbox\"");
            exchange.setPersistent(false);
        };
    }

    private static void send(HttpServerExchange exchange, HttpHandler forward) throws Exception {
        if (!exchange.getRequestMethod().equals(Methods.CONNECT) && !exchange.isHostIncludedInRequestURI()) {
            exchange.setStatusCode(StatusCodes.BAD_REQUEST);
            return;
        }
        if (!isHere(host(exchange))) {
            exchange.setStatusCode(StatusCodes.FORBIDDEN);
            return;
        }
        // these are between the client and the proxy
        exchange.getRequestHeaders().remove(Headers.PROXY_AUTHORIZATION);
        exchange.getRequestHeaders().remove(PROXY_CONNECTION);
        if (exchange.getRequestMethod().equals(Methods.CONNECT)) {
            exchange.setRequestPath(HERE + ":" + port(authority(exchange)));
        }
        forward.handleRequest(exchange);
    }

    private static boolean isHere(String host) {
        return host.endsWith(DOMAIN) || host.equals(HERE) || host.equals("localhost");
    }

    private static HttpHandler target(String authority) {
        return ProxyHandler.builder()
                .setProxyClient(new SimpleProxyClientProvider(URI.create("http://" + HERE + ":" + port(authority))))
                .setMaxRequestTime(NO_LIMIT)
                .build();
    }

    private static String name(HttpServerExchange exchange) {
        return "proxy:" + host(exchange);
    }

    private static String host(HttpServerExchange exchange) {
        return authority(exchange).replaceFirst(":\\d+$", "");
    }

    /** With its port, where there is one: of a tunnel the whole target, of a request the host in its URL. */
    private static String authority(HttpServerExchange exchange) {
        return exchange.getRequestMethod().equals(Methods.CONNECT)
                ? exchange.getRequestURI()
                : URI.create(exchange.getRequestURL()).getRawAuthority();
    }

    private static int port(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? 80 : Integer.parseInt(authority.substring(colon + 1));
    }

    private static void sendPlanned(HttpServerExchange exchange, Fault fault) {
        exchange.setStatusCode(fault.number());
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public URI url() {
        return Listener.url(server);
    }

    @Override
    public void close() {
        server.stop();
    }
}
