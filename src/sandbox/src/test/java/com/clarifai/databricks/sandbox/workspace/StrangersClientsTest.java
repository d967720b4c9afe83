package com.clarifai.databricks.sandbox.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clarifai.databricks.sandbox.ViewFile;
import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.error.platform.NotFound;
import com.databricks.sdk.core.error.platform.PermissionDenied;
import com.databricks.sdk.service.catalog.CreateVolumeRequestContent;
import com.databricks.sdk.service.catalog.TableInfo;
import com.databricks.sdk.service.catalog.TableType;
import com.databricks.sdk.service.catalog.VolumeInfo;
import com.databricks.sdk.service.catalog.VolumeType;
import com.databricks.sdk.service.compute.State;
import com.databricks.sdk.service.files.DirectoryEntry;
import com.databricks.sdk.service.files.UploadRequest;
import io.unitycatalog.client.ApiClient;
import io.unitycatalog.client.ApiClientBuilder;
import io.unitycatalog.client.ApiException;
import io.unitycatalog.client.api.CatalogsApi;
import io.unitycatalog.client.api.SchemasApi;
import io.unitycatalog.client.api.TablesApi;
import io.unitycatalog.client.api.VolumesApi;
import io.unitycatalog.client.auth.TokenProvider;
import io.unitycatalog.client.model.CatalogInfo;
import io.unitycatalog.client.model.SchemaInfo;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that others wrote for the real service: Databricks' SDK for Java and Unity Catalog's own client. */
class StrangersClientsTest {

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    private DatabricksConfig config() {
        return new DatabricksConfig().setHost(workspace.uri("").toString());
    }

    private WorkspaceClient sdk() {
        return new WorkspaceClient(config().setToken(RunningWorkspace.TOKEN));
    }

    private static <T, R> List<R> all(Iterable<T> found, Function<T, R> property) {
        List<R> properties = new ArrayList<>();
        found.forEach(one -> properties.add(property.apply(one)));
        return properties;
    }

    @Test
    void theSdkReadsCatalogsTablesAndViews() throws Exception {
        Files.createDirectories(workspace.tables().resolve("main/default/inputs"));
        Files.createFile(ViewFile.in(Files.createDirectories(workspace.tables().resolve("main/default/large"))));
        WorkspaceClient client = sdk();

        assertThat(client.currentUser().me().getUserName()).isEqualTo("sandbox@example.com");
        assertThat(all(client.catalogs().list(null), com.databricks.sdk.service.catalog.CatalogInfo::getName))
                .containsExactly("main", "samples");
        assertThat(all(client.schemas().list("main"), com.databricks.sdk.service.catalog.SchemaInfo::getFullName))
                .containsExactly("main.archive", "main.default");
        assertThat(all(client.tables().list("main", "default"), TableInfo::getTableType))
                .containsExactly(TableType.MANAGED, TableType.VIEW);
        assertThat(client.tables().get("main.default.inputs").getColumns())
                .singleElement()
                .satisfies(column -> assertThat(column.getTypeText()).isEqualTo("string"));
        assertThat(client.tables().exists("main.default.none").getTableExists()).isFalse();
    }

    @Test
    void theSdkMakesVolumesAndTheirFiles() throws Exception {
        WorkspaceClient client = sdk();
        VolumeInfo made = client.volumes()
                .create(new CreateVolumeRequestContent()
                        .setCatalogName("main")
                        .setSchemaName("default")
                        .setName("mine")
                        .setVolumeType(VolumeType.MANAGED));
        String folder = "/Volumes/main/default/mine/a folder";
        String file = folder + "/ä+b.txt";

        client.files()
                .createDirectory(
                        new com.databricks.sdk.service.files.CreateDirectoryRequest().setDirectoryPath(folder));
        client.files()
                .upload(new UploadRequest()
                        .setFilePath(file)
                        .setContents(new ByteArrayInputStream("hello".getBytes())));

        assertThat(made.getFullName()).isEqualTo("main.default.mine");
        assertThat(all(client.files().listDirectoryContents(folder), DirectoryEntry::getPath))
                .containsExactly(file);
        assertThat(client.files().getMetadata(file).getContentLength()).isEqualTo(5L);
        assertThat(client.files().download(file).getContents()).hasContent("hello");
        client.files().delete(file);
        client.files().deleteDirectory(folder);
        client.volumes().delete("main.default.mine");
        assertThat(all(client.volumes().list("main", "default"), VolumeInfo::getName))
                .containsExactly("photos");
        assertThatThrownBy(() -> client.volumes().read("main.default.mine")).isInstanceOf(NotFound.class);
        assertThatThrownBy(() -> client.schemas()
                        .create(new com.databricks.sdk.service.catalog.CreateSchema()
                                .setCatalogName("samples")
                                .setName("mine")))
                .isInstanceOf(PermissionDenied.class);
    }

    @Test
    void theSdkGetsTokensAndFindsCompute() {
        WorkspaceClient client = new WorkspaceClient(
                config().setClientId(RunningWorkspace.CLIENT_ID).setClientSecret(RunningWorkspace.CLIENT_SECRET));

        assertThat(client.clusters().get(WorkspaceServer.CLUSTER_ID).getState()).isEqualTo(State.RUNNING);
        assertThat(client.warehouses().get(WorkspaceServer.WAREHOUSE_ID).getState())
                .hasToString("RUNNING");
    }

    @Test
    void unityCatalogsOwnClientFindsEverything() throws Exception {
        Files.createDirectories(workspace.tables().resolve("main/default/inputs"));
        ApiClient client = ApiClientBuilder.create()
                .uri(workspace.uri("").toString())
                .tokenProvider(TokenProvider.create(Map.of("type", "static", "token", RunningWorkspace.TOKEN)))
                .build();

        assertThat(new CatalogsApi(client).listCatalogs(null, 0).getCatalogs())
                .extracting(CatalogInfo::getName)
                .containsExactly("main", "samples");
        assertThat(new SchemasApi(client).listSchemas("main", 0, null).getSchemas())
                .extracting(SchemaInfo::getName)
                .containsExactly("archive", "default");
        assertThat(new TablesApi(client)
                        .getTable("main.default.inputs", null, null)
                        .getColumns())
                .singleElement()
                .satisfies(column -> assertThat(column.getName()).isEqualTo("input_id"));
        assertThat(new VolumesApi(client).getVolume("main.default.photos").getVolumeType())
                .hasToString("MANAGED");
        assertThatThrownBy(() -> new VolumesApi(client).getVolume("main.default.none"))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.getCode()).isEqualTo(404));
    }
}
