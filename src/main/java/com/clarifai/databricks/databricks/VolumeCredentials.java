package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.TemporaryCredentials.Cloud;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Temporary credentials for the files of one volume.
 *
 * <p>Those of the volume are asked for first ({@code temporary-volume-credentials}; needs EXTERNAL USE SCHEMA), and where they
 * are refused for an external volume, those of its place ({@code temporary-path-credentials}; needs EXTERNAL USE LOCATION).
 * For both the metastore has to allow external access. Source: <a
 * href="https://docs.databricks.com/api/uc-credentials/v1/generate-temporary-volume-credential">Generate Temporary Volume
 * Credential</a> and <a
 * href="https://docs.databricks.com/api/uc-credentials/v1/generate-temporary-path-credential">Generate Temporary Path
 * Credential</a>; that the latter takes the place of an external volume is assumed.
 */
public final class VolumeCredentials {

    private static final String API = "/api/2.0/unity-catalog/";
    private static final Map<String, Cloud> CLOUDS = Map.of(
            "aws_temp_credentials",
            Cloud.AWS,
            "azure_user_delegation_sas",
            Cloud.AZURE,
            "azure_aad",
            Cloud.AZURE,
            "gcp_oauth_token",
            Cloud.GCP,
            "r2_temp_credentials",
            Cloud.R2);
    /** Workspaces without the API answer that there is no such call, or that it may not be used. */
    private static final Set<Kind> REFUSALS = EnumSet.of(Kind.PERMISSION_DENIED, Kind.NOT_FOUND, Kind.INVALID);

    private final WorkspaceClient client;
    private final String name;
    private final String id;
    private final String location;
    private final boolean external;

    /** @param volume as {@link UnityCatalog#volume} gives it */
    public VolumeCredentials(WorkspaceClient client, Map<String, Object> volume) {
        this.client = client;
        this.name = ApiJson.text(volume, "full_name");
        this.id = ApiJson.text(volume, "volume_id");
        this.location = ApiJson.text(volume, "storage_location");
        this.external = "EXTERNAL".equals(volume.get("volume_type"));
    }

    /** @throws DatabricksException {@link Kind#PERMISSION_DENIED} or another refusal, naming the right that is missing */
    public TemporaryCredentials get() {
        try {
            return ask("temporary-volume-credentials", Map.of("volume_id", known(id), "operation", "READ_VOLUME"));
        } catch (DatabricksException ofVolume) {
            if (!external || !isRefusal(ofVolume)) {
                throw ofVolume;
            }
            try {
                return ask("temporary-path-credentials", Map.of("url", known(location), "operation", "PATH_READ"));
            } catch (DatabricksException ofPath) {
                throw isRefusal(ofPath)
                        ? ofVolume.explained(ofVolume.getMessage() + "; and " + ofPath.getMessage())
                        : ofPath;
            }
        }
    }

    /** Whether the workspace does not give out credentials, which asking again does not change. */
    public static boolean isRefusal(DatabricksException e) {
        return REFUSALS.contains(e.kind());
    }

    private String known(String value) {
        return Objects.requireNonNullElse(value, "");
    }

    private TemporaryCredentials ask(String what, Map<String, Object> body) {
        WorkspaceRequest request = WorkspaceRequest.post(WorkspaceCall.GET_CREDENTIALS, name, API + what, true)
                .withJson(body);
        Map<String, Object> answer = client.json(request);
        Cloud cloud = CLOUDS.entrySet().stream()
                .filter(entry -> answer.get(entry.getKey()) instanceof Map)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(Cloud.UNKNOWN);
        String url = Objects.requireNonNullElse(ApiJson.text(answer, "url"), known(location));
        OptionalLong expires = ApiJson.number(answer, "expiration_time");
        Instant expiresAt = expires.isPresent() ? Instant.ofEpochMilli(expires.getAsLong()) : null;
        return cloud == Cloud.AWS
                ? aws(request, answer, url, expiresAt)
                : new TemporaryCredentials(cloud, url, null, null, null, null, expiresAt);
    }

    @SuppressWarnings("unchecked")
    private TemporaryCredentials aws(
            WorkspaceRequest request, Map<String, Object> answer, String url, Instant expiresAt) {
        Map<String, Object> keys = (Map<String, Object>) answer.get("aws_temp_credentials");
        String accessKey = ApiJson.text(keys, "access_key_id");
        String secretKey = ApiJson.text(keys, "secret_access_key");
        String sessionToken = ApiJson.text(keys, "session_token");
        if (expiresAt == null || Stream.of(accessKey, secretKey, sessionToken).anyMatch(Objects::isNull)) {
            throw client.unusable(request, "the credentials of the answer are not complete");
        }
        return new TemporaryCredentials(
                Cloud.AWS, url, ApiJson.text(keys, "access_point"), accessKey, secretKey, sessionToken, expiresAt);
    }
}
