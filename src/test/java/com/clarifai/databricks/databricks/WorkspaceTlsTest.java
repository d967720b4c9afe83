package com.clarifai.databricks.databricks;

import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.clarifai.databricks.databricks.Credentials.ServicePrincipal;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTlsTest {

    private static final WorkspaceRequest GET = WorkspaceRequest.get(WorkspaceCall.GET_SCHEMA, "thing", "/thing");

    @TempDir
    private static Path directory;

    private static SelfSigned certificate;
    private static FakeWorkspace workspace;

    @BeforeAll
    static void startWithItsOwnCertificate() throws Exception {
        certificate = SelfSigned.in(directory);
        workspace = new FakeWorkspace(certificate.server());
        workspace.on("GET /thing", json("{\"name\":\"thing\"}"));
    }

    @AfterAll
    static void stop() {
        workspace.close();
    }

    @Test
    void anUnknownAuthorityIsRefusedBeforeTheTokenIsSent() {
        int before = workspace.requests().size();
        try (WorkspaceClient client = workspace.client()) {
            DatabricksException failure = catchThrowableOfType(DatabricksException.class, () -> client.json(GET));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining("TLS handshake failed");
        }
        assertThat(workspace.requests()).hasSize(before);
    }

    @Test
    void aClientSecretIsNotSentToAnUnknownAuthorityEither() {
        WorkspaceSettings settings = WorkspaceSettings.of(workspace.host(), new ServicePrincipal("id", "secret"));
        try (WorkspaceClient client = workspace.client(settings)) {
            assertThat(catchThrowableOfType(DatabricksException.class, () -> client.json(GET)))
                    // where the workspace says which host gives out tokens
                    .hasMessageStartingWith("get configuration")
                    .hasMessageContaining("TLS handshake failed");
        }
        assertThat(workspace.requests("POST")).isEmpty();
    }

    @Test
    void theAuthorityOfTheCaFileIsTrusted() {
        try (WorkspaceClient client = workspace.client(workspace.settings().withCaFile(certificate.pem()))) {
            assertThat(client.json(GET)).containsEntry("name", "thing");
        }
    }

    @Test
    void aCaFileThatCannotBeReadIsNamed() throws IOException {
        Path missing = directory.resolve("missing.pem");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        Path text = Files.writeString(directory.resolve("text.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

        for (Path file : new Path[] {missing, empty, text}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> workspace.client(workspace.settings().withCaFile(file)))
                    .withMessageContainingAll("databricks.ca-file", file.toString());
        }
    }
}
