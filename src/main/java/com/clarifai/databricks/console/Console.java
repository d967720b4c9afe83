package com.clarifai.databricks.console;

import io.vertx.ext.auth.authentication.AuthenticationProvider;
import io.vertx.ext.web.handler.AuthenticationHandler;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig;
import org.apache.camel.component.platform.http.vertx.auth.AuthenticationConfig.AuthenticationConfigEntry;

/**
 * The no-code page and its API, {@code routes/console-api.camel.yaml}. It outlives the Camel context, which starts anew
 * with another connection: who is signed in and what has run is kept.
 */
public final class Console {

    private static final long MAX_BODY_SIZE = 1_000_000;
    /** Names of this machine that no other machine can claim. */
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final String host;
    private final int port;
    private final ConsoleAccess access;
    private final ConsoleGuard guard;
    private final ConsoleSessions sessions;
    private final ConsoleRuns runs;
    private final ConsoleSchedules schedules;
    private final ConsoleConnection connection;
    private final RunsHistory history;
    private final ConsoleErrors errors;
    private final Commands commands;

    /**
     * @param host address to listen on
     * @param names further host names that it is reached by
     */
    public Console(
            String host,
            int port,
            Set<String> names,
            ConsoleAccess access,
            Commands commands,
            Connection connection,
            Schedules schedules,
            KeptRuns kept,
            String version) {
        this.host = host;
        this.port = port;
        this.access = access;
        this.commands = commands;
        this.guard = new ConsoleGuard(access, hosts(host, names), port, MAX_BODY_SIZE);
        this.sessions = new ConsoleSessions(access, guard.cookieName(), version);
        this.runs = new ConsoleRuns(commands, kept);
        this.schedules = new ConsoleSchedules(schedules, runs);
        this.connection = new ConsoleConnection(connection, runs);
        this.history = new RunsHistory(commands, runs);
        this.errors = new ConsoleErrors(commands);
    }

    private static Set<String> hosts(String host, Set<String> names) {
        Set<String> hosts = new HashSet<>(LOOPBACK);
        hosts.add(host.toLowerCase(Locale.ROOT));
        names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
        return hosts;
    }

    /** The runs that it shows, which are to be those of schedules as well. */
    public ConsoleRuns runs() {
        return runs;
    }

    /** Whether other machines may reach it. */
    public boolean isExposed() {
        return !LOOPBACK.contains(host);
    }

    /** Where to open it; with the token, unless users sign in. */
    public String url() {
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        String name = any || LOOPBACK.contains(host) ? "localhost" : host;
        return "http://" + name + ":" + port + "/" + (access.token() == null ? "" : "?token=" + access.token());
    }

    /** Before the context starts: what the routes call by name, and the server, with the guard before all it serves. */
    public void prepare(CamelContext context) {
        context.getRegistry().bind("consoleSessions", sessions);
        context.getRegistry().bind("consoleRuns", runs);
        context.getRegistry().bind("consoleSchedules", schedules);
        context.getRegistry().bind("consoleConnection", connection);
        context.getRegistry().bind("runsHistory", history);
        context.getRegistry().bind("consoleErrors", errors);
        context.getRegistry().bind("consoleCommands", commands);
        try {
            context.addService(server(), true, true);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the console cannot listen on " + host + ":" + port
                            + " (console.host, console.port, --port): is something else using it?",
                    e);
        }
    }

    private VertxPlatformHttpServer server() {
        VertxPlatformHttpServerConfiguration configuration = new VertxPlatformHttpServerConfiguration();
        configuration.setServerType(VertxPlatformHttpRouter.SERVER_TYPE_SERVER);
        configuration.setBindHost(host);
        configuration.setBindPort(port);
        configuration.setMaxBodySize(MAX_BODY_SIZE);
        configuration.getBodyHandler().setHandleFileUploads(false);
        configuration.setAuthenticationConfig(guarded());
        return new VertxPlatformHttpServer(configuration);
    }

    private AuthenticationConfig guarded() {
        AuthenticationConfigEntry entry = new AuthenticationConfigEntry();
        entry.setPath("/*");
        entry.setAuthenticationProviderFactory(vertx -> null);
        entry.setAuthenticationHandlerFactory(new AuthenticationConfig.AuthenticationHandlerFactory() {
            @Override
            public <T extends AuthenticationProvider> AuthenticationHandler createAuthenticationHandler(T provider) {
                return guard;
            }
        });
        AuthenticationConfig config = new AuthenticationConfig(List.of(entry));
        config.setEnabled(true);
        return config;
    }
}
