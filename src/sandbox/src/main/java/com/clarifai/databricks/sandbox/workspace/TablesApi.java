package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.ViewFile;
import com.clarifai.databricks.sandbox.sql.TableDescription;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Unity Catalog tables and views: {@code /api/2.1/unity-catalog/tables}. They are made and dropped by SQL only. */
final class TablesApi {

    private static final String TABLES = UnityCatalogApi.ROOT + "/tables";
    private static final int PAGE = 50;

    record Table(
            String name,
            String catalogName,
            String schemaName,
            String fullName,
            String tableType,
            String dataSourceFormat,
            List<TableDescription.Column> columns,
            Map<String, String> properties,
            String storageLocation,
            String viewDefinition,
            String owner,
            String comment) {}

    record Tables(List<Table> tables, String nextPageToken) {}

    private final Metastore metastore;
    private final TableLookup source;

    TablesApi(Metastore metastore, TableLookup source) {
        this.metastore = metastore;
        this.source = source;
    }

    void register(Routes routes) {
        routes.add("GET", TABLES, "uc:tables", this::list)
                .add("GET", TABLES + "/{full_name}", "uc:tables/get", this::get)
                .add("GET", TABLES + "/{full_name}/exists", "uc:tables/exists", this::exists);
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        String catalog = Metastore.name(parameters.require("catalog_name"));
        String schema = Metastore.name(parameters.require("schema_name"));
        boolean columns = !parameters.flag("omit_columns");
        boolean properties = !parameters.flag("omit_properties");
        NamePage page = NamePage.of(parameters, metastore.tables(catalog, schema), PAGE, true);
        List<Table> tables = page.names().stream()
                .map(name -> table(catalog, schema, name, columns, properties))
                .toList();
        Json.send(exchange, new Tables(tables, page.nextPageToken()));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        String[] names = Metastore.fullName(Parameters.of(exchange).require("full_name"), 3);
        Json.send(exchange, table(names[0], names[1], names[2], true, true));
    }

    private void exists(HttpServerExchange exchange) throws IOException {
        String[] names = Metastore.fullName(Parameters.of(exchange).require("full_name"), 3);
        boolean exists = metastore.tables(names[0], names[1]).contains(names[2]);
        Json.send(exchange, Map.of("table_exists", exists));
    }

    private Table table(String catalog, String schema, String name, boolean columns, boolean properties) {
        Path directory = metastore.tableDirectory(catalog, schema, name);
        boolean view = ViewFile.isView(directory);
        Optional<TableDescription> described =
                columns || properties ? source.describe(catalog, schema, name) : Optional.empty();
        return new Table(
                name,
                catalog,
                schema,
                catalog + "." + schema + "." + name,
                view ? "VIEW" : "MANAGED",
                view ? "UNKNOWN_DATA_SOURCE_FORMAT" : "DELTA",
                columns ? described.map(TableDescription::columns).orElse(null) : null,
                properties ? described.map(TableDescription::properties).orElse(null) : null,
                view ? null : directory.toUri().toString(),
                described.map(TableDescription::viewDefinition).orElse(null),
                ScimApi.USER_NAME,
                described.map(TableDescription::comment).orElse(null));
    }
}
