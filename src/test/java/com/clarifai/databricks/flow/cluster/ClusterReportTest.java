package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code check} says of a cluster, and where jobs on it find the token. */
class ClusterReportTest {

    private final ClusterReport report = new ClusterReport();
    private final Message message = new DefaultMessage(new DefaultCamelContext());

    @BeforeEach
    void secrets() {
        report.setSecretScope("clarifai");
        report.setSecretKeys("pat, token");
    }

    @Test
    void modeVersionOwnerAndStateAreTold() {
        assertThat(report.described(
                        Map.of(
                                "cluster_id", "c-1",
                                "cluster_name", "mine",
                                "spark_version", "16.4.x",
                                "data_security_mode", "SINGLE_USER",
                                "single_user_name", "Jane@x.org",
                                "state", "RUNNING"),
                        "jane@x.org"))
                .isEqualTo("cluster c-1 (mine), 16.4.x, SINGLE_USER to Jane@x.org, RUNNING");
    }

    @Test
    void aClusterThatIsOnlyDescribedHasNoStateAndWithoutAModeThereIsAWarning() {
        assertThat(report.described(Map.of("spark_version", "16.4.x"), "jane@x.org"))
                .isEqualTo("warning: the cluster of cluster.new, 16.4.x, no access mode");
    }

    /** The name of a group says nothing of who is in it. */
    @Test
    void aClusterOfAnotherUserIsRefusedAndOneOfAGroupIsNot() {
        Map<String, Object> theirs = Map.of("cluster_id", "c-1", "cluster_name", "x", "single_user_name", "joe@x.org");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> report.described(theirs, "jane@x.org"))
                .withMessageContaining("cluster c-1 (x) is dedicated to joe@x.org")
                .withMessageContaining("cluster.id");
        assertThat(report.described(Map.of("spark_version", "16", "single_user_name", "labellers"), "jane@x.org"))
                .endsWith(" to labellers");
    }

    @Test
    void aSecretInTheEnvironmentOfTheClusterIsTheOneThatIsLookedAt() {
        assertThat(report.token(environment("{{secrets/team/their-pat}}"), message))
                .isEqualTo("CLARIFAI_PAT of its environment is the secret team/their-pat");
        assertSecret("team", "their-pat");
        assertThat(report.hasAnotherKey("team", message)).isFalse();
        assertSecret("team", "their-pat");
    }

    @Test
    void aTokenThatStandsInTheEnvironmentIsAWarningThatDoesNotRepeatIt() {
        assertThat(report.token(environment("s3cret"), message))
                .startsWith("warning: ")
                .contains("{{secrets/clarifai/pat}}")
                .doesNotContain("s3cret");
        assertThat(message.getHeaders()).isEmpty();
    }

    @Test
    void withoutOneJobsAskForTheSecretOfTheSettingsByOneKeyAfterTheOther() {
        assertThat(report.token(Map.of(), message)).startsWith("the secret clarifai/pat, which jobs ask for");
        assertSecret("clarifai", "pat");

        assertThat(report.hasAnotherKey("clarifai", message)).isTrue();
        assertSecret("clarifai", "token");

        report.setSecretKeys("pat");
        assertThat(report.hasAnotherKey("clarifai", message)).isFalse();
    }

    private void assertSecret(String scope, String key) {
        assertThat(message.getHeader("CamelDatabricksScope")).isEqualTo(scope);
        assertThat(message.getHeader("CamelDatabricksKey")).isEqualTo(key);
    }

    private static Map<String, Object> environment(String token) {
        return Map.of("spark_env_vars", Map.of("CLARIFAI_PAT", token));
    }
}
