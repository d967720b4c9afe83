package com.clarifai.databricks.cli;

import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxySettings;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The Camel application, started with the settings of one invocation. */
final class Application implements AutoCloseable {

    private final Main main = new Main();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread stopOnSignal = new Thread(this::stop, "stop");

    private Application(Settings settings, boolean withRoutes) {
        Properties properties = settings.toProperties();
        if (!withRoutes) {
            properties.remove("camel.main.routesIncludePattern");
        }
        main.setOverrideProperties(properties);
        main.bind("flowParameters", new FlowCatalog());
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

    private static ProxySettings proxy(CamelContext context) {
        ProxySettings proxy = new ProxySettings();
        proxy.setUrl(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.URL + "}}"));
        proxy.setUser(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.USER + "}}"));
        proxy.setPassword(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.PASSWORD + "}}"));
        proxy.setBypass(context.resolvePropertyPlaceholders("{{" + OutgoingProxy.BYPASS + "}}"));
        return proxy;
    }

    /** @param withRoutes whether to load the routes, or only the components; those that are called, not those that consume */
    static Application start(Settings settings, boolean withRoutes) {
        return start(settings, withRoutes, CalledRoutes::only);
    }

    /** With all routes, those that consume as well, and with what is to be done with the context before it starts. */
    static Application serve(Settings settings, Consumer<CamelContext> preparation) {
        return start(settings, true, preparation);
    }

    private static Application start(Settings settings, boolean withRoutes, Consumer<CamelContext> preparation) {
        Application application = new Application(settings, withRoutes);
        application.main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterConfigure(BaseMainSupport main) {
                RunsInLogs.name(main.getCamelContext());
                preparation.accept(main.getCamelContext());
            }
        });
        Runtime.getRuntime().addShutdownHook(application.stopOnSignal);
        try {
            application.main.start();
        } catch (RuntimeException e) {
            application.close();
            throw e;
        }
        return application;
    }

    /** With connections that are made, and settings that are looked at, only when they are used. */
    static Application startUnconnected(Settings settings, boolean withRoutes) {
        connectLazily(settings);
        return start(settings, withRoutes);
    }

    /** The same for {@link #serve}. */
    static Application serveUnconnected(Settings settings, Consumer<CamelContext> preparation) {
        connectLazily(settings);
        return serve(settings, preparation);
    }

    private static void connectLazily(Settings settings) {
        settings.set("camel.component.databricks.lazy-start-producer", "true");
        settings.set("camel.component.clarifai.lazy-start-producer", "true");
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Returns when a signal has stopped the application. */
    void awaitStop() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Finishes what is under way, and ends. */
    void stop() {
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
