package com.clarifai.databricks.databricks;

import java.util.Map;

/**
 * Whom the token stands for.
 *
 * @param orgId number of the workspace, which the JDBC path of a cluster contains; null where it is not told
 */
public record CurrentUser(String userName, String displayName, boolean active, String orgId) {

    private static final String ORG_ID_HEADER = "X-Databricks-Org-Id";

    /** Asks the workspace; the cheapest call that proves host and token. */
    public static CurrentUser of(WorkspaceClient client) {
        WorkspaceRequest request = WorkspaceRequest.get("get current user", "/api/2.0/preview/scim/v2/Me");
        return client.exchange(request, response -> {
            Map<String, Object> me = client.parse(request, response);
            return new CurrentUser(
                    Json.text(me, "userName"),
                    Json.text(me, "displayName"),
                    !Boolean.FALSE.equals(me.get("active")),
                    response.header(ORG_ID_HEADER).orElse(null));
        });
    }
}
