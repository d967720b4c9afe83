package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which clusters can run the jar. */
class ClusterJarTest {

    private final ClusterJar jar = new ClusterJar();

    @ParameterizedTest
    @CsvSource({
        "USER_ISOLATION, 16.4.x-scala2.12, access mode USER_ISOLATION",
        "DATA_SECURITY_MODE_STANDARD, 16.4.x-scala2.12, access mode DATA_SECURITY_MODE_STANDARD",
        "NONE, 16.4.x-scala2.12, access mode NONE",
        "SINGLE_USER, 15.4.x-scala2.12, Runtime 15",
    })
    void oneThatCannotIsRefusedByItsName(String mode, String version, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jar.refuseUnsuitable(cluster(mode, version)))
                .withMessageContaining("cluster c-1 (mine)")
                .withMessageContaining(why)
                .withMessageContaining("cluster.id");
    }

    @ParameterizedTest
    @CsvSource({
        "SINGLE_USER, 16.4.x-scala2.12",
        "DATA_SECURITY_MODE_DEDICATED, 17.3.x-scala2.13",
        "SINGLE_USER, custom:release__16.4.x-snapshot-scala2.12__databricks-universe__head",
    })
    void oneThatCanOrIsNotUnderstoodIsTaken(String mode, String version) {
        assertThatCode(() -> jar.refuseUnsuitable(cluster(mode, version))).doesNotThrowAnyException();
    }

    @Test
    void withoutAnyClusterTheSettingsAreNamed() {
        jar.setClusterId("");
        jar.setNewCluster("");

        assertThatIllegalArgumentException()
                .isThrownBy(jar::require)
                .withMessageContaining("cluster.id")
                .withMessageContaining("cluster.new");
    }

    private static Map<String, Object> cluster(String mode, String version) {
        return Map.of(
                "cluster_id", "c-1", "cluster_name", "mine", "data_security_mode", mode, "spark_version", version);
    }
}
