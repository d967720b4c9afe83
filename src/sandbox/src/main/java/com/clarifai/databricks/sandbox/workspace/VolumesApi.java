package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.Comments;
import com.clarifai.databricks.sandbox.Rights;
import com.clarifai.databricks.sandbox.s3.Buckets;
import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Unity Catalog volumes: {@code /api/2.1/unity-catalog/volumes}. */
final class VolumesApi {

    private static final String VOLUMES = UnityCatalogApi.ROOT + "/volumes";
    private static final int PAGE = 10_000;

    record Volume(
            String name,
            String catalogName,
            String schemaName,
            String fullName,
            String volumeType,
            String storageLocation,
            String volumeId,
            String owner,
            String comment,
            long updatedAt) {}

    record Volumes(List<Volume> volumes, String nextPageToken) {}

    private final Metastore metastore;
    private final Comments comments;

    VolumesApi(Metastore metastore, Comments comments) {
        this.metastore = metastore;
        this.comments = comments;
    }

    void register(Routes routes) {
        routes.add("GET", VOLUMES, "uc:volumes", this::list)
                .add("POST", VOLUMES, "uc:volumes/create", this::create)
                .add("GET", VOLUMES + "/{full_name}", "uc:volumes/get", this::get)
                .add("DELETE", VOLUMES + "/{full_name}", "uc:volumes/delete", this::delete);
    }

    private void list(HttpServerExchange exchange) throws IOException {
        Parameters parameters = Parameters.of(exchange);
        String catalog = Metastore.name(parameters.require("catalog_name"));
        String schema = Metastore.name(parameters.require("schema_name"));
        NamePage page = NamePage.of(parameters, metastore.volumes(catalog, schema), PAGE, true);
        List<Volume> volumes = new ArrayList<>();
        for (String name : page.names()) {
            volumes.add(volume(catalog, schema, name));
        }
        Json.send(exchange, new Volumes(volumes, page.nextPageToken()));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        String[] names = Metastore.fullName(Parameters.of(exchange).require("full_name"), 3);
        Json.send(exchange, volume(names[0], names[1], names[2]));
    }

    private void create(HttpServerExchange exchange) throws IOException {
        JsonNode body = Json.read(exchange);
        String catalog = Metastore.name(Json.required(body, "catalog_name"));
        String schema = Metastore.name(Json.required(body, "schema_name"));
        String name = Metastore.name(Json.required(body, "name"));
        String type = Json.required(body, "volume_type");
        if (!type.equals("MANAGED")) {
            throw ApiError.invalid("The sandbox has MANAGED volumes only, not '" + type + "'.");
        }
        // rights come first: who may not make volumes is not told either that one is there
        if (!Rights.mayCreateIn(metastore.schemaDirectory(catalog, schema))) {
            throw ApiError.denied("CREATE VOLUME", "Schema '" + catalog + "." + schema + "'");
        }
        if (metastore.volumes(catalog, schema).contains(name)) {
            throw new ApiError(
                    409,
                    "RESOURCE_ALREADY_EXISTS",
                    "Volume '" + catalog + "." + schema + "." + name + "' already exists.");
        }
        metastore.createVolume(catalog, schema, name);
        comments.keep(catalog + "." + schema + "." + name, body.path("comment").textValue());
        Json.send(exchange, volume(catalog, schema, name));
    }

    private void delete(HttpServerExchange exchange) throws IOException {
        String fullName = Parameters.of(exchange).require("full_name");
        String[] names = Metastore.fullName(fullName, 3);
        metastore.volumeDirectory(names[0], names[1], names[2]);
        if (names[0].equals(Metastore.READ_ONLY_CATALOG)) {
            throw ApiError.denied("MANAGE", "Volume '" + fullName + "'");
        }
        metastore.deleteVolume(names[0], names[1], names[2]);
        comments.keep(String.join(".", names), null);
        Json.send(exchange, Map.of());
    }

    private static String id(String fullName) {
        return UUID.nameUUIDFromBytes(fullName.getBytes(StandardCharsets.UTF_8)).toString();
    }

    /** Catalog, schema and name of the volume with this id. */
    static Optional<String[]> find(Metastore metastore, String id) {
        for (String catalog : metastore.catalogs()) {
            for (String schema : metastore.schemas(catalog)) {
                for (String volume : metastore.volumes(catalog, schema)) {
                    if (id(catalog + "." + schema + "." + volume).equals(id)) {
                        return Optional.of(new String[] {catalog, schema, volume});
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Volume volume(String catalog, String schema, String name) throws IOException {
        Path directory = metastore.volumeDirectory(catalog, schema, name);
        String fullName = catalog + "." + schema + "." + name;
        return new Volume(
                name,
                catalog,
                schema,
                fullName,
                "MANAGED",
                Buckets.VOLUMES_URL + catalog + "/" + schema + "/" + name,
                id(fullName),
                ScimApi.USER_NAME,
                comments.of(fullName),
                Files.getLastModifiedTime(directory).toMillis());
    }
}
