package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Comments;
import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Catalogs and schemas: {@code /api/2.1/unity-catalog/catalogs}, {@code /schemas}. */
final class UnityCatalogApi {

    static final String ROOT = "/api/2.1/unity-catalog";
    private static final int PAGE = 1000;

    record Catalog(String name, String catalogType, String owner, boolean browseOnly) {}

    record Schema(String name, String catalogName, String fullName, String owner, String comment) {}

    record Catalogs(List<Catalog> catalogs, String nextPageToken) {}

    record Schemas(List<Schema> schemas, String nextPageToken) {}

    private final Metastore metastore;
    private final Comments comments;

    UnityCatalogApi(Metastore metastore, Comments comments) {
        this.metastore = metastore;
        this.comments = comments;
    }

    void register(Routes routes) {
        routes.add("GET", ROOT + "/catalogs", "uc:catalogs", this::listCatalogs)
                .add("GET", ROOT + "/catalogs/{name}", "uc:catalogs/get", this::getCatalog)
                .add("GET", ROOT + "/schemas", "uc:schemas", this::listSchemas)
                .add("POST", ROOT + "/schemas", "uc:schemas/create", this::createSchema)
                .add("GET", ROOT + "/schemas/{full_name}", "uc:schemas/get", this::getSchema)
                .add("DELETE", ROOT + "/schemas/{full_name}", "uc:schemas/delete", this::deleteSchema);
    }

    private void listCatalogs(HttpServerExchange exchange) throws IOException {
        NamePage page = NamePage.of(Parameters.of(exchange), metastore.catalogs(), PAGE, false);
        Json.send(
                exchange, new Catalogs(page.names().stream().map(this::catalog).toList(), page.nextPageToken()));
    }

    private void getCatalog(HttpServerExchange exchange) throws IOException {
        String name = Metastore.name(Parameters.of(exchange).require("name"));
        metastore.catalogDirectory(name);
        Json.send(exchange, catalog(name));
    }

    private void listSchemas(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        String catalog = Metastore.name(parameters.require("catalog_name"));
        NamePage page = NamePage.of(parameters, metastore.schemas(catalog), PAGE, false);
        Json.send(
                exchange,
                new Schemas(
                        page.names().stream().map(name -> schema(catalog, name)).toList(), page.nextPageToken()));
    }

    private void createSchema(HttpServerExchange exchange) throws IOException {
        JsonNode body = Json.read(exchange);
        String catalog = Metastore.name(Json.required(body, "catalog_name"));
        String name = Metastore.name(Json.required(body, "name"));
        if (metastore.schemas(catalog).contains(name)) {
            throw new ApiError(409, "SCHEMA_ALREADY_EXISTS", "Schema '" + catalog + "." + name + "' already exists.");
        }
        if (catalog.equals(Metastore.READ_ONLY_CATALOG)) {
            throw ApiError.denied("CREATE SCHEMA", "Catalog '" + catalog + "'");
        }
        metastore.createSchema(catalog, name);
        comments.keep(catalog + "." + name, body.path("comment").textValue());
        Json.send(exchange, schema(catalog, name));
    }

    private void getSchema(HttpServerExchange exchange) throws IOException {
        String[] names = Metastore.fullName(Parameters.of(exchange).require("full_name"), 2);
        metastore.schemaDirectory(names[0], names[1]);
        Json.send(exchange, schema(names[0], names[1]));
    }

    private void deleteSchema(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        String[] names = Metastore.fullName(parameters.require("full_name"), 2);
        int tables = metastore.tables(names[0], names[1]).size();
        int volumes = metastore.volumes(names[0], names[1]).size();
        String schema = "Schema '" + names[0] + "." + names[1] + "'";
        if (names[0].equals(Metastore.READ_ONLY_CATALOG)) {
            throw ApiError.denied("MANAGE", schema);
        }
        if (tables + volumes > 0 && !parameters.flag("force")) {
            throw new ApiError(
                    400,
                    "INVALID_STATE",
                    schema + " is not empty. The schema has " + tables + " table(s), " + volumes + " volume(s).");
        }
        metastore.deleteSchema(names[0], names[1]);
        comments.keep(names[0] + "." + names[1], null);
        Json.send(exchange, Map.of());
    }

    private Catalog catalog(String name) {
        return new Catalog(
                name,
                name.equals(Metastore.READ_ONLY_CATALOG) ? "SYSTEM_CATALOG" : "MANAGED_CATALOG",
                ScimApi.USER_NAME,
                false);
    }

    private Schema schema(String catalog, String name) {
        String fullName = catalog + "." + name;
        return new Schema(name, catalog, fullName, ScimApi.USER_NAME, comments.of(fullName));
    }
}
