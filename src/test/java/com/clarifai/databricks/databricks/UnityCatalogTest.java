package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.lost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UnityCatalogTest {

    private static final String API = "/api/2.1/unity-catalog";

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();
    private final UnityCatalog catalog = new UnityCatalog(client);

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @Test
    void listsPastAnEmptyPageThatHasAToken() {
        workspace
                .on(
                        "GET " + API + "/catalogs?max_results=0",
                        json("{\"catalogs\":[{\"name\":\"main\"}],\"next_page_token\":\"a/b=\"}"))
                .on("GET " + API + "/catalogs?max_results=0&page_token=a%2Fb%3D", json("{\"next_page_token\":\"t2\"}"))
                .on(
                        "GET " + API + "/catalogs?max_results=0&page_token=t2",
                        json("{\"catalogs\":[{\"name\":\"dev\"}],\"next_page_token\":\"\"}"));

        Iterator<Map<String, Object>> catalogs = catalog.catalogs();
        assertThat(workspace.requests()).isEmpty();
        assertThat(catalogs).toIterable().extracting("name").containsExactly("main", "dev");
    }

    @Test
    void namesWhatItListsIn() {
        workspace
                .on(
                        "GET " + API + "/schemas?catalog_name=my%20main&max_results=0",
                        json("{\"schemas\":[{\"name\":\"s\"}]}"))
                .on(
                        "GET " + API + "/volumes?catalog_name=c&schema_name=s&max_results=0",
                        json("{\"volumes\":[{\"name\":\"v\"}]}"))
                .on(
                        "GET " + API
                                + "/tables?catalog_name=c&schema_name=s&omit_columns=true&omit_properties=true&max_results=0",
                        json("{\"tables\":[{\"name\":\"t\"}]}"));

        assertThat(catalog.schemas("my main")).toIterable().containsExactly(Map.of("name", "s"));
        assertThat(catalog.volumes("c", "s")).toIterable().containsExactly(Map.of("name", "v"));
        assertThat(catalog.tables("c", "s")).toIterable().containsExactly(Map.of("name", "t"));
    }

    @Test
    void getsOneByItsFullName() {
        workspace
                .on("GET " + API + "/catalogs/c", json("{\"name\":\"c\"}"))
                .on("GET " + API + "/schemas/c.s", json("{\"full_name\":\"c.s\"}"))
                .on("GET " + API + "/volumes/c.s.v", json("{\"full_name\":\"c.s.v\"}"))
                .on("GET " + API + "/tables/c.s.t%231", json("{\"full_name\":\"c.s.t#1\"}"));

        assertThat(catalog.catalog("c")).containsEntry("name", "c");
        assertThat(catalog.schema("c", "s")).containsEntry("full_name", "c.s");
        assertThat(catalog.volume("c", "s", "v")).containsEntry("full_name", "c.s.v");
        assertThat(catalog.table("c", "s", "t#1")).containsEntry("full_name", "c.s.t#1");
    }

    @Test
    void namesTheThingThatIsMissing() {
        workspace.on("GET " + API + "/tables/c.s.t", error(404, "TABLE_DOES_NOT_EXIST", "Table 't' does not exist."));

        DatabricksException failure =
                catchThrowableOfType(DatabricksException.class, () -> catalog.table("c", "s", "t"));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("get table c.s.t");
    }

    @Test
    void knowsWhetherATableExists() {
        workspace
                .on("GET " + API + "/tables/c.s.here/exists", json("{\"table_exists\":true}"))
                .on("GET " + API + "/tables/c.s.gone/exists", json("{\"table_exists\":false}"))
                .on("GET " + API + "/tables/c.none.t/exists", error(404, "SCHEMA_DOES_NOT_EXIST", "no schema"));

        assertThat(catalog.tableExists("c", "s", "here")).isTrue();
        assertThat(catalog.tableExists("c", "s", "gone")).isFalse();
        assertThat(catalog.tableExists("c", "none", "t")).isFalse();
    }

    @Test
    void makesAManagedVolume() {
        workspace
                .on("GET " + API + "/volumes/c.s.v", error(404, "VOLUME_DOES_NOT_EXIST", "no"))
                .on("POST " + API + "/volumes", json("{\"full_name\":\"c.s.v\"}"));

        assertThat(catalog.createVolume("c", "s", "v")).containsEntry("full_name", "c.s.v");
        assertThat(workspace.requests("POST").get(0).body())
                .asString()
                .contains(
                        "\"catalog_name\":\"c\"",
                        "\"schema_name\":\"s\"",
                        "\"name\":\"v\"",
                        "\"volume_type\":\"MANAGED\"");
    }

    @Test
    void usesAVolumeThatExistsAlsoWhereItMayMakeNone() {
        workspace
                .on("POST " + API + "/volumes", error(403, "PERMISSION_DENIED", "no CREATE VOLUME"))
                .on("GET " + API + "/volumes/c.s.v", json("{\"full_name\":\"c.s.v\"}"));

        assertThat(catalog.createVolume("c", "s", "v")).containsEntry("full_name", "c.s.v");
        assertThat(workspace.requests("POST")).isEmpty();
    }

    @Test
    void isContentWithAVolumeThatSomebodyHasMadeMeanwhile() {
        workspace
                .on("POST " + API + "/volumes", lost(), error(400, "RESOURCE_ALREADY_EXISTS", "it exists"))
                .on(
                        "GET " + API + "/volumes/c.s.v",
                        error(404, "VOLUME_DOES_NOT_EXIST", "no"),
                        json("{\"full_name\":\"c.s.v\"}"));

        assertThat(catalog.createVolume("c", "s", "v")).containsEntry("full_name", "c.s.v");
    }

    @Test
    void refusesNamesThatWouldReadAsOthers() {
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.table("c", "s.t", "u"));
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.table("c", "s", "../catalogs"));
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.schemas(null));
        assertThatIllegalArgumentException().isThrownBy(() -> catalog.catalog(" "));
        assertThat(workspace.requests()).isEmpty();
    }
}
