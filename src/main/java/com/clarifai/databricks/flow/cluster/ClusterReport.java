package com.clarifai.databricks.flow.cluster;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Message;

/** What {@code check} says of the cluster that jobs run on. */
public final class ClusterReport extends TokenSecret {

    private static final String VARIABLE = "CLARIFAI_PAT";
    private static final Pattern SECRET = Pattern.compile("\\{\\{secrets/([^/{}]+)/([^/{}]+)}}");

    /**
     * Its mode, version and state.
     *
     * @param cluster as the Clusters API describes it
     * @param me the user whose credentials are used
     * @throws IllegalArgumentException when it is dedicated to another user; a group is not told from here
     */
    public String described(Map<String, Object> cluster, String me) {
        String owner = Objects.toString(cluster.get("single_user_name"), "");
        if (owner.contains("@") && !owner.equalsIgnoreCase(me)) {
            throw new IllegalArgumentException(ClusterJar.name(cluster) + " is dedicated to " + owner + ", and jobs of "
                    + me + " are refused there: dedicate it to " + me + ", or name another in cluster.id");
        }
        String mode = Objects.toString(cluster.get("data_security_mode"), "no access mode");
        String state = cluster.containsKey("state") ? ", " + cluster.get("state") : "";
        return (mode.equals("no access mode") ? "warning: " : "") + ClusterJar.name(cluster) + ", "
                + cluster.get("spark_version") + ", " + mode + (owner.isEmpty() ? "" : " to " + owner) + state;
    }

    /**
     * Where the job finds the token, in words; where that is a secret, scope and key become headers.
     *
     * @throws IllegalArgumentException when it finds none
     */
    public String token(@Body Map<String, Object> cluster, Message message) {
        String value = cluster.get("spark_env_vars") instanceof Map<?, ?> variables
                ? Objects.toString(variables.get(VARIABLE), "")
                : "";
        Matcher secret = SECRET.matcher(value);
        if (secret.matches()) {
            asSecret(message, secret.group(1), secret.group(2));
            return VARIABLE + " of its environment is the secret " + secret.group(1) + "/" + secret.group(2);
        }
        if (!value.isEmpty()) {
            return "warning: " + VARIABLE + " of its environment stands there for all who see the cluster: name"
                    + " {{secrets/" + secretScope() + "/" + firstKey() + "}} instead";
        }
        asSecret(message, secretScope(), firstKey());
        return "the secret " + secretScope() + "/" + firstKey() + ", which jobs ask for, as " + VARIABLE
                + " is not in its environment";
    }

    /** Whether there is another key to be tried, which becomes the header. */
    public boolean hasAnotherKey(@Header("CamelDatabricksScope") String scope, Message message) {
        List<String> keys = secretKeys();
        if (!scope.equals(secretScope()) || keys.size() < 2) {
            return false;
        }
        message.setHeader("CamelDatabricksKey", keys.get(keys.size() - 1));
        return true;
    }

    private static void asSecret(Message message, String scope, String key) {
        message.setHeader("CamelDatabricksScope", scope);
        message.setHeader("CamelDatabricksKey", key);
    }

    private String firstKey() {
        return secretKeys().get(0);
    }
}
