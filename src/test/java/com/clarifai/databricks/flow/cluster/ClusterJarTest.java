package com.clarifai.databricks.flow.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.delta.TableName;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.flow.run.RunTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void theJarHasToBeThereAndIsUploadedUnderANameOfItsContent(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("jobs.jar");
        jar.setFile(file.toString());
        jar.setClusterId("c-1");
        jar.setNewCluster("");
        assertThatIllegalArgumentException()
                .isThrownBy(jar::require)
                .withMessage("this build has no jar for clusters: there is no " + file);

        Files.writeString(file, "one");
        assertThatCode(jar::require).doesNotThrowAnyException();
        assertThat(jar.content()).asString().isEqualTo("one");
        Run run = new Run("run-1", "import-csv");
        run.workOn(RunTables.ofImport(new TableName("main", "default", "inputs")));
        assertThat(jar.path(run, "staging"))
                .isEqualTo("/Volumes/main/default/staging/jars/databricks-connect-7692c3ad3540bb80.jar");
        Files.writeString(file, "two");
        assertThat(jar.path(run, "staging")).doesNotContain("7692c3ad3540bb80");
    }

    @Test
    void withoutAFileTheJarThatComesWithTheApplicationIsTaken() {
        jar.setFile(" ");
        jar.setClusterId("c-1");

        assertThatIllegalArgumentException()
                .isThrownBy(jar::require)
                .withMessageEndingWith("cluster/databricks-connect-cluster.jar");
    }

    @Test
    void aClusterIsEitherThereOrDescribedAsOneThatIsMade() {
        jar.setClusterId("c-1");
        assertThat(jar.usesExistingCluster()).isTrue();
        jar.setClusterId(" ");
        assertThat(jar.usesExistingCluster()).isFalse();

        jar.setNewCluster("{\"num_workers\": 2}");
        assertThat(jar.newCluster()).isEqualTo("{\"num_workers\": 2}");
        assertThat(jar.describedAsNew()).isEqualTo(Map.of("num_workers", 2));
        jar.setNewCluster("two workers");
        assertThatIllegalArgumentException()
                .isThrownBy(jar::describedAsNew)
                .withMessageContaining("cluster.new is no JSON object");
    }
}
