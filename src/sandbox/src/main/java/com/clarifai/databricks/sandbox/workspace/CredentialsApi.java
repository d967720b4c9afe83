package com.clarifai.databricks.sandbox.workspace;

import com.clarifai.databricks.sandbox.s3.Buckets;
import com.clarifai.databricks.sandbox.s3.Sessions;
import com.clarifai.databricks.sandbox.s3.Sessions.Session;
import com.fasterxml.jackson.databind.JsonNode;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Unity Catalog's temporary credentials: {@code temporary-volume-credentials} and {@code temporary-path-credentials}. As on
 * a workspace that nobody has prepared, none is given out until the control API allows it.
 *
 * <p>Sources: <a href="https://docs.databricks.com/api/uc-credentials/v1/generate-temporary-volume-credential">Generate
 * Temporary Volume Credential</a>; the refusals are those of users' reports about tables and paths (<a
 * href="https://github.com/unitycatalog/unitycatalog/issues/2">without external access</a>, <a
 * href="https://github.com/Azure/spark-cdm-connector/issues/149">without the right</a>), with the word for a volume in their
 * place, which is assumed.
 */
final class CredentialsApi {

    private static final String ROOT = "/api/2.0/unity-catalog/temporary-";

    private final Metastore metastore;
    private final Sessions sessions;
    private final Switches switches;

    CredentialsApi(Metastore metastore, Sessions sessions, Switches switches) {
        this.metastore = metastore;
        this.sessions = sessions;
        this.switches = switches;
    }

    void register(Routes routes) {
        routes.add("POST", ROOT + "volume-credentials", "uc:volume-credentials", this::ofVolume)
                .add("POST", ROOT + "path-credentials", "uc:path-credentials", this::ofPath);
    }

    private void ofVolume(HttpServerExchange exchange) throws IOException {
        JsonNode body = Json.read(exchange);
        String id = Json.required(body, "volume_id");
        if (!Json.required(body, "operation").equals("READ_VOLUME")) {
            throw ApiError.denied("WRITE VOLUME", "Volume '" + id + "'");
        }
        String[] names = VolumesApi.find(metastore, id)
                .orElseThrow(() ->
                        new ApiError(404, "VOLUME_DOES_NOT_EXIST", "Volume with id '" + id + "' does not exist."));
        refuseOutsiders("volume", id);
        if (!switches.externalUseSchema()) {
            throw ApiError.denied("EXTERNAL USE SCHEMA", "Schema '" + names[0] + "." + names[1] + "'");
        }
        send(exchange, String.join("/", names));
    }

    private void ofPath(HttpServerExchange exchange) throws IOException {
        JsonNode body = Json.read(exchange);
        String url = Json.required(body, "url");
        if (!Json.required(body, "operation").equals("PATH_READ")) {
            throw ApiError.denied("WRITE FILES", "External Location '" + url + "'");
        }
        refuseOutsiders("path", url);
        if (!switches.externalUseLocation() || !url.startsWith(Buckets.VOLUMES_URL)) {
            throw ApiError.denied("EXTERNAL USE LOCATION", "External Location '" + url + "'");
        }
        send(exchange, url.substring(Buckets.VOLUMES_URL.length()));
    }

    /** With a status that has nothing to do with the token, which is right. */
    private void refuseOutsiders(String kind, String name) {
        if (!switches.externalAccess()) {
            throw ApiError.credentialsDenied(kind, name);
        }
    }

    private void send(HttpServerExchange exchange, String folder) throws IOException {
        Session session = sessions.begin(folder + "/", Duration.ofSeconds(switches.credentialLifetime()));
        Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("access_key_id", session.accessKey());
        keys.put("secret_access_key", session.secretKey());
        keys.put("session_token", session.token());
        keys.put("access_point", "");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("aws_temp_credentials", keys);
        answer.put("expiration_time", session.expiresAt().toEpochMilli());
        answer.put("url", Buckets.VOLUMES_URL + folder);
        Json.send(exchange, answer);
    }
}
