package com.clarifai.databricks.cluster;

import com.clarifai.databricks.job.DatasetAccess;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Where the token comes from on a cluster; it is in no parameter, setting, file or log. */
final class ClarifaiToken {

    private static final String VARIABLE = "CLARIFAI_PAT";

    private ClarifaiToken() {}

    /**
     * The variable of the cluster's environment, whose value the cluster takes from a secret scope ({@code
     * spark_env_vars}), or else what SQL's function {@code secret} gives.
     *
     * @throws IllegalStateException saying where it was looked for; no value shows in it
     */
    static String find(SparkSession spark, DatasetAccess access) {
        String secretScope = access.secretScope();
        List<String> secretKeys = access.secretKeys();
        String variable = System.getenv(VARIABLE);
        if (variable != null && !variable.isBlank()) {
            return variable;
        }
        List<String> tried = new ArrayList<>();
        for (String key : secretKeys) {
            try {
                return spark.sql("SELECT secret(" + text(secretScope) + ", " + text(key) + ")")
                        .first()
                        .getString(0);
            } catch (Exception e) {
                // what SQL says may have more than the reason: the class tells whether there is such a function or
                // secret
                tried.add(secretScope + "/" + key + " (" + e.getClass().getSimpleName() + ")");
            }
        }
        throw new IllegalStateException(
                "the cluster has no Clarifai token: neither the environment variable " + VARIABLE
                        + " of the cluster, which is to be {{secrets/" + secretScope + "/"
                        + secretKeys.get(0) + "}}, nor the secrets " + tried);
    }

    private static String text(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
