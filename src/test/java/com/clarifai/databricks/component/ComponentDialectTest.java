package com.clarifai.databricks.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.clarifai.ClarifaiException;
import com.clarifai.databricks.component.clarifai.ClarifaiComponent;
import com.clarifai.databricks.component.databricks.DatabricksComponent;
import com.clarifai.databricks.databricks.DatabricksException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who knows one of the components knows the other: what both do and say in the same way. */
class ComponentDialectTest {

    private static final String CLARIFAI = "clarifai";
    private static final String DATABRICKS = "databricks";

    @ParameterizedTest
    @ValueSource(strings = {CLARIFAI, DATABRICKS})
    void eachBeginsRoutesAndFreesTheThreadOfARoute(String component) throws IOException {
        ComponentModel model = ComponentModels.of(component);

        assertThat(model.isAsync()).isTrue();
        assertThat(model.isConsumerOnly() || model.isProducerOnly()).isFalse();
        assertThat(model.isLenientProperties()).isFalse();
        assertThat(model.getSyntax()).isEqualTo(component + ":operation");
    }

    /** The group of an option of steps is what its operations are about. */
    @ParameterizedTest
    @ValueSource(strings = {CLARIFAI, DATABRICKS})
    void anOptionBelongsToStepsOrBeginningsOrBoth(String component) throws IOException {
        assertThat(ComponentModels.of(component).getEndpointParameterOptions())
                .allSatisfy(option -> assertThat(option.getLabel())
                        .as(option.getName())
                        .matches("common|advanced|security|producer|(producer|consumer),[a-z]+|consumer"));
    }

    @Test
    void whatBothHaveIsOfOneTypeInOneGroup() throws IOException {
        List<EndpointOptionModel> clarifai = ComponentModels.of(CLARIFAI).getEndpointParameterOptions();
        List<EndpointOptionModel> databricks = ComponentModels.of(DATABRICKS).getEndpointParameterOptions();
        Set<String> both = names(clarifai);
        both.retainAll(names(databricks));

        assertThat(both).contains("idempotentRepository", "bridgeErrorHandler", "delay", "backoffMultiplier");
        assertThat(both)
                .allSatisfy(name -> assertThat(described(clarifai, name)).isEqualTo(described(databricks, name)));
    }

    private static Set<String> names(List<EndpointOptionModel> options) {
        return options.stream().map(BaseOptionModel::getName).collect(Collectors.toSet());
    }

    private static String described(List<EndpointOptionModel> options, String name) {
        return options.stream()
                .filter(option -> option.getName().equals(name))
                .map(option -> option.getLabel() + " " + option.getType())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "clarifai:getApp, clarifai:, getApp needs the option appId or the header CamelClarifaiAppId",
        "databricks:getCatalog, databricks:, getCatalog needs the option catalog or the header CamelDatabricksCatalog"
    })
    void aMissingOptionIsNamedWithItsHeaderAndAnUnknownOperationWithThoseThatThereAre(
            String uri, String scheme, String problem) throws Exception {
        try (CamelContext context = startedWithoutSettings(uri)) {
            assertThatThrownBy(() -> context.getEndpoint(scheme + "destroy"))
                    .rootCause()
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(scheme + " has no operation \"destroy\" but [")
                    .hasMessageContaining(uri.substring(scheme.length()));
            connect(context);
            assertThat(failure(context))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(problem);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "clarifai:getUser, personal access token",
        "databricks:getCurrentUser, no Databricks host given",
    })
    void aContextStartsWithoutSettingsAndTheFirstMessageFails(String uri, String missing) throws Exception {
        try (CamelContext context = startedWithoutSettings(uri)) {
            assertThat(failure(context))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(missing);
        }
    }

    @Test
    void failuresOfTheServicesHaveAKindOfTheSameNamesAndTheIdOfTheRequest() throws Exception {
        assertThat(kinds(ClarifaiException.class))
                .contains(
                        "UNREACHABLE", "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "ALREADY_EXISTS", "INVALID")
                .contains("THROTTLED", "INTERNAL");
        assertThat(kinds(DatabricksException.class)).containsAll(shared());
        for (Class<?> failure : List.of(ClarifaiException.class, DatabricksException.class)) {
            assertThat(RuntimeException.class).isAssignableFrom(failure);
            assertThat(failure.getMethod("requestId").getReturnType()).isEqualTo(Optional.class);
        }
    }

    private static List<String> shared() throws Exception {
        // that a service has not answered at all is told by Databricks' HTTP client as a lost connection
        return kinds(ClarifaiException.class).stream()
                .filter(kind -> !kind.equals("SILENT"))
                .toList();
    }

    private static List<String> kinds(Class<?> failure) throws Exception {
        Method kind = failure.getMethod("kind");
        return List.of(kind.getReturnType().getEnumConstants()).stream()
                .map(Object::toString)
                .toList();
    }

    private static CamelContext startedWithoutSettings(String uri) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uri);
            }
        });
        context.start();
        return context;
    }

    private static void connect(CamelContext context) {
        context.getComponent(CLARIFAI, ClarifaiComponent.class).setPersonalAccessToken("pat");
        DatabricksComponent databricks = context.getComponent(DATABRICKS, DatabricksComponent.class);
        databricks.setHost("https://workspace.invalid");
        databricks.setToken("token");
    }

    private static Exception failure(CamelContext context) {
        Exchange done = context.createProducerTemplate().request("direct:in", exchange -> {});
        return done.getException();
    }
}
