package com.clarifai.databricks.databricks;

import java.util.List;
import java.util.Map;

/** SQL warehouses, as maps with the API's field names ({@code id}, {@code name}, {@code state}, …). */
public final class Warehouses {

    private static final String API = "/api/2.0/sql/warehouses";

    private final WorkspaceClient client;

    public Warehouses(WorkspaceClient client) {
        this.client = client;
    }

    public List<Map<String, Object>> list() {
        WorkspaceRequest request = WorkspaceRequest.get(WorkspaceCall.LIST_WAREHOUSES, "", API);
        return client.objects(request, client.json(request), "warehouses", "id");
    }

    public Map<String, Object> get(String id) {
        return client.json(WorkspaceRequest.get(WorkspaceCall.GET_WAREHOUSE, id, path(id)));
    }

    /** Asks for a start, which takes seconds to minutes; a warehouse that runs already keeps running. */
    public void start(String id) {
        client.send(WorkspaceRequest.post(WorkspaceCall.START_WAREHOUSE, id, path(id) + "/start", true)
                .withJson(Map.of()));
    }

    private static String path(String id) {
        return API + "/" + PercentEncoding.encode(id);
    }
}
