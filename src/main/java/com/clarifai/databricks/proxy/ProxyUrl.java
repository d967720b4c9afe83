package com.clarifai.databricks.proxy;

import com.clarifai.databricks.proxy.ProxyServer.Login;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a proxy as people write it: {@code http://user:password@host:port}, of which only the host must be there. */
final class ProxyUrl {

    /** The last @ ends the password: unlike in other URLs, one that was not encoded is understood. */
    private static final Pattern URL = Pattern.compile("(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?:(?<login>.*)@)?"
            + "(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(?::(?<port>\\d{1,5}))?/?");

    private static final int DEFAULT_PORT = 80;
    private static final int MAX_PORT = 65_535;

    private ProxyUrl() {}

    /**
     * @param setting where it was set
     * @throws IllegalArgumentException naming the setting, and nothing of the address, where a password may be anywhere
     */
    static ProxyServer parse(String setting, String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            throw new IllegalArgumentException(setting + " is not of the form http://host:port or"
                    + " http://user:password@host:port, with special characters in user and password percent-encoded");
        }
        String scheme = url.group("scheme");
        if (scheme != null && !scheme.equalsIgnoreCase("http")) {
            throw new IllegalArgumentException(setting + " is a proxy that expects " + scheme
                    + ", which is not supported: proxies take https addresses by plain http as well, as"
                    + " http://host:port");
        }
        int port = url.group("port") == null ? DEFAULT_PORT : Integer.parseInt(url.group("port"));
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException(setting + " has the port " + port + ", not 1 to " + MAX_PORT);
        }
        String host = url.group("host").replaceAll("[\\[\\]]", "");
        return new ProxyServer(host, port, login(setting, url.group("login")), setting);
    }

    private static Optional<Login> login(String setting, String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        int colon = text.indexOf(':');
        return Optional.of(
                colon < 0
                        ? new Login(decoded(setting, text), "")
                        : new Login(
                                decoded(setting, text.substring(0, colon)),
                                decoded(setting, text.substring(colon + 1))));
    }

    private static String decoded(String setting, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // its message repeats what it could not decode
            throw new IllegalArgumentException(
                    setting + " has a % in user or password that is not percent-encoded, as %25");
        }
    }
}
