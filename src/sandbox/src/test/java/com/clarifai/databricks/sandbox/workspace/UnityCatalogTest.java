package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.clarifai.databricks.sandbox.ViewFile;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnityCatalogTest {

    private static final String UC = "/api/2.1/unity-catalog";

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @Test
    void refusesRequestsWithoutTheTokenAsTheGatewayDoes() throws Exception {
        HttpResponse<byte[]> without = workspace.send(HttpRequest.newBuilder(workspace.uri(UC + "/catalogs")));
        HttpResponse<byte[]> wrong = workspace.send(
                HttpRequest.newBuilder(workspace.uri(UC + "/catalogs")).header("Authorization", "Bearer nonsense"));

        assertThat(without.statusCode()).isEqualTo(401);
        assertThat(json(without).path("error_code").intValue()).isEqualTo(401);
        assertThat(json(without).path("message").textValue())
                .startsWith("Credential was not sent or was of an unsupported type for this API. [ReqId: ");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(json(wrong).path("message").textValue()).startsWith("Invalid access token.");
    }

    @Test
    void listsCatalogsAndSchemasInOrder() throws Exception {
        assertThat(names(json(workspace.get(UC + "/catalogs?max_results=0")), "catalogs"))
                .containsExactly("main", "samples");
        assertThat(names(json(workspace.get(UC + "/schemas?catalog_name=MAIN&max_results=0")), "schemas"))
                .containsExactly("archive", "default");
        assertThat(json(workspace.get(UC + "/schemas/main.default"))
                        .path("full_name")
                        .textValue())
                .isEqualTo("main.default");
    }

    @Test
    void pagesThroughVolumesBehindAnEmptyFirstPage() throws Exception {
        for (String name : List.of("a", "b", "c", "d")) {
            workspace.call("POST", "/sandbox/volumes?name=main.archive." + name, null);
        }
        String list = UC + "/volumes?catalog_name=main&schema_name=archive&max_results=3";

        JsonNode first = json(workspace.get(list));
        List<List<String>> pages = new ArrayList<>();
        for (JsonNode page = first; page.has("next_page_token"); ) {
            page = json(workspace.get(
                    list + "&page_token=" + page.path("next_page_token").textValue()));
            pages.add(names(page, "volumes"));
        }

        assertThat(first.path("volumes")).isEmpty();
        assertThat(pages).containsExactly(List.of("a", "b", "c"), List.of("d"));
    }

    @Test
    void judgesTheRightToMakeAVolumeBeforeItLooksWhetherItIsThere() throws Exception {
        String request = """
                {"catalog_name": "main", "schema_name": "default", "name": "staging", "volume_type": "MANAGED"}""";
        assertThat(workspace.call("POST", UC + "/volumes", request).statusCode())
                .isEqualTo(200);

        workspace.call("POST", "/sandbox/rights?schema=main.default&create=false", null);
        assertError(workspace.call("POST", UC + "/volumes", request), 403, "PERMISSION_DENIED");
        assertThat(workspace.get(UC + "/volumes/main.default.staging").statusCode())
                .isEqualTo(200);

        workspace.call("POST", "/sandbox/rights?schema=main.default&create=true", null);
        assertError(workspace.call("POST", UC + "/volumes", request), 409, "RESOURCE_ALREADY_EXISTS");
    }

    @Test
    void createsFindsAndDeletesAVolume() throws Exception {
        String request = """
                {"catalog_name": "main", "schema_name": "default", "name": "Staging", "volume_type": "MANAGED", \
                "comment": "for loads"}""";

        HttpResponse<byte[]> created = workspace.call("POST", UC + "/volumes", request);
        JsonNode found = json(workspace.get(UC + "/volumes/main.default.staging"));

        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(found).isEqualTo(json(created));
        assertThat(found.path("name").textValue()).isEqualTo("staging");
        assertThat(found.path("comment").textValue()).isEqualTo("for loads");
        assertError(workspace.call("POST", UC + "/volumes", request), 409, "RESOURCE_ALREADY_EXISTS");

        assertThat(workspace
                        .call("DELETE", UC + "/volumes/main.default.staging", null)
                        .statusCode())
                .isEqualTo(200);
        assertError(workspace.get(UC + "/volumes/main.default.staging"), 404, "VOLUME_DOES_NOT_EXIST");
    }

    @Test
    void deletesASchemaWithContentOnlyByForce() throws Exception {
        workspace.call("POST", UC + "/schemas", "{\"catalog_name\": \"main\", \"name\": \"scratch\"}");
        workspace.call("POST", "/sandbox/volumes?name=main.scratch.x", null);

        assertError(workspace.call("DELETE", UC + "/schemas/main.scratch", null), 400, "INVALID_STATE");
        assertThat(workspace
                        .call("DELETE", UC + "/schemas/main.scratch?force=true", null)
                        .statusCode())
                .isEqualTo(200);
        assertError(workspace.get(UC + "/schemas/main.scratch"), 404, "SCHEMA_DOES_NOT_EXIST");
    }

    @Test
    void nobodyWritesToTheSamplesCatalog() throws Exception {
        assertError(workspace.call("POST", UC + "/volumes", """
                        {"catalog_name": "samples", "schema_name": "pictures", "name": "x", "volume_type": "MANAGED"}"""), 403, "PERMISSION_DENIED");
        assertError(
                workspace.call("POST", UC + "/schemas", "{\"catalog_name\": \"samples\", \"name\": \"mine\"}"),
                403,
                "PERMISSION_DENIED");
    }

    @Test
    void describesATableThatSqlMadeUnlessAskedNotTo() throws Exception {
        Files.createDirectories(workspace.tables().resolve("main/default/inputs"));

        JsonNode listed = json(workspace.get(
                        UC + "/tables?catalog_name=main&schema_name=default&omit_columns=true&omit_properties=true"))
                .path("tables")
                .path(0);
        JsonNode found = json(workspace.get(UC + "/tables/main.default.inputs"));

        assertThat(listed.path("full_name").textValue()).isEqualTo("main.default.inputs");
        assertThat(listed.has("columns")).isFalse();
        assertThat(listed.has("properties")).isFalse();
        assertThat(found.path("columns").path(0).path("type_name").textValue()).isEqualTo("STRING");
        assertThat(found.path("properties").path("delta.minReaderVersion").textValue())
                .isEqualTo("1");
    }

    @Test
    void listsAViewAsATableOfThatType() throws Exception {
        Files.createFile(ViewFile.in(Files.createDirectories(workspace.tables().resolve("main/default/cats"))));

        JsonNode listed = json(workspace.get(
                        UC + "/tables?catalog_name=main&schema_name=default&omit_columns=true&omit_properties=true"))
                .path("tables")
                .path(0);
        JsonNode found = json(workspace.get(UC + "/tables/main.default.cats"));

        for (JsonNode view : List.of(listed, found)) {
            assertThat(view.path("table_type").textValue()).isEqualTo("VIEW");
            assertThat(view.has("storage_location")).isFalse();
        }
        assertThat(found.path("view_definition").textValue()).isEqualTo("SELECT 1");
    }

    @Test
    void makesManyTablesAtOnce() throws Exception {
        assertThat(workspace
                        .call("POST", "/sandbox/tables?schema=main.crowded&count=120", null)
                        .statusCode())
                .isEqualTo(200);

        JsonNode tables = json(workspace.get(
                        UC + "/tables?catalog_name=main&schema_name=crowded&omit_columns=true&omit_properties=true"))
                .path("tables");
        assertThat(tables).hasSize(120);
        assertThat(tables.path(119).path("full_name").textValue()).isEqualTo("main.crowded.table_00120");
        assertThat(workspace.tables().resolve("main/crowded/table_00120/_delta_log/00000000000000000000.json"))
                .content()
                .contains("\\\"type\\\":\\\"struct\\\"");
    }

    @Test
    void tellsWhetherATableExists() throws Exception {
        Files.createDirectories(workspace.tables().resolve("main/default/inputs"));

        assertThat(json(workspace.get(UC + "/tables/main.default.inputs/exists"))
                        .path("table_exists")
                        .booleanValue())
                .isTrue();
        assertThat(json(workspace.get(UC + "/tables/main.default.other/exists"))
                        .path("table_exists")
                        .booleanValue())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/catalogs/none, 404, CATALOG_DOES_NOT_EXIST",
        "/schemas?catalog_name=none, 404, CATALOG_DOES_NOT_EXIST",
        "/volumes?catalog_name=main&schema_name=none, 404, SCHEMA_DOES_NOT_EXIST",
        "/tables/main.default.none, 404, TABLE_DOES_NOT_EXIST",
        "/schemas, 400, INVALID_PARAMETER_VALUE",
        "/volumes/main.default, 400, INVALID_PARAMETER_VALUE",
        "/volumes/..%2F..%2Fmain.default.photos, 400, INVALID_PARAMETER_VALUE",
        "/catalogs?max_results=-1, 400, INVALID_PARAMETER_VALUE",
        "/catalogs?max_results=1&page_token=nonsense, 400, INVALID_PARAMETER_VALUE",
        "/nothing, 404, ENDPOINT_NOT_FOUND"
    })
    void namesWhatIsWrong(String path, int status, String code) throws Exception {
        assertError(workspace.get(UC + path), status, code);
    }

    private static void assertError(HttpResponse<byte[]> response, int status, String code) throws Exception {
        JsonNode body = json(response);
        assertThat(body.path("error_code").textValue()).isEqualTo(code);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(body.path("message").textValue()).isNotBlank();
        assertThat(body.path("details").path(1).path("request_id").textValue())
                .isEqualTo(response.headers().firstValue("x-request-id").orElseThrow());
    }

    private static List<String> names(JsonNode body, String list) {
        return body.path(list).findValuesAsText("name");
    }
}
