package com.clarifai.databricks.component.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.FakeWorkspace.Request;
import java.util.Iterator;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabricksUnityCatalogTest extends DatabricksTestSupport {

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:each").split(body()).streaming().to("mock:each");
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "listCatalogs,catalogs,/catalogs?max_results=0",
        "listSchemas,schemas,/schemas?catalog_name=main&max_results=0",
        "listVolumes,volumes,/volumes?catalog_name=main&schema_name=default&max_results=0",
        "listTables,tables,'/tables?catalog_name=main&schema_name=default&omit_columns=true&omit_properties=true&max_results=0'"
    })
    void listsLazily(String operation, String items, String target) throws Exception {
        workspace
                .on(
                        "GET " + UNITY_CATALOG + target,
                        json("{\"%s\":[{\"name\":\"a\"}],\"next_page_token\":\"t\"}".formatted(items)))
                .on(
                        "GET " + UNITY_CATALOG + target + "&page_token=t",
                        json("{\"%s\":[{\"name\":\"b\"}]}".formatted(items)));

        Object body = send("databricks:" + operation + "?catalog=main&schema=default", null)
                .getMessage()
                .getBody();

        assertThat(body).isInstanceOf(Iterator.class);
        assertThat(workspace.requests()).isEmpty();
        MockEndpoint each = getMockEndpoint("mock:each");
        each.expectedMessageCount(2);
        template().sendBody("direct:each", body);
        each.assertIsSatisfied();
        assertThat(each.getExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .containsExactly(Map.of("name", "a"), Map.of("name", "b"));
    }

    @ParameterizedTest
    @CsvSource({
        "getCatalog,/catalogs/main",
        "getSchema,/schemas/main.default",
        "getVolume,/volumes/main.default.images",
        "getTable,/tables/main.default.inputs"
    })
    void getsOneAsAMap(String operation, String target) {
        workspace.on("GET " + UNITY_CATALOG + target, json("{\"name\":\"it\"}"));

        Exchange exchange =
                send("databricks:" + operation + "?catalog=main&schema=default&volume=images&table=inputs", null);

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("name", "it"));
    }

    @Test
    void namesTheTableThatIsMissing() {
        workspace.on("GET " + UNITY_CATALOG + "/tables/main.default.inputs", error(404, "TABLE_DOES_NOT_EXIST", "no"));

        DatabricksException failure =
                failure(send("databricks:getTable?catalog=main&schema=default&table=inputs", null));

        assertThat(failure.kind()).isEqualTo(DatabricksException.Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("main.default.inputs");
    }

    @Test
    void prefersHeadersToOptions() {
        workspace.on("GET " + UNITY_CATALOG + "/tables/main.default.inputs", json("{\"name\":\"it\"}"));

        Exchange exchange = send(
                "databricks:listCatalogs?catalog=c&schema=s&table=t",
                null,
                Map.of(
                        DatabricksConstants.OPERATION, "getTable",
                        DatabricksConstants.CATALOG, "main",
                        DatabricksConstants.SCHEMA, "default",
                        DatabricksConstants.TABLE, "inputs"));

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("name", "it"));
    }

    @Test
    void saysWhichOptionIsMissing() {
        Exchange exchange = send("databricks:listTables?catalog=main", null);

        assertThat(exchange.getException())
                .hasMessage("listTables needs the option schema or the header CamelDatabricksSchema");
    }

    @Test
    void makesAVolumeUnlessItIsThere() {
        workspace
                .on("POST " + UNITY_CATALOG + "/volumes", error(403, "PERMISSION_DENIED", "no CREATE VOLUME"))
                .on("GET " + UNITY_CATALOG + "/volumes/main.default.images", json("{\"name\":\"images\"}"));

        Exchange exchange = send("databricks:createVolume", null, MAIN_DEFAULT_IMAGES);

        assertThat(exchange.getMessage().getBody()).isEqualTo(Map.of("name", "images"));
        assertThat(workspace.requests()).extracting(Request::method).containsExactly("GET");
    }

    @Test
    void readsASecret() {
        workspace.on("GET /api/2.0/secrets/get?scope=clarifai&key=CLARIFAI_PAT", json("{\"value\":\"cGF0\"}"));

        assertThat(send("databricks:getSecret?scope=clarifai&key=CLARIFAI_PAT", null)
                        .getMessage()
                        .getBody())
                .isEqualTo("pat");
        assertThat(send(
                                "databricks:getSecret",
                                null,
                                Map.of(
                                        DatabricksConstants.SCOPE, "clarifai",
                                        DatabricksConstants.KEY, "CLARIFAI_PAT"))
                        .getMessage()
                        .getBody())
                .isEqualTo("pat");
    }
}
