package com.clarifai.databricks.app;

import com.clarifai.databricks.flow.parameter.FlowParameters;
import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxySettings;
import com.clarifai.databricks.settings.Settings;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The Camel application, started with the settings of one invocation. */
public final class Application implements AutoCloseable {

    private final Main main = new Main() {
        @Override
        protected CamelContext createCamelContext() {
            ContextOfBlocks context = new ContextOfBlocks();
            context.getCamelContextExtension().setRegistry(registry);
            return context;
        }
    };
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread stopOnSignal = new Thread(this::stop, "stop");

    /** @param parameters of the flows; null when the routes are not to be loaded */
    private Application(Settings settings, FlowParameters parameters) {
        Properties properties = settings.toProperties();
        if (parameters == null) {
            properties.remove("camel.main.routesIncludePattern");
        } else {
            main.bind("flowParameters", parameters);
        }
        properties.computeIfPresent("cluster.new", (name, json) -> JsonBraces.apart(json.toString()));
        main.setOverrideProperties(properties);
        main.setDefaultPropertyPlaceholderLocation("false");
        main.configure().setAutoConfigurationLogSummary(false);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport base) {
                // Settings has looked at the environment already; Camel would let it win over options and --config
                ((PropertiesComponent) base.getCamelContext().getPropertiesComponent())
                        .setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
            }

            @Override
            public void beforeConfigure(BaseMainSupport base) {
                // before the beans of the routes and the components, which all share it
                base.getCamelContext().getRegistry().bind("proxy", proxy(base.getCamelContext()));
            }
        });
    }

    /** The outgoing proxy of these settings, for what is called without an application. */
    public static ProxySettings proxy(Settings settings) {
        ProxySettings proxy = new ProxySettings();
        proxy.setUrl(settings.get(OutgoingProxy.URL));
        proxy.setUser(settings.get(OutgoingProxy.USER));
        proxy.setPassword(settings.get(OutgoingProxy.PASSWORD));
        proxy.setBypass(settings.get(OutgoingProxy.BYPASS));
        return proxy;
    }

    private static ProxySettings proxy(CamelContext context) {
        ProxySettings proxy = new ProxySettings();
        proxy.setUrl(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.URL + "}}"));
        proxy.setUser(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.USER + "}}"));
        proxy.setPassword(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.PASSWORD + "}}"));
        proxy.setBypass(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.BYPASS + "}}"));
        return proxy;
    }

    /** With the components alone, none of the routes. */
    public static Application start(Settings settings) {
        return start(settings, null, CalledRoutes::only);
    }

    /** With all routes that are called, not those that consume. */
    public static Application start(Settings settings, FlowParameters parameters) {
        return start(settings, parameters, CalledRoutes::only);
    }

    /** With those routes alone that these, which are called from outside, may come by. */
    public static Application start(Settings settings, FlowParameters parameters, Set<String> called) {
        Path directory = Path.of(settings.get("routes.directory"));
        return start(settings, parameters, context -> {
            CalledRoutes.only(context);
            ReachedRoutes.only(context, directory, called);
        });
    }

    /** With all routes, those that consume as well, and with what is to be done with the context before it starts. */
    public static Application serve(Settings settings, FlowParameters parameters, Consumer<CamelContext> preparation) {
        boolean reload = Boolean.parseBoolean(settings.get("routes.reload"));
        return start(
                settings,
                parameters,
                reload ? preparation.andThen(context -> watchRoutes(settings, context)) : preparation);
    }

    private static void watchRoutes(Settings settings, CamelContext context) {
        try {
            context.addService(new RoutesReload(Path.of(settings.get("routes.directory"))));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private static Application start(Settings settings, FlowParameters parameters, Consumer<CamelContext> preparation) {
        Application application = new Application(settings, parameters);
        application.main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                RunsInLogs.name(main.getCamelContext());
                StopsOfRuns.reachStatements(main.getCamelContext());
                preparation.accept(main.getCamelContext());
            }
        });
        Runtime.getRuntime().addShutdownHook(application.stopOnSignal);
        try {
            application.main.start();
        } catch (RuntimeException e) {
            application.close();
            throw parameters == null ? e : RouteProblems.located(e, Path.of(settings.get("routes.directory")));
        }
        return application;
    }

    /** With connections that are made, and settings that are looked at, only when they are used. */
    public static Application startUnconnected(Settings settings) {
        connectLazily(settings);
        return start(settings);
    }

    /** The same, with all routes that are called. */
    public static Application startUnconnected(Settings settings, FlowParameters parameters) {
        connectLazily(settings);
        return start(settings, parameters);
    }

    /** The same, with those routes alone that these may come by. */
    public static Application startUnconnected(Settings settings, FlowParameters parameters, Set<String> called) {
        connectLazily(settings);
        return start(settings, parameters, called);
    }

    /** The same for {@link #serve}. */
    public static Application serveUnconnected(
            Settings settings, FlowParameters parameters, Consumer<CamelContext> preparation) {
        connectLazily(settings);
        return serve(settings, parameters, preparation);
    }

    private static void connectLazily(Settings settings) {
        settings.set("camel.component.databricks.lazy-start-producer", "true");
        settings.set("camel.component.clarifai.lazy-start-producer", "true");
    }

    public CamelContext context() {
        return main.getCamelContext();
    }

    /** Returns when a signal has stopped the application. */
    public void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finishes what is under way, and ends. */
    public void stop() {
        main.stop();
        stopped.countDown();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(stopOnSignal);
        } catch (IllegalStateException e) {
            // the hook is running: a signal stops the application already
            return;
        }
        stop();
    }
}
