package com.clarifai.databricks.transfer;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.error;
import static com.clarifai.databricks.databricks.FakeWorkspace.json;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.io.StoreException;
import com.clarifai.databricks.s3.S3Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which way the pictures of a volume take, by what the workspace permits. The workspace and S3 are one server here. */
class TransfersTest {

    private static final String API = "POST /api/2.0/unity-catalog/";
    private static final String VOLUME = "GET /api/2.1/unity-catalog/volumes/main.default.photos";
    private static final VolumePath PHOTOS = VolumePath.of("main", "default", "photos");
    private static final VolumePath FILE = PHOTOS.resolve("cats/a b%.jpg");
    private static final byte[] PICTURE = {1, 2, 3};
    private static final Answer NO_RIGHT =
            error(403, "PERMISSION_DENIED", "User does not have EXTERNAL USE SCHEMA on Schema 'main.default'.");
    /** Seen by users of the tables' credentials; with 401, although the token is right. */
    private static final Answer NOT_ALLOWED = error(
            401,
            "UNAUTHENTICATED",
            "UNITY_CATALOG_EXTERNAL_GENERATE_VOLUME_CREDENTIALS_DENIED",
            "Request to generate access credential for volume 'photos' from outside of Databricks Unity Catalog enabled"
                    + " compute environment is denied for security.");

    private final FakeWorkspace workspace = new FakeWorkspace();
    private final S3Settings storage = new S3Settings();
    private final Transfers transfers = new Transfers(workspace.client(), storage);

    @BeforeEach
    void aManagedVolume() {
        storage.setEndpoint(workspace.host());
        storage.setPathStyle(true);
        volume("MANAGED");
        workspace.on("HEAD /bucket", status(200).with("x-amz-bucket-region", "us-west-2"));
        workspace.on("GET /bucket/metastore/volumes/7/cats/a%20b%25.jpg", bytes(PICTURE));
        workspace.on("GET /api/2.0/fs/files/Volumes/main/default/photos/cats/a%20b%25.jpg", bytes(PICTURE));
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    private void volume(String type) {
        workspace.on(VOLUME, json("""
                {"full_name":"main.default.photos","volume_id":"v7","volume_type":"%s",
                 "storage_location":"s3://bucket/metastore/volumes/7"}""".formatted(type)));
    }

    private static Answer credentials(String kind) {
        return json("""
                {"%s":{"access_key_id":"AKIA","secret_access_key":"hush","session_token":"session","access_point":""},
                 "expiration_time":"%d","url":"s3://bucket/metastore/volumes/7"}""".formatted(kind, Instant.now().plusSeconds(3600).toEpochMilli()));
    }

    @Test
    void autoReadsFromTheCloudWhereThatIsPermitted() {
        workspace.on(API + "temporary-volume-credentials", credentials("aws_temp_credentials"));

        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.auto)) {
            assertThat(transfer.mode()).isEqualTo(TransferMode.direct);
            assertThat(transfer.description()).isEqualTo("direct, from s3://bucket/metastore/volumes/7/");
            assertThat(transfer.get(FILE, 100).bytes().toByteArray()).isEqualTo(PICTURE);
            assertThat(transfer.toString()).doesNotContain("hush", "session");
        }
        assertThat(workspace.requests("POST")).singleElement().satisfies(request -> assertThat(
                        new String(request.body(), StandardCharsets.UTF_8))
                .contains("\"volume_id\":\"v7\"", "\"operation\":\"READ_VOLUME\""));
        assertThat(workspace.requests("GET"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/fs/files"));
    }

    @Test
    void autoTakesTheFilesApiWhereARightIsMissingAndSaysWhich() {
        workspace.on(API + "temporary-volume-credentials", NO_RIGHT);

        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.auto)) {
            assertThat(transfer.mode()).isEqualTo(TransferMode.files_api);
            assertThat(transfer.description())
                    .startsWith("files-api, because direct is not possible: ")
                    .contains("EXTERNAL USE SCHEMA");
            assertThat(transfer.get(FILE, 100).bytes().toByteArray()).isEqualTo(PICTURE);
        }
    }

    @Test
    void autoTakesTheFilesApiWhereTheMetastoreAllowsNoExternalAccess() {
        workspace.on(API + "temporary-volume-credentials", NOT_ALLOWED);

        assertThat(transfers.open(PHOTOS, TransferMode.auto).description())
                .contains("files-api", "external data access", "EXTERNAL USE SCHEMA", "CREDENTIALS_DENIED")
                .doesNotContain("expired or been revoked");
    }

    @ParameterizedTest
    @EnumSource(
            value = TransferMode.class,
            names = {"direct", "by_url"})
    void whatIsAskedForByNameAndNotPermittedIsRefused(TransferMode mode) {
        workspace.on(API + "temporary-volume-credentials", NOT_ALLOWED);

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> transfers.open(PHOTOS, mode))
                .withMessageContaining("get temporary credentials for main.default.photos")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PERMISSION_DENIED));
    }

    @ParameterizedTest
    @CsvSource({"azure_user_delegation_sas, Azure", "gcp_oauth_token, Google", "r2_temp_credentials, Cloudflare"})
    void aStoreThatIsNotReadYetIsRefusedByItsName(String kind, String name) {
        workspace.on(API + "temporary-volume-credentials", credentials(kind));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> transfers.open(PHOTOS, TransferMode.direct))
                .withMessageContaining(name);
        assertThat(transfers.open(PHOTOS, TransferMode.auto).description()).contains("files-api", name);
    }

    @Test
    void theFilesApiAsksForNoCredentials() {
        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.files_api)) {
            assertThat(transfer.description()).isEqualTo("files-api");
        }

        assertThat(workspace.requests("POST")).isEmpty();
    }

    @Test
    void anExternalVolumeMayBeReadByTheRightOnItsPlace() {
        volume("EXTERNAL");
        workspace.on(API + "temporary-volume-credentials", NO_RIGHT);
        workspace.on(API + "temporary-path-credentials", credentials("aws_temp_credentials"));

        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.direct)) {
            assertThat(transfer.get(FILE, 100).bytes().toByteArray()).isEqualTo(PICTURE);
        }

        assertThat(workspace.requests("POST")).last().satisfies(request -> assertThat(
                        new String(request.body(), StandardCharsets.UTF_8))
                .contains("\"url\":\"s3://bucket/metastore/volumes/7\"", "PATH_READ"));
    }

    @Test
    void bothRefusalsForAnExternalVolumeAreTold() {
        volume("EXTERNAL");
        workspace.on(API + "temporary-volume-credentials", NO_RIGHT);
        workspace.on(
                API + "temporary-path-credentials",
                error(403, "PERMISSION_DENIED", "User does not have EXTERNAL USE LOCATION on External Location 'x'."));

        assertThatExceptionOfType(DatabricksException.class)
                .isThrownBy(() -> transfers.open(PHOTOS, TransferMode.direct))
                .withMessageContainingAll("EXTERNAL USE SCHEMA", "EXTERNAL USE LOCATION");
    }

    @Test
    void byUrlGivesAnAddressAndReadsNothing() {
        workspace.on(API + "temporary-volume-credentials", credentials("aws_temp_credentials"));

        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.by_url)) {
            Picture picture = transfer.get(FILE, 100);

            assertThat(picture.bytes()).isNull();
            assertThat(picture.link().toString())
                    .startsWith(workspace.host() + "/bucket/metastore/volumes/7/cats/a%20b%25.jpg?")
                    .contains("us-west-2", "X-Amz-Signature=");
            assertThat(picture.toString()).doesNotContain("Signature");
        }
        assertThat(workspace.requests("GET"))
                .noneSatisfy(request -> assertThat(request.target()).contains("/bucket/"));
    }

    @Test
    void noFileOfAnotherVolumeIsReadWithTheCredentialsOfThisOne() {
        workspace.on(API + "temporary-volume-credentials", credentials("aws_temp_credentials"));

        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.direct)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> transfer.get(
                            VolumePath.of("main", "default", "secret").resolve("a.jpg"), 100))
                    .withMessageContaining("is not in /Volumes/main/default/photos");
        }
    }

    @Test
    void aRightThatIsTakenAwayDuringARunEndsTheRunAndIsNoFaultOfAPicture() {
        workspace.on(
                API + "temporary-volume-credentials",
                json("""
                        {"aws_temp_credentials":{"access_key_id":"AKIA","secret_access_key":"hush","session_token":"s"},
                         "expiration_time":%d}""".formatted(Instant.now().minusSeconds(60).toEpochMilli())),
                NO_RIGHT);

        try (Transfer transfer = transfers.open(PHOTOS, TransferMode.direct)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> transfer.get(FILE, 100))
                    .withMessageContaining("EXTERNAL USE SCHEMA")
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(StoreException.Kind.UNAVAILABLE));
        }
    }

    @Test
    void whatIsNoPlaceInS3IsRefused() {
        workspace.on(API + "temporary-volume-credentials", json("""
                {"aws_temp_credentials":{"access_key_id":"AKIA","secret_access_key":"hush","session_token":"s"},
                 "expiration_time":%d,"url":"file:/tmp/photos"}""".formatted(
                        Instant.now().plusSeconds(60).toEpochMilli())));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> transfers.open(PHOTOS, TransferMode.direct))
                .withMessageContaining("which is no place in S3");
    }

    @Test
    void modesHaveTheNamesThatPeopleGive() {
        assertThat(TransferMode.of("by-url")).isEqualTo(TransferMode.by_url);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransferMode.of("fast"))
                .withMessageContaining("auto, files-api, direct, by-url");
    }
}
