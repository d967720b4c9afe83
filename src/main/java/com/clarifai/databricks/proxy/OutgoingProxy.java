package com.clarifai.databricks.proxy;

import com.clarifai.databricks.proxy.ProxyServer.Login;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * The proxy through which connections leave, and where they do without. From it each client is configured, whatever its
 * own idea of proxies is.
 *
 * <p>What counts is, first, the settings {@code proxy.url}, {@code proxy.user}, {@code proxy.password} and
 * {@code proxy.bypass}; second, Java's properties {@code https.proxyHost} and so on; third, the environment
 * ({@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code NO_PROXY}, or in small letters, which win). User, password and bypass of the
 * settings complete what the other two say.
 */
public final class OutgoingProxy {

    public static final String URL = "proxy.url";
    public static final String USER = "proxy.user";
    public static final String PASSWORD = "proxy.password";
    public static final String BYPASS = "proxy.bypass";

    /** Never a proxy. */
    public static final OutgoingProxy NONE = new OutgoingProxy(Map.of(), ProxyBypass.parse(""));

    private static final Map<String, Integer> DEFAULT_PORTS = Map.of("https", 443, "http", 80);

    private final Map<String, ProxyServer> servers;
    private final ProxyBypass bypass;

    /** @param servers by the scheme of their targets */
    private OutgoingProxy(Map<String, ProxyServer> servers, ProxyBypass bypass) {
        this.servers = servers;
        this.bypass = bypass;
    }

    /**
     * From these settings; null and blank ones are not set.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public static OutgoingProxy of(String url, String user, String password, String bypass) {
        return of(url, user, password, bypass, System.getProperties(), System.getenv());
    }

    static OutgoingProxy of(
            String url,
            String user,
            String password,
            String bypass,
            Properties properties,
            Map<String, String> environment) {
        Optional<Login> login = login(user, password);
        Map<String, ProxyServer> servers = new LinkedHashMap<>();
        DEFAULT_PORTS.keySet().forEach(scheme -> server(scheme, url, properties, environment)
                .ifPresent(server -> servers.put(scheme, login.isPresent() ? server.as(login) : server)));
        String list = isSet(bypass)
                ? bypass
                : properties.getProperty(
                        "http.nonProxyHosts", variable(environment, "NO_PROXY").orElse(""));
        OutgoingProxy proxy = new OutgoingProxy(Map.copyOf(servers), ProxyBypass.parse(list));
        if (servers.values().stream().anyMatch(server -> server.login().isPresent())) {
            JavaTunnels.takePasswordsFromNowOn();
        }
        return proxy;
    }

    private static Optional<Login> login(String user, String password) {
        if (isSet(user)) {
            return Optional.of(new Login(user.strip(), password == null ? "" : password));
        }
        if (isSet(password)) {
            throw new IllegalArgumentException(PASSWORD + " is set without " + USER);
        }
        return Optional.empty();
    }

    private static Optional<ProxyServer> server(
            String scheme, String url, Properties properties, Map<String, String> environment) {
        if (isSet(url)) {
            return Optional.of(ProxyUrl.parse(URL, url));
        }
        String host = properties.getProperty(scheme + ".proxyHost", "");
        if (isSet(host)) {
            String port = properties.getProperty(
                    scheme + ".proxyPort", DEFAULT_PORTS.get(scheme).toString());
            return Optional.of(ProxyUrl.parse("-D" + scheme + ".proxyHost", host + ":" + port));
        }
        String name = scheme.toUpperCase(Locale.ROOT) + "_PROXY";
        return variable(environment, name).map(value -> ProxyUrl.parse(name, value));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        String small = environment.get(name.toLowerCase(Locale.ROOT));
        return Optional.ofNullable(isSet(small) ? small : environment.get(name)).filter(OutgoingProxy::isSet);
    }

    private static boolean isSet(String value) {
        return value != null && !value.isBlank();
    }

    /** Whether there is any; if not, clients are left as Java's own settings have them. */
    public boolean isSet() {
        return !servers.isEmpty();
    }

    /** All that may be used. */
    public Collection<ProxyServer> servers() {
        return servers.values();
    }

    /** Java's HTTP client then asks the proxy; each request has to be {@link #authorize authorized}. */
    public void configure(HttpClient.Builder client) {
        if (isSet()) {
            client.proxy(new Selector());
        }
    }

    /** Tells the proxy of a request, if one leads there, who asks. */
    public void authorize(HttpRequest.Builder request, URI target) {
        to(target)
                .flatMap(ProxyServer::authorization)
                .ifPresent(login -> request.setHeader("Proxy-Authorization", login));
    }

    /** The proxy that leads there; empty where none does, as to this machine. */
    public Optional<ProxyServer> to(URI target) {
        String scheme = String.valueOf(target.getScheme()).toLowerCase(Locale.ROOT);
        if (target.getHost() == null || !servers.containsKey(scheme)) {
            return Optional.empty();
        }
        int port = target.getPort() < 0 ? DEFAULT_PORTS.get(scheme) : target.getPort();
        return bypass.covers(target, port) ? Optional.empty() : Optional.of(servers.get(scheme));
    }

    private final class Selector extends ProxySelector {

        @Override
        public List<Proxy> select(URI target) {
            return List.of(to(target)
                    .map(server -> new Proxy(Proxy.Type.HTTP, server.address()))
                    .orElse(Proxy.NO_PROXY));
        }

        /** There is no other one to try; whoever asked gets the failure. */
        @Override
        public void connectFailed(URI target, SocketAddress proxy, IOException failure) {}
    }
}
