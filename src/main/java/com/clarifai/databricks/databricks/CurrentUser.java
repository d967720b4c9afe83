package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom the token stands for.
 *
 * @param orgId number of the workspace, which the JDBC path of a cluster contains; null where it is unknown
 */
public record CurrentUser(String userName, String displayName, boolean active, String orgId) {

    private static final Pattern AZURE_HOST = Pattern.compile("adb-(\\d+)\\.\\d+\\..*");

    /** Asks the workspace; the cheapest call that proves host and token. */
    public static CurrentUser of(WorkspaceClient client) {
        WorkspaceRequest request =
                WorkspaceRequest.get(WorkspaceCall.GET_CURRENT_USER, "", "/api/2.0/preview/scim/v2/Me");
        return client.exchange(request, response -> {
            Map<String, Object> me = client.parse(request, response);
            return new CurrentUser(
                    ApiJson.text(me, "userName"),
                    ApiJson.text(me, "displayName"),
                    !Boolean.FALSE.equals(me.get("active")),
                    response.header(WorkspaceClient.ORG_ID).orElse(null));
        });
    }

    /**
     * The number of the workspace, as set, told with the current user, in the host name (Azure), or by the workspace's
     * public configuration.
     */
    static String workspaceId(WorkspaceClient client) {
        WorkspaceAddress address = client.settings().address();
        if (address.hasNumber()) {
            return address.workspaceId();
        }
        String told = of(client).orgId();
        if (told != null && !told.isBlank()) {
            return told;
        }
        Matcher azure = AZURE_HOST.matcher(String.valueOf(client.host().getHost()));
        if (azure.matches()) {
            return azure.group(1);
        }
        return configuredId(client)
                .orElseThrow(() -> new DatabricksException(
                        Kind.INVALID,
                        "the workspace " + client.host()
                                + " does not say its number, which the path of a cluster needs: set"
                                + " databricks.http-path (the cluster's Advanced options > JDBC/ODBC)"));
    }

    private static Optional<String> configuredId(WorkspaceClient client) {
        try {
            return Optional.ofNullable(HostConfiguration.of(client).workspaceId());
        } catch (DatabricksException e) {
            if (e.kind() == Kind.NOT_FOUND || e.kind() == Kind.PERMISSION_DENIED) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
