package com.clarifai.databricks.console;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands before everything that the console serves: nothing gets past it that was sent under a forged host name, by a
 * page of another origin, without a session, or too large.
 *
 * <p>A browser signs in with the token in the printed URL and has a session cookie from then on; what changes anything
 * needs a header that pages of other origins cannot send. Other clients send the token itself:
 * {@code Authorization: Bearer <token>}.
 */
final class ConsoleGuard implements AuthenticationHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleGuard.class);

    /** What proxies say of the connection that they were asked by. */
    static final String FORWARDED = "X-Forwarded-Proto";

    static final String MARK_HEADER = "X-Requested-With";
    static final String MARK = "databricks-connect";

    private static final String API = "/api/";
    /** Says whether somebody is signed in, and signs in: open to all. */
    private static final String SESSION = API + "session";

    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final ConsoleAccess access;
    private final Set<String> hosts;
    private final long maxBodySize;
    private final String cookieName;

    /**
     * @param hosts names that the console is reached by, without port, in lower case
     * @param port that it listens on; cookies are shared by all ports of a host
     */
    ConsoleGuard(ConsoleAccess access, Set<String> hosts, int port, long maxBodySize) {
        this.access = access;
        this.hosts = hosts;
        this.maxBodySize = maxBodySize;
        this.cookieName = "databricks-connect-" + port;
    }

    @Override
    public void handle(RoutingContext ctx) {
        protect(ctx.response());
        HttpServerRequest request = ctx.request();
        String path = ctx.normalizedPath();
        if (request.authority() == null
                || !hosts.contains(host(request.authority().host()))) {
            refuse(ctx, 403, "this host name is not one of the console's (console.hosts)");
        } else if (isOfAnotherOrigin(request)) {
            refuse(ctx, 403, "requests of other origins are refused");
        } else if (length(request) > maxBodySize) {
            refuse(ctx, 413, "the request is larger than " + maxBodySize + " bytes");
        } else if (path.equals("/") && request.getParam("token") != null) {
            signIn(ctx, request.getParam("token"));
        } else if (!path.startsWith(API)) {
            ctx.next();
        } else {
            guardApi(ctx, path);
        }
    }

    private void guardApi(RoutingContext ctx, String path) {
        HttpServerRequest request = ctx.request();
        boolean bearer = isBearer(request);
        String session = session(ctx);
        Optional<String> user = bearer ? Optional.of(ConsoleAccess.TOKEN_USER) : access.user(session);
        if (user.isEmpty() && !path.equals(SESSION)) {
            refuse(ctx, 401, "sign in first");
        } else if (!bearer && !READING.contains(request.method()) && !MARK.equals(request.getHeader(MARK_HEADER))) {
            refuse(ctx, 403, "the header " + MARK_HEADER + ": " + MARK + " is missing");
        } else {
            if (path.equals(SESSION) && request.method() == HttpMethod.DELETE && session != null) {
                access.signOut(session);
            }
            // what the routes read; a client cannot set it, since this replaces what the request has
            request.headers().remove(ConsoleSessions.USER);
            user.ifPresent(name -> request.headers().set(ConsoleSessions.USER, name));
            request.headers().remove("Cookie");
            request.headers().remove("Authorization");
            ctx.next();
        }
    }

    private void signIn(RoutingContext ctx, String token) {
        boolean tls = isOverTls(ctx.request().getHeader(FORWARDED), null);
        access.signIn(token).ifPresent(session -> ctx.response().addCookie(cookie(cookieName, session, tls)));
        ctx.response().setStatusCode(303).putHeader("Location", "/").end();
    }

    /** Whether the browser speaks TLS, with a proxy before the console: its cookies are then for TLS alone. */
    static boolean isOverTls(String forwarded, String origin) {
        return "https".equalsIgnoreCase(forwarded) || origin != null && origin.startsWith("https://");
    }

    static Cookie cookie(String name, String session, boolean tls) {
        return Cookie.cookie(name, session)
                .setHttpOnly(true)
                .setSecure(tls)
                .setSameSite(CookieSameSite.STRICT)
                .setPath("/");
    }

    String cookieName() {
        return cookieName;
    }

    private String session(RoutingContext ctx) {
        Cookie cookie = ctx.request().getCookie(cookieName);
        return cookie == null ? null : cookie.getValue();
    }

    private boolean isBearer(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        return authorization != null
                && authorization.startsWith("Bearer ")
                && access.isToken(authorization.substring("Bearer ".length()).strip());
    }

    /** Browsers name the origin of every request that could do harm. */
    private static boolean isOfAnotherOrigin(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return !request.authority().toString().equalsIgnoreCase(authority(origin));
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean navigation = "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && !request.path().startsWith(API);
        return site != null && !navigation && !site.equals("same-origin") && !site.equals("none");
    }

    private static String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String host(String authority) {
        return authority.toLowerCase(Locale.ROOT);
    }

    private static long length(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        // one that is no number the server has refused itself
        return length == null ? 0 : Long.parseLong(length.strip());
    }

    private static void protect(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", CONTENT_SECURITY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
    }

    private static void refuse(RoutingContext ctx, int status, String message) {
        LOG.info(
                "Console: refused {} {} from {} with {}: {}",
                ctx.request().method(),
                ctx.normalizedPath(),
                ctx.request().remoteAddress().hostAddress(),
                status,
                message);
        ctx.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                // what the client may still be sending is of no interest
                .putHeader("Connection", "close")
                .end(new JsonObject().put("message", message).encode());
    }
}
