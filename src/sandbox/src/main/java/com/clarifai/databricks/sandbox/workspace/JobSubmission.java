package com.clarifai.databricks.sandbox.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a {@code runs/submit} asks for: one JAR task.
 *
 * @param cluster id of the existing cluster; null for a new one
 * @param newCluster its description; null for an existing one
 * @param jars paths of the libraries
 * @param timeout in seconds, 0 for none
 * @param queued whether the run waits where the workspace's limit is reached
 */
record JobSubmission(
        String name,
        String taskKey,
        String token,
        String cluster,
        JsonNode newCluster,
        List<String> jars,
        String mainClass,
        List<String> parameters,
        long timeout,
        boolean queued) {

    /** "The JSON representation of this field cannot exceed 10,000 bytes", by the documentation. */
    private static final int MOST_PARAMETERS = 10_000;

    private static final int LONGEST_TOKEN = 64;

    /** @throws ApiError as the service refuses it */
    static JobSubmission read(JsonNode body) {
        String token = body.path("idempotency_token").asText("");
        if (token.length() > LONGEST_TOKEN) {
            throw ApiError.invalid("The idempotency token must have at most 64 characters.");
        }
        JsonNode tasks = body.path("tasks");
        if (tasks.size() != 1) {
            throw ApiError.invalid("The sandbox runs submissions of one task; this one has " + tasks.size() + ".");
        }
        JsonNode task = tasks.get(0);
        String key = Json.required(task, "task_key");
        if (!key.matches("[\\w-]{1,100}")) {
            throw ApiError.invalid("Invalid task_key '" + key + "'.");
        }
        String cluster = task.path("existing_cluster_id").asText(null);
        JsonNode created = task.path("new_cluster");
        refuseCompute(task, cluster, created);
        JsonNode jar = task.path("spark_jar_task");
        if (!jar.isObject()) {
            throw ApiError.invalid("The sandbox runs spark_jar_task only.");
        }
        return new JobSubmission(
                body.path("run_name").asText("Untitled"),
                key,
                token.isEmpty() ? null : token,
                cluster,
                created.isObject() ? created : null,
                jars(task.path("libraries")),
                Json.required(jar, "main_class_name"),
                parameters(jar.path("parameters")),
                Math.max(
                        body.path("timeout_seconds").asLong(),
                        task.path("timeout_seconds").asLong()),
                body.path("queue").path("enabled").asBoolean());
    }

    private static void refuseCompute(JsonNode task, String cluster, JsonNode created) {
        if (task.has("environment_key") || cluster == null && !created.isObject()) {
            // serverless jobs take Python, SQL and, where it is enabled, JARs of their own environments: no libraries
            throw ApiError.invalid("Libraries field is not supported for serverless task, please specify libraries in"
                    + " environment: a spark_jar_task with libraries needs existing_cluster_id or new_cluster.");
        }
        if (cluster != null && created.isObject()) {
            throw ApiError.invalid("Only one of existing_cluster_id and new_cluster can be given.");
        }
        if (created.isObject()) {
            Json.required(created, "spark_version");
            Json.required(created, "node_type_id");
        }
    }

    private static List<String> jars(JsonNode libraries) {
        List<String> jars = new ArrayList<>();
        for (JsonNode library : libraries) {
            jars.add(Json.required(library, "jar"));
        }
        if (jars.isEmpty()) {
            throw ApiError.invalid("Library with the main class is required for spark_jar_task.");
        }
        return jars;
    }

    private static List<String> parameters(JsonNode given) {
        if (given.toString().getBytes(StandardCharsets.UTF_8).length > MOST_PARAMETERS) {
            throw ApiError.invalid("The JSON representation of parameters cannot exceed 10,000 bytes.");
        }
        List<String> parameters = new ArrayList<>();
        given.forEach(parameter -> parameters.add(parameter.asText()));
        return parameters;
    }

    /** The task as {@code runs/get} shows it. */
    Map<String, Object> described() {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("task_key", taskKey);
        if (cluster == null) {
            task.put("new_cluster", newCluster);
        } else {
            task.put("existing_cluster_id", cluster);
        }
        task.put("libraries", jars.stream().map(jar -> Map.of("jar", jar)).toList());
        task.put("spark_jar_task", Map.of("main_class_name", mainClass, "parameters", parameters));
        return task;
    }
}
