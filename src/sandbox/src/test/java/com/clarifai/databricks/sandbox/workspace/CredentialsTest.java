package com.clarifai.databricks.sandbox.workspace;

import static com.clarifai.databricks.sandbox.workspace.RunningWorkspace.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Temporary credentials for volumes, and who gets none. */
class CredentialsTest {

    private static final String API = "/api/2.0/unity-catalog/temporary-";

    @RegisterExtension
    final RunningWorkspace workspace = new RunningWorkspace();

    @Test
    void aMetastoreAllowsNoExternalAccessUntilItIsTold() throws Exception {
        HttpResponse<byte[]> refused = ofVolume();

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(json(refused).path("error_code").textValue()).isEqualTo("UNAUTHENTICATED");
        assertThat(json(refused).path("message").textValue()).contains("is denied for security");
        assertThat(json(refused).path("details").path(0).path("reason").textValue())
                .isEqualTo("UNITY_CATALOG_EXTERNAL_GENERATE_VOLUME_CREDENTIALS_DENIED");
    }

    @Test
    void theRightOnTheSchemaIsNeeded() throws Exception {
        set("external-access=1");

        HttpResponse<byte[]> refused = ofVolume();

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(json(refused).path("message").textValue())
                .isEqualTo("User does not have EXTERNAL USE SCHEMA on Schema 'main.default'.");
    }

    @Test
    void credentialsSayWhatTheyOpenAndHowLong() throws Exception {
        set("external-access=1&external-use-schema=1&credential-lifetime=60");

        JsonNode answer = json(ofVolume());

        assertThat(answer.path("url").textValue()).isEqualTo("s3://databricks-connect-volumes/main/default/photos");
        assertThat(answer.path("expiration_time").longValue())
                .isBetween(
                        Instant.now().toEpochMilli(),
                        Instant.now().plusSeconds(61).toEpochMilli());
        assertThat(answer.path("aws_temp_credentials"))
                .extracting(key -> key.isTextual())
                .containsOnly(true)
                .hasSize(4);
    }

    @Test
    void thePlaceOfAVolumeNeedsTheRightOnItsLocation() throws Exception {
        set("external-access=1&external-use-schema=1");
        String place = json(workspace.get("/api/2.1/unity-catalog/volumes/main.default.photos"))
                .path("storage_location")
                .textValue();
        String body = "{\"url\": \"" + place + "\", \"operation\": \"PATH_READ\"}";

        assertThat(json(workspace.call("POST", API + "path-credentials", body))
                        .path("message")
                        .textValue())
                .startsWith("User does not have EXTERNAL USE LOCATION on External Location");
        set("external-use-location=1");
        assertThat(json(workspace.call("POST", API + "path-credentials", body))
                        .path("url")
                        .textValue())
                .isEqualTo(place);
    }

    @Test
    void aVolumeThatIsNotThereHasNone() throws Exception {
        assertThat(workspace
                        .call(
                                "POST",
                                API + "volume-credentials",
                                "{\"volume_id\": \"x\", \"operation\": \"READ_VOLUME\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    private void set(String settings) throws Exception {
        assertThat(workspace.call("POST", "/sandbox/settings?" + settings, "").statusCode())
                .isLessThan(300);
    }

    private HttpResponse<byte[]> ofVolume() throws Exception {
        String id = json(workspace.get("/api/2.1/unity-catalog/volumes/main.default.photos"))
                .path("volume_id")
                .textValue();
        return workspace.call(
                "POST", API + "volume-credentials", "{\"volume_id\": \"" + id + "\", \"operation\": \"READ_VOLUME\"}");
    }
}
