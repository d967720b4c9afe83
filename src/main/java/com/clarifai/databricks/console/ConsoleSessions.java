package com.clarifai.databricks.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** Signs in and out by the API. The guard has put into the message who it comes from. */
public final class ConsoleSessions {

    /** A header that only {@link ConsoleGuard} sets. */
    static final String USER = "ConsoleUser";

    private final ConsoleAccess access;
    private final String cookieName;
    private final String version;

    ConsoleSessions(ConsoleAccess access, String cookieName, String version) {
        this.access = access;
        this.cookieName = cookieName;
        this.version = version;
    }

    public Map<String, Object> current(@Header(USER) String user) {
        Map<String, Object> session = new LinkedHashMap<>();
        session.put("signedIn", user != null);
        session.put("user", user);
        session.put("users", access.hasUsers());
        session.put("version", version);
        return session;
    }

    public void signIn(Exchange exchange, @Body Map<String, Object> body) {
        Optional<String> session = access.hasUsers()
                ? access.signIn(text(body, "user"), text(body, "password"))
                : access.signIn(text(body, "token"));
        String cookie = session.map(id ->
                        ConsoleGuard.cookie(cookieName, id, isOverTls(exchange)).encode())
                .orElseThrow(() -> new ApiException(
                        401,
                        access.hasUsers()
                                ? "user or password is wrong"
                                : "the token is wrong: it is in the URL that"
                                        + " 'databricks-connect serve' has printed"));
        answer(exchange, cookie);
    }

    /** The guard has ended the session; the browser is to forget it as well. */
    public void signOut(Exchange exchange) {
        answer(
                exchange,
                ConsoleGuard.cookie(cookieName, "", isOverTls(exchange))
                        .setMaxAge(0)
                        .encode());
    }

    private static boolean isOverTls(Exchange exchange) {
        return ConsoleGuard.isOverTls(
                exchange.getMessage().getHeader(ConsoleGuard.FORWARDED, String.class),
                exchange.getMessage().getHeader("Origin", String.class));
    }

    private static void answer(Exchange exchange, String cookie) {
        exchange.getMessage().setHeader("Set-Cookie", cookie);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
        exchange.getMessage().setBody(null);
    }

    private static String text(Map<String, Object> body, String name) {
        return Objects.toString(body.get(name), "");
    }
}
