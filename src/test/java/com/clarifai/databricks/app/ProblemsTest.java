package com.clarifai.databricks.app;

import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.clarifai.databricks.databricks.Clusters;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.Secrets;
import com.clarifai.databricks.databricks.UnityCatalog;
import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.databricks.Warehouses;
import com.clarifai.databricks.databricks.WorkspaceClient;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Hints hang on what failed and how, never on words that a name or a message happens to contain. */
class ProblemsTest {

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final WorkspaceClient client = workspace.client();

    @AfterEach
    void stop() {
        client.close();
        workspace.close();
    }

    @Test
    void aRouteFileThatIsNoYamlIsNamedWithLineAndReason(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.camel.yaml"), "- route:\n    id: a: b\n");
        try (CamelContext context = new DefaultCamelContext()) {
            assertThat(told(() -> PluginHelper.getRoutesLoader(context)
                            .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file))))
                    .contains(file.toString(), "line 2", "mapping values are not allowed here");
        }
    }

    private static String told(ThrowingCallable call) {
        return Problems.describe(catchThrowable(call));
    }

    @Test
    void aMissingTableWithSecretInItsNameIsNoMissingSecret() {
        workspace.on(
                "GET /api/2.1/unity-catalog/tables/main.default.secrets", error(404, "TABLE_DOES_NOT_EXIST", "no"));

        assertThat(told(() -> new UnityCatalog(client).table("main", "default", "secrets")))
                .contains("databricks-connect list")
                .doesNotContain("clarifai.pat");
    }

    @Test
    void aSecretThatCannotBeReadNamesTheSettingToGiveInstead() {
        workspace.on("GET /api/2.0/secrets/get", error(404, "RESOURCE_DOES_NOT_EXIST", "no"));
        workspace.on("GET /api/2.0/secrets/list", error(404, "RESOURCE_DOES_NOT_EXIST", "no"));

        assertThat(told(() -> new Secrets(client).get("s", "k"))).contains("or set clarifai.pat");
    }

    @Test
    void aFolderNamedTlsThatCannotBeReachedHasNothingToDoWithCertificates() {
        workspace.on("GET /api/2.0/fs/directories/Volumes/main/default/photos/TLS", FakeWorkspace.lost());
        WorkspaceClient impatient = client.withRetryBudget(Duration.ZERO);

        assertThat(told(() -> new VolumeFiles(impatient)
                        .list(VolumePath.parse("/Volumes/main/default/photos/TLS"))
                        .hasNext()))
                .contains("databricks.host")
                .doesNotContain("ca-file");
    }

    @Test
    void eachComputeThatIsNotAllowedNamesItsOwnRight() {
        workspace.on("POST /api/2.1/clusters/start", error(403, "PERMISSION_DENIED", "no"));
        workspace.on("GET /api/2.1/clusters/get", error(403, "PERMISSION_DENIED", "no"));
        workspace.on("GET /api/2.0/sql/warehouses/w", error(403, "PERMISSION_DENIED", "no"), status(404));

        assertThat(told(() -> new Clusters(client).start("c"))).contains("CAN RESTART");
        assertThat(told(() -> new Clusters(client).get("c"))).contains("CAN ATTACH TO");
        assertThat(told(() -> new Warehouses(client).get("w"))).contains("CAN USE");
        assertThat(told(() -> new Warehouses(client).get("w"))).contains("databricks.warehouse-id");
    }

    @Test
    void aStatementThatMayNotRunIsKnownByItsSqlState() {
        assertThat(Problems.describe(new SQLException("[INSUFFICIENT_PERMISSIONS] no", "42501")))
                .contains("grant it");
        assertThat(Problems.describe(new SQLException("failed. Error : [INSUFFICIENT_PERMISSIONS] no SQLSTATE: 42501")))
                .contains("grant it");
        assertThat(Problems.describe(new SQLException("[UNRESOLVED_COLUMN] no column `PERMISSION_DENIED`", "42703")))
                .doesNotContain("grant it");
    }

    @Test
    void aColumnNamedCertificateHasNothingToDoWithTls() {
        assertThat(Problems.describe(new SQLException("[UNRESOLVED_COLUMN] no column `SSL certificate`", "42703")))
                .doesNotContain("ca-file");
        assertThat(Problems.describe(new SQLException("no", new SSLHandshakeException("PKIX path building failed"))))
                .contains("databricks.ca-file");
    }

    @Test
    void aPoolThatGetsNoConnectionNamesTheCompute() {
        assertThat(Problems.describe(new SQLTransientConnectionException("none in time")))
                .contains("databricks.warehouse-id");
    }

    @Test
    void anS3ThatIsNotReachedIsNamedWithItsSettings() {
        Exception problem = new RuntimeCamelException(SdkClientException.create(
                "Unable to execute HTTP request", new ConnectException("Connection refused")));

        assertThat(Problems.describe(problem))
                .isEqualTo("S3 cannot be reached: Connection refused; check s3.endpoint (S3_ENDPOINT) and s3.region"
                        + " (S3_REGION)");
    }
}
