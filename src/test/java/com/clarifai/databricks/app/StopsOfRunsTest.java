package com.clarifai.databricks.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.delta.AskedStop;
import com.clarifai.databricks.flow.run.Run;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a statement knows that its run was cancelled. */
class StopsOfRunsTest {

    private final CamelContext context = new DefaultCamelContext();
    private final List<Boolean> asked = new ArrayList<>();
    private Runnable connecting = () -> {};

    @BeforeEach
    void start() throws Exception {
        StopsOfRuns.reachStatements(context);
        context.getRegistry()
                .bind(
                        "delta",
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {DataSource.class},
                                (proxy, method, arguments) -> {
                                    if (method.getName().equals("getConnection")) {
                                        connecting.run();
                                        asked.add(AskedStop.now());
                                        throw new SQLException("there is no server");
                                    }
                                    return method.getName().equals("hashCode") ? (Object) 1 : null;
                                }));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("sql.camel.yaml", """
                - route:
                    id: sql
                    from:
                      uri: direct:sql
                      steps:
                        - to:
                            uri: jdbc:delta
                            parameters:
                              resetAutoCommit: false
                """));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void run(Run run) {
        context.createProducerTemplate().send("direct:sql", exchange -> {
            exchange.setVariable(Run.VARIABLE, run);
            exchange.getMessage().setBody("SELECT 1");
        });
    }

    @Test
    void aStatementLearnsThatItsRunWasCancelledAndNoOtherOne() {
        Run run = Run.open("import-volume");
        run(run);
        run.cancel();
        run(run);
        run(Run.open("import-volume"));
        run(null);

        assertThat(asked).containsExactly(false, true, false, false);
        assertThat(AskedStop.now()).isFalse();
    }

    @Test
    void aStatementLearnsThatTheApplicationIsStopped() throws Exception {
        context.getShutdownStrategy().setTimeout(20);
        connecting = () -> {
            new Thread(context::stop).start();
            Awaitility.await().pollInSameThread().until(AskedStop::now);
        };

        run(Run.open("import-volume"));

        assertThat(asked).containsExactly(true);
    }
}
