package com.clarifai.databricks.proxy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The proxy was not reached, or does not let through. The message is a part of a sentence, "the proxy http://host:port …", and
 * never says who uses it. What clients throw in such a case stands behind it as its cause.
 */
public final class ProxyException extends IOException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** There is no host of that name. */
        UNKNOWN,
        /** Nothing answers there. */
        UNREACHABLE,
        /** It wants to know who uses it, and no user is set. */
        LOGIN_NEEDED,
        /** It does not take the user and password. */
        LOGIN_REFUSED,
        /** It may not, or will not, connect to that host. */
        TARGET_REFUSED,
        /** It could not connect to that host. */
        TARGET_UNREACHABLE
    }

    private static final int AUTHENTICATION_REQUIRED = 407;
    private static final int FIRST_SERVER_ERROR = 500;
    private static final int MOST_CAUSES = 20;

    /** How Java's HTTP client, Apache's (of the JDBC driver and the AWS SDK) and Netty's tell the answer to a CONNECT. */
    private static final Pattern TUNNEL_STATUS =
            Pattern.compile("Tunnel failed, got: (\\d{3})|CONNECT refused by proxy: HTTP/\\S+ (\\d{3})"
                    + "|^http, (?:none|basic), .* => .*, status: (\\d{3})");

    private final Kind kind;
    private final String setting;

    private ProxyException(Kind kind, ProxyServer proxy, String message, Throwable cause) {
        super("the proxy " + proxy + " " + message, cause);
        this.kind = kind;
        this.setting = proxy.setting();
    }

    /**
     * What of the failure of a request is the proxy's doing; empty where that has to do with no proxy, or with what lies
     * beyond it.
     *
     * @param proxy that leads to the target, if any
     */
    public static Optional<ProxyException> in(Throwable failure, Optional<ProxyServer> proxy, URI target) {
        if (proxy.isEmpty()) {
            return Optional.empty();
        }
        return causes(failure)
                .map(cause -> in(failure, cause, proxy.get(), target))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<ProxyException> in(Throwable failure, Throwable cause, ProxyServer proxy, URI target) {
        if (cause instanceof ProxyException known) {
            return Optional.of(known);
        }
        Matcher status = TUNNEL_STATUS.matcher(String.valueOf(cause.getMessage()));
        if (status.find()) {
            int number = Stream.of(1, 2, 3)
                    .map(status::group)
                    .filter(digits -> digits != null)
                    .map(Integer::parseInt)
                    .findFirst()
                    .orElseThrow();
            return Optional.of(answered(number, proxy, target, failure));
        }
        return unreachable(failure, cause, proxy);
    }

    /** With a proxy, it is the proxy alone to which a client connects, and whose name it looks up. */
    private static Optional<ProxyException> unreachable(Throwable failure, Throwable cause, ProxyServer proxy) {
        if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
            return Optional.of(new ProxyException(Kind.UNKNOWN, proxy, "cannot be reached: unknown host", failure));
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            // Java's HTTP client puts one around the unknown host
            return causes(cause.getCause())
                    .map(deeper -> unreachable(failure, deeper, proxy))
                    .flatMap(Optional::stream)
                    .findFirst()
                    .or(() -> Optional.of(
                            new ProxyException(Kind.UNREACHABLE, proxy, "cannot be reached: no connection", failure)));
        }
        if (cause instanceof HttpConnectTimeoutException
                || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
            return Optional.of(
                    new ProxyException(Kind.UNREACHABLE, proxy, "cannot be reached: no connection in time", failure));
        }
        return Optional.empty();
    }

    /** The same for an answer that can only be the proxy's: 407, which no service gives. */
    public static Optional<ProxyException> in(int status, Optional<ProxyServer> proxy, URI target) {
        return proxy.filter(any -> status == AUTHENTICATION_REQUIRED).map(asking -> answered(status, asking, target));
    }

    /** The same for an answer that is known to be the proxy's, not the target's. */
    public static ProxyException answered(int status, ProxyServer proxy, URI target) {
        return answered(status, proxy, target, null);
    }

    private static ProxyException answered(int status, ProxyServer proxy, URI target, Throwable cause) {
        if (status == AUTHENTICATION_REQUIRED) {
            return proxy.login().isEmpty()
                    ? new ProxyException(Kind.LOGIN_NEEDED, proxy, "wants a user and a password (407)", cause)
                    : new ProxyException(
                            Kind.LOGIN_REFUSED, proxy, "does not take this user and password (407)", cause);
        }
        return status < FIRST_SERVER_ERROR
                ? new ProxyException(
                        Kind.TARGET_REFUSED,
                        proxy,
                        "refuses to connect to " + target.getHost() + " (" + status + ")",
                        cause)
                : new ProxyException(
                        Kind.TARGET_UNREACHABLE,
                        proxy,
                        "does not get through to " + target.getHost() + " (" + status + ")",
                        cause);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause).limit(MOST_CAUSES);
    }

    /** The one that stands somewhere behind a failure. */
    public static Optional<ProxyException> behind(Throwable failure) {
        return causes(failure)
                .filter(ProxyException.class::isInstance)
                .map(ProxyException.class::cast)
                .findFirst();
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed when it is repeated soon. */
    public boolean isPassing() {
        return kind == Kind.UNREACHABLE || kind == Kind.TARGET_UNREACHABLE;
    }

    /** Where the proxy was set: {@code proxy.url}, {@code HTTPS_PROXY}. */
    public String setting() {
        return setting;
    }

    /** An option of Java without which it may have kept the password back; empty where that cannot be. */
    public Optional<String> javaOption() {
        return kind == Kind.LOGIN_REFUSED && JavaTunnels.mayKeepPasswords()
                ? Optional.of(JavaTunnels.OPTION)
                : Optional.empty();
    }
}
