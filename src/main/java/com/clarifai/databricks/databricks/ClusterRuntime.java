package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a cluster has to be so that statements run on it: a Databricks Runtime that takes parameters in statements (14.2,
 * by the documentation of Databricks' SQL connectors), and an access mode with Unity Catalog.
 *
 * @param what "cluster c (name)"
 * @param version the API's {@code spark_version}, such as {@code 16.4.x-photon-scala2.12}; null where it is unknown
 * @param accessMode the API's {@code data_security_mode}; null where it is unknown
 */
record ClusterRuntime(String what, String version, String accessMode) {

    private static final int OLDEST_MAJOR = 14;
    private static final int OLDEST_MINOR = 2;
    private static final String OLDEST = OLDEST_MAJOR + "." + OLDEST_MINOR;
    /** Custom images and development versions look otherwise. */
    private static final Pattern RELEASE = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.x-.*");

    /** Modes that are newer than this list have Unity Catalog, as all have had since these. */
    private static final Set<String> WITHOUT_UNITY_CATALOG = Set.of(
            "NONE", "LEGACY_TABLE_ACL", "LEGACY_PASSTHROUGH", "LEGACY_SINGLE_USER", "LEGACY_SINGLE_USER_STANDARD");

    static ClusterRuntime of(Map<String, Object> cluster) {
        return new ClusterRuntime(
                "cluster " + cluster.get("cluster_id") + " (" + cluster.get("cluster_name") + ")",
                ApiJson.text(cluster, "spark_version"),
                ApiJson.text(cluster, "data_security_mode"));
    }

    /** @throws DatabricksException saying what it lacks and what to do, when it is known not to do */
    void refuseUnsuitable() {
        if (accessMode != null && WITHOUT_UNITY_CATALOG.contains(accessMode)) {
            throw refused("has no Unity Catalog (its access mode is " + accessMode
                    + "): give it the access mode Standard or Dedicated, or choose another cluster or a warehouse");
        }
        Optional<Matcher> release = release();
        if (release.filter(ClusterRuntime::isTooOld).isPresent()) {
            throw refused("runs Databricks Runtime "
                    + release.get().group(1) + "." + release.get().group(2)
                    + ", which takes no parameters in statements: give it " + OLDEST
                    + " or later, or choose another cluster or a warehouse");
        }
    }

    private static boolean isTooOld(Matcher release) {
        int major = Integer.parseInt(release.group(1));
        return major < OLDEST_MAJOR || major == OLDEST_MAJOR && Integer.parseInt(release.group(2)) < OLDEST_MINOR;
    }

    private Optional<Matcher> release() {
        return Optional.ofNullable(version).map(RELEASE::matcher).filter(Matcher::matches);
    }

    private DatabricksException refused(String why) {
        return new DatabricksException(Kind.INVALID, WorkspaceCall.GET_CLUSTER, what + " " + why);
    }

    /** What it is, and what is not known of it, for a person. */
    String described() {
        String runtime = version == null || version.isBlank() ? "an unknown version" : version;
        return what + " with " + runtime + (release().isPresent() ? "" : ", which may not be " + OLDEST + " or later");
    }
}
