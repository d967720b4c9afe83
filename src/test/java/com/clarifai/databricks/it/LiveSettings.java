package com.clarifai.databricks.it;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** What the live test needs of the environment, where the application looks for its settings, too. */
record LiveSettings(Map<String, String> environment) {

    private static final List<String> CREDENTIALS =
            List.of("DATABRICKS_TOKEN", "DATABRICKS_CLIENT_SECRET", "ARM_CLIENT_SECRET", "DATABRICKS_CONFIG_PROFILE");
    private static final List<String> COMPUTE = List.of(
            "DATABRICKS_WAREHOUSE_ID",
            "DATABRICKS_WAREHOUSE_NAME",
            "DATABRICKS_CLUSTER_ID",
            "DATABRICKS_HTTP_PATH",
            "DATABRICKS_CONFIG_PROFILE");
    private static final List<String> HOST = List.of("DATABRICKS_HOST", "DATABRICKS_CONFIG_PROFILE");
    private static final List<String> PAT = List.of("CLARIFAI_PAT", "CLARIFAI_SECRET_SCOPE");

    /** Those of the sandbox, as they would be set for a real workspace. */
    static LiveSettings of(Sandbox sandbox, String app) {
        Map<String, String> environment = new HashMap<>();
        for (String name : sandbox.settings()) {
            environment.put(name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), sandbox.setting(name));
        }
        environment.put("LIVE_CATALOG", "main");
        environment.put("LIVE_APP", app);
        return new LiveSettings(environment);
    }

    /** What is missing, each with the names of which one is enough. */
    List<String> missing() {
        Predicate<String> isSet = name -> !environment.getOrDefault(name, "").isBlank();
        List<String> missing = new ArrayList<>();
        for (List<String> names :
                List.of(HOST, CREDENTIALS, COMPUTE, PAT, List.of("LIVE_CATALOG"), List.of("LIVE_APP"))) {
            if (names.stream().noneMatch(isSet)) {
                missing.add(String.join(" or ", names));
            }
        }
        return missing;
    }

    String catalog() {
        return environment.get("LIVE_CATALOG");
    }

    String app() {
        return environment.get("LIVE_APP");
    }
}
