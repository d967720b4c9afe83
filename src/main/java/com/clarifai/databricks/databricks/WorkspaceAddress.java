package com.clarifai.databricks.databricks;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a workspace is.
 *
 * @param host scheme and authority; {@code http} only for stand-ins
 * @param workspaceId which workspace of the host is meant, where it has several (a unified host); null where it is not
 *     told, as with most hosts
 */
public record WorkspaceAddress(URI host, String workspaceId) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern NUMBER = Pattern.compile("\\d+");
    /** The address of a workspace's pages on a host that has several ends in {@code ?o=<id>}. */
    private static final Pattern ID_IN_QUERY = Pattern.compile("[?&](?:o|workspace_id)=([^&#]+)");

    /**
     * @param text a workspace URL, its bare host name, which is taken as https, or the address of any of its pages:
     *     people paste what their browser shows
     */
    public static WorkspaceAddress parse(String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("no Databricks host given");
        }
        String url = text.strip();
        String whole = (url.contains("://") ? url : "https://" + url).split("#", 2)[0];
        int path = end(whole);
        return new WorkspaceAddress(host(whole.substring(0, path), url), idIn(whole.substring(path)));
    }

    /** Where the authority of a URL ends; what follows may have characters that no URL has. */
    private static int end(String url) {
        int end = url.indexOf("://") + 3;
        while (end < url.length() && "/?".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static URI host(String origin, String given) {
        URI uri;
        try {
            uri = URI.create(origin);
        } catch (IllegalArgumentException e) {
            throw noWorkspace(given, e);
        }
        boolean http = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
            throw noWorkspace(given, null);
        }
        return URI.create(uri.getScheme() + "://" + uri.getRawAuthority());
    }

    private static IllegalArgumentException noWorkspace(String given, Throwable cause) {
        return new IllegalArgumentException(
                "'" + given + "' is not the address of a Databricks workspace, such as"
                        + " https://dbc-a1b2345c-d6e7.cloud.databricks.com",
                cause);
    }

    /** The id that a path with a query says; null when it says none. */
    public static String idIn(String pathAndQuery) {
        Matcher id = ID_IN_QUERY.matcher(pathAndQuery);
        return id.find() ? checked(id.group(1), "the address") : null;
    }

    /** Whether both are known to be ids of different workspaces: newer ids need not be the numbers that they stand for. */
    public static boolean differ(String one, String other) {
        return one != null
                && other != null
                && NUMBER.matcher(one).matches()
                && NUMBER.matcher(other).matches()
                && !one.equals(other);
    }

    /**
     * The same with the workspace that a setting names.
     *
     * @param id null or blank where none is set
     * @throws IllegalArgumentException when the address says another one
     */
    public WorkspaceAddress withId(String id) {
        if (id == null || id.isBlank()) {
            return this;
        }
        String named = checked(id.strip(), "databricks.workspace-id");
        if (workspaceId != null && !workspaceId.equals(named)) {
            throw new IllegalArgumentException("databricks.host belongs to workspace " + workspaceId + " (?o="
                    + workspaceId + "), but databricks.workspace-id is " + named + ": leave out one of them");
        }
        return new WorkspaceAddress(host, named);
    }

    private static String checked(String id, String where) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(where + " has the workspace id '" + id + "', which cannot be one");
        }
        return id;
    }

    /** Whether both are of one workspace, as far as they tell. */
    public boolean mayBe(WorkspaceAddress other) {
        return host.equals(other.host)
                && (workspaceId == null || other.workspaceId == null || workspaceId.equals(other.workspaceId));
    }

    boolean hasNumber() {
        return workspaceId != null && NUMBER.matcher(workspaceId).matches();
    }

    /** As the browser shows it. */
    @Override
    public String toString() {
        return workspaceId == null ? host.toString() : host + "/?o=" + workspaceId;
    }
}
