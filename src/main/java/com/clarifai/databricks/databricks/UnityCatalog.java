package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.PagedIterator.Page;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Browses Unity Catalog by REST, which starts no compute. Objects are maps with the API's field names ({@code name},
 * {@code full_name}, {@code comment}, …); lists are read page by page while they are iterated.
 */
public final class UnityCatalog {

    private static final String API = "/api/2.1/unity-catalog";

    private final WorkspaceClient client;

    public UnityCatalog(WorkspaceClient client) {
        this.client = client;
    }

    public Iterator<Map<String, Object>> catalogs() {
        return list(WorkspaceRequest.get(WorkspaceCall.LIST_CATALOGS, "", API + "/catalogs"), "catalogs");
    }

    public Iterator<Map<String, Object>> schemas(String catalog) {
        return list(
                WorkspaceRequest.get(WorkspaceCall.LIST_SCHEMAS, catalog, API + "/schemas")
                        .withQuery("catalog_name", checked(catalog)),
                "schemas");
    }

    public Iterator<Map<String, Object>> volumes(String catalog, String schema) {
        return list(
                WorkspaceRequest.get(WorkspaceCall.LIST_VOLUMES, catalog + "." + schema, API + "/volumes")
                        .withQuery("catalog_name", checked(catalog))
                        .withQuery("schema_name", checked(schema)),
                "volumes");
    }

    /** The tables without their columns, which {@link #table} gives. */
    public Iterator<Map<String, Object>> tables(String catalog, String schema) {
        return list(
                WorkspaceRequest.get(WorkspaceCall.LIST_TABLES, catalog + "." + schema, API + "/tables")
                        .withQuery("catalog_name", checked(catalog))
                        .withQuery("schema_name", checked(schema))
                        .withQuery("omit_columns", true)
                        .withQuery("omit_properties", true),
                "tables");
    }

    public Map<String, Object> catalog(String catalog) {
        return get(WorkspaceCall.GET_CATALOG, "/catalogs/", catalog);
    }

    public Map<String, Object> schema(String catalog, String schema) {
        return get(WorkspaceCall.GET_SCHEMA, "/schemas/", fullName(catalog, schema));
    }

    public Map<String, Object> volume(String catalog, String schema, String volume) {
        return get(WorkspaceCall.GET_VOLUME, "/volumes/", fullName(catalog, schema, volume));
    }

    /** The table with its {@code columns}: {@code name}, {@code type_text}, {@code nullable}, … */
    public Map<String, Object> table(String catalog, String schema, String table) {
        return get(WorkspaceCall.GET_TABLE, "/tables/", fullName(catalog, schema, table));
    }

    public boolean tableExists(String catalog, String schema, String table) {
        String name = fullName(catalog, schema, table);
        try {
            Map<String, Object> answer = client.json(WorkspaceRequest.get(
                    WorkspaceCall.FIND_TABLE, name, API + "/tables/" + PercentEncoding.encode(name) + "/exists"));
            return Boolean.TRUE.equals(answer.get("table_exists"));
        } catch (DatabricksException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return false; // its catalog or schema is missing
            }
            throw e;
        }
    }

    /**
     * The volume; a managed one is made when it is missing. Who may use a volume but make none is not asked for more: a
     * request to make one is judged by its right before anybody looks whether the name is taken.
     */
    public Map<String, Object> createVolume(String catalog, String schema, String volume) {
        try {
            return volume(catalog, schema, volume);
        } catch (DatabricksException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
        String name = fullName(catalog, schema, volume);
        try {
            return client.json(WorkspaceRequest.post(WorkspaceCall.CREATE_VOLUME, name, API + "/volumes", true)
                    .withJson(Map.of(
                            "catalog_name", catalog, "schema_name", schema, "name", volume, "volume_type", "MANAGED")));
        } catch (DatabricksException e) {
            // somebody else has made it in the meantime, or the answer to an earlier attempt was lost
            if (e.kind() == Kind.ALREADY_EXISTS) {
                return volume(catalog, schema, volume);
            }
            throw e;
        }
    }

    private Map<String, Object> get(WorkspaceCall call, String path, String name) {
        return client.json(WorkspaceRequest.get(call, name, API + path + PercentEncoding.encode(checked(name))));
    }

    /** {@code max_results=0} asks for pages of the service's own size; left out, the service does not page at all. */
    private Iterator<Map<String, Object>> list(WorkspaceRequest request, String items) {
        WorkspaceRequest paged = request.withQuery("max_results", 0);
        return new PagedIterator<>(request, token -> {
            Map<String, Object> page = client.json(token == null ? paged : paged.withQuery("page_token", token));
            return new Page<>(client.objects(request, page, items, "name"), ApiJson.nextPageToken(page));
        });
    }

    private static String fullName(String... names) {
        return Stream.of(names).map(UnityCatalog::checkedPart).collect(Collectors.joining("."));
    }

    private static String checkedPart(String name) {
        if (name != null && name.contains(".")) {
            throw new IllegalArgumentException("'" + name + "' is not a name in Unity Catalog");
        }
        return checked(name);
    }

    /** Unity Catalog's own rules for names, as far as they keep one name from reading as another. */
    private static String checked(String name) {
        if (name == null || name.isBlank() || name.contains("/") || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    name == null
                            ? "a name in Unity Catalog is missing"
                            : "'" + name.strip() + "' is not a name in Unity Catalog");
        }
        return name;
    }
}
