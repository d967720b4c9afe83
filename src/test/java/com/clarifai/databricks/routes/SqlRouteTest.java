package com.clarifai.databricks.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jdbc.JdbcConstants;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped route {@code sql} with a database that answers with failures. */
class SqlRouteTest extends CamelTestSupport {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    private static final String CONFLICT = "[DELTA_CONCURRENT_APPEND] Transaction conflict detected.";

    private final Deque<String> failures = new ArrayDeque<>();

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:flow")
                        .doTry()
                        .to("direct:sql")
                        .doCatch(SQLException.class)
                        .setBody(constant("SELECT 2"))
                        .end()
                        .to("direct:sql");
            }
        };
    }

    @BeforeEach
    void loadTheShippedRoute() throws Exception {
        context.getRegistry().bind("delta", DataSource.class, answering(DataSource.class));
        load(context);
    }

    /** The shipped routes that run statements, with how they are repeated, but for the length of the waits. */
    static void load(CamelContext context) throws Exception {
        ArrayNode shipped = YAML.createArrayNode();
        for (JsonNode part : YAML.readTree(Path.of("routes/common.camel.yaml").toFile())) {
            if (part.at("/route/id").asText().startsWith("sql") || part.has("routeConfiguration")) {
                shipped.add(part);
            }
            for (JsonNode bean : part.path("beans")) {
                if (Set.of("redelivery", "sqlParameters")
                        .contains(bean.path("name").asText())) {
                    shipped.addObject().putArray("beans").add(bean);
                }
            }
        }
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString(
                        "sql.camel.yaml",
                        YAML.writeValueAsString(shipped)
                                .replace("redeliveryDelay: \"1000\"", "redeliveryDelay: \"1\"")));
    }

    /** An object of the driver that knows nothing, but for the failures that are due. */
    private Object answering(Class<?> type) {
        return Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection") && !failures.isEmpty()) {
                        throw new SQLException(failures.remove());
                    }
                    Class<?> result = method.getReturnType();
                    if (result == int.class) {
                        return 0;
                    }
                    if (result == boolean.class) {
                        return false;
                    }
                    return result.isInterface() ? answering(result) : null;
                });
    }

    @Test
    void aStatementThatLostARaceIsRepeatedAlsoAfterAFailureThatWasCaught() {
        failures.addAll(List.of("[TABLE_OR_VIEW_NOT_FOUND]", CONFLICT));

        Exchange exchange =
                template.send("direct:flow", message -> message.getMessage().setBody("SELECT 1"));

        assertThat(failures).isEmpty();
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(JdbcConstants.JDBC_UPDATE_COUNT))
                .isEqualTo(0);
    }

    @Test
    void anotherFailureIsNotRepeated() {
        failures.add("[DIVIDE_BY_ZERO]");

        Exchange exchange =
                template.send("direct:sql", message -> message.getMessage().setBody("SELECT 1"));

        assertThat(failures).isEmpty();
        assertThat(exchange.getException()).hasMessageContaining("DIVIDE_BY_ZERO");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid SessionHandle: SessionHandle [1]",
                "The session has expired",
                "Session 01ef-1234 does not exist.",
                "[DELTA_CONCURRENT_APPEND] Transaction conflict detected."
            })
    void aStatementThatCertainlyWasNotRunIsRepeatedWhateverItIs(String failure) {
        failures.add(failure);

        Exchange exchange =
                template.send("direct:sql-once", message -> message.getMessage().setBody("INSERT INTO t VALUES (1)"));

        assertThat(exchange.getException()).isNull();
    }

    /** The session is gone, and when the statement is run in another one the answer is lost. */
    @Test
    void everyFailureOfAStatementDecidesAnewWhetherItIsRepeated() {
        failures.addAll(List.of("The session has expired", "HTTP Response code: 502", "not to be reached"));

        Exchange exchange =
                template.send("direct:sql-once", message -> message.getMessage().setBody("INSERT INTO t VALUES (1)"));

        assertThat(exchange.getException()).hasMessageContaining("502");
        assertThat(failures).hasSize(1);
    }

    @Test
    void aStatementIsRepeatedSevenTimesAtMost() {
        failures.addAll(Collections.nCopies(9, CONFLICT));

        Exchange exchange =
                template.send("direct:sql", message -> message.getMessage().setBody("SELECT 1"));

        assertThat(exchange.getException()).hasMessageContaining("DELTA_CONCURRENT_APPEND");
        assertThat(failures).hasSize(1);
    }

    @Test
    void aStatementWhoseOutcomeIsUnknownIsRepeatedOnlyWhereThatDoesNoHarm() {
        failures.add("HTTP Response code: 502");
        assertThat(template.send("direct:sql", message -> message.getMessage().setBody("SELECT 1"))
                        .getException())
                .isNull();

        failures.add("HTTP Response code: 502");
        assertThat(template.send("direct:sql-once", message -> message.getMessage()
                                .setBody("INSERT INTO t VALUES (1)"))
                        .getException())
                .hasMessageContaining("502");
    }

    @Test
    void whatAStatementSaysIsNotTakenForItsFailure() {
        failures.add("Error occurred during statement execution: SELECT 'session expired'. Error : [DIVIDE_BY_ZERO]");

        assertThat(template.send("direct:sql", message -> message.getMessage().setBody("SELECT 1"))
                        .getException())
                .hasMessageContaining("DIVIDE_BY_ZERO");
    }
}
