package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.PagedIterator.Page;
import java.util.Iterator;
import java.util.Map;

/** Clusters, as maps with the API's field names ({@code cluster_id}, {@code cluster_name}, {@code state}, …). */
public final class Clusters {

    private static final String API = "/api/2.1/clusters";

    private final WorkspaceClient client;

    public Clusters(WorkspaceClient client) {
        this.client = client;
    }

    public Iterator<Map<String, Object>> list() {
        WorkspaceRequest request = WorkspaceRequest.get(WorkspaceCall.LIST_CLUSTERS, "", API + "/list");
        return new PagedIterator<>(request, token -> {
            Map<String, Object> page = client.json(token == null ? request : request.withQuery("page_token", token));
            return new Page<>(client.objects(request, page, "clusters", "cluster_id"), ApiJson.nextPageToken(page));
        });
    }

    public Map<String, Object> get(String id) {
        return client.json(WorkspaceRequest.get(WorkspaceCall.GET_CLUSTER, id, API + "/get")
                .withQuery("cluster_id", id));
    }

    /** Asks for a start, which takes minutes; only a cluster that has terminated can be started. */
    public void start(String id) {
        client.send(WorkspaceRequest.post(WorkspaceCall.START_CLUSTER, id, API + "/start", true)
                .withJson(Map.of("cluster_id", id)));
    }
}
