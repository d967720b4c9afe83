package com.clarifai.databricks.proxy;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where no proxy leads to: this machine, and what a list as in {@code NO_PROXY} names. Its entries, between commas, spaces or
 * bars:
 *
 * <ul>
 *   <li>{@code example.com}, {@code .example.com} or {@code *.example.com}: the host and all below it
 *   <li>{@code example.com:8443}: only that port of it
 *   <li>{@code 10.1.2.3}, {@code 10.0.0.0/8}, {@code fd00::/8}: addresses, if the target is given as one; {@code 10.*} as well
 *   <li>{@code *}: everything
 * </ul>
 *
 * No standard defines the list; this is what curl, Python and Go have in common, and what Java's {@code http.nonProxyHosts}
 * adds to it.
 */
final class ProxyBypass {

    private static final Pattern SEPARATOR = Pattern.compile("[,;|\\s]+");
    private static final Pattern BRACKETED = Pattern.compile("\\[([^]]+)](?::(\\d+))?");
    private static final Pattern WITH_PORT = Pattern.compile("([^:]+):(\\d+)");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.*\\.localhost|127(\\.\\d+){3}|::1|0(:0){6}:1");

    /** @param port 0 for all */
    private record Entry(String host, int port) {

        boolean covers(String target, int targetPort) {
            return (port == 0 || port == targetPort) && coversHost(target);
        }

        private boolean coversHost(String target) {
            if (host.equals("*")) {
                return true;
            }
            if (host.contains("/")) {
                return IpNetwork.parse(host)
                        .filter(network -> network.contains(target))
                        .isPresent();
            }
            if (host.endsWith("*")) {
                return target.startsWith(host.substring(0, host.length() - 1));
            }
            String name = host.replaceFirst("^\\*?\\.", "");
            return target.equals(name) || target.endsWith("." + name);
        }
    }

    private final List<Entry> entries;

    private ProxyBypass(List<Entry> entries) {
        this.entries = entries;
    }

    static ProxyBypass parse(String list) {
        List<Entry> entries = new ArrayList<>();
        for (String text : SEPARATOR.split(list.strip())) {
            if (!text.isEmpty()) {
                entries.add(entry(normal(text)));
            }
        }
        return new ProxyBypass(List.copyOf(entries));
    }

    private static Entry entry(String text) {
        for (Pattern form : List.of(BRACKETED, WITH_PORT)) {
            Matcher parts = form.matcher(text);
            if (parts.matches()) {
                return new Entry(parts.group(1), parts.group(2) == null ? 0 : port(parts.group(2)));
            }
        }
        return new Entry(text, 0);
    }

    private static int port(String digits) {
        return digits.length() > 5 ? -1 : Integer.parseInt(digits);
    }

    /** @param port of the target, also where its URL leaves it to the scheme */
    boolean covers(URI target, int port) {
        String host = normal(target.getHost().replaceAll("[\\[\\]]", ""));
        return LOOPBACK.matcher(host).matches() || entries.stream().anyMatch(entry -> entry.covers(host, port));
    }

    /** A dot at the end makes a name absolute, and no other one. */
    private static String normal(String host) {
        return host.toLowerCase(Locale.ROOT).replaceFirst("(?<=[^.])\\.$", "");
    }
}
