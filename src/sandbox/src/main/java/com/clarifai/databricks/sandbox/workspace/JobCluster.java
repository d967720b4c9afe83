package com.clarifai.databricks.sandbox.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a cluster a run meets.
 *
 * @param executors how many workers it has; one without has one on the machine of the driver
 * @param environment its {@code spark_env_vars}, in which {@code {{secrets/scope/key}}} stands for a secret
 */
record JobCluster(
        String id,
        Compute compute,
        String sparkVersion,
        String accessMode,
        int executors,
        Map<String, String> environment) {

    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.\\d+\\..*");
    /** The first runtime on Java 17, by its release notes. */
    private static final int JAVA_17 = 16;

    static JobCluster created(String id, JsonNode described) {
        Map<String, String> environment = new LinkedHashMap<>();
        described
                .path("spark_env_vars")
                .fields()
                .forEachRemaining(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        return new JobCluster(
                id,
                null,
                described.path("spark_version").asText(),
                described.path("data_security_mode").asText("NONE"),
                Math.max(1, described.path("num_workers").asInt()),
                environment);
    }

    /** Why a jar of a volume cannot be installed; null where it can be. */
    String refusesJars() {
        return switch (accessMode) {
            case "SINGLE_USER", "DATA_SECURITY_MODE_DEDICATED" -> null;
            case "USER_ISOLATION", "DATA_SECURITY_MODE_STANDARD" ->
                "PERMISSION_DENIED: Jars and Maven Libraries on Shared Clusters must be on the allowlist.";
            default -> "Volumes are not supported on a cluster without Unity Catalog.";
        };
    }

    /** Classes of Java 17 do not load on its Java. */
    boolean isOlderJava() {
        Matcher release = RELEASE.matcher(sparkVersion);
        return release.matches() && Integer.parseInt(release.group(1)) < JAVA_17;
    }

    /** With the secrets that it refers to. */
    Map<String, String> resolved(String pat) {
        Map<String, String> resolved = new LinkedHashMap<>();
        environment.forEach((name, value) -> resolved.put(
                name, value.equals("{{secrets/" + SecretsApi.SCOPE + "/" + SecretsApi.KEY + "}}") ? pat : value));
        return resolved;
    }
}
