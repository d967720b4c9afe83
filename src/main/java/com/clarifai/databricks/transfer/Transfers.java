package com.clarifai.databricks.transfer;

import com.clarifai.databricks.databricks.DatabricksException;
import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.TemporaryCredentials;
import com.clarifai.databricks.databricks.TemporaryCredentials.Cloud;
import com.clarifai.databricks.databricks.UnityCatalog;
import com.clarifai.databricks.databricks.VolumeCredentials;
import com.clarifai.databricks.databricks.VolumeFiles;
import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.databricks.WorkspaceClient;
import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.CloudStore;
import com.clarifai.databricks.io.StoreException;
import com.clarifai.databricks.s3.S3Settings;
import com.clarifai.databricks.s3.S3Uri;
import com.clarifai.databricks.s3.SessionKeys;
import com.clarifai.databricks.s3.SessionStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Chooses the way in which the pictures of a volume get to Clarifai. */
public final class Transfers {

    /** With these nothing else would work either. */
    private static final Set<Kind> NOT_ABOUT_CREDENTIALS = EnumSet.of(Kind.UNAUTHENTICATED, Kind.UNREACHABLE);
    /** The choice is not worth a longer wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final WorkspaceClient client;
    private final S3Settings storage;

    /** @param storage how S3 is reached; its keys are not used */
    public Transfers(WorkspaceClient client, S3Settings storage) {
        this.client = client;
        this.storage = storage;
    }

    /**
     * @param volume the volume itself, not a file in it
     * @throws DatabricksException when the volume is not there, or a mode was asked for that the workspace does not permit
     * @throws StoreException when a mode was asked for that is not possible with the store of the volume
     */
    public Transfer open(VolumePath volume, TransferMode mode) {
        Map<String, Object> found = new UnityCatalog(client).volume(volume.catalog(), volume.schema(), volume.volume());
        VolumeFiles files = new VolumeFiles(client);
        if (mode == TransferMode.files_api) {
            return new FilesApiTransfer(files);
        }
        if (mode != TransferMode.auto) {
            return openStore(client, volume, found, mode);
        }
        try {
            return openStore(client.withRetryBudget(PATIENCE), volume, found, TransferMode.direct);
        } catch (DatabricksException e) {
            if (NOT_ABOUT_CREDENTIALS.contains(e.kind())) {
                throw e;
            }
            return new FilesApiTransfer(
                    files, e.kind() == Kind.PERMISSION_DENIED ? needed(e) : e.getMessage(), new BytePool());
        } catch (StoreException e) {
            return new FilesApiTransfer(files, e.getMessage(), new BytePool());
        }
    }

    /** Nobody has asked for these rights by name, and the workspace may say no more than a code. */
    private static String needed(DatabricksException refusal) {
        return "it needs external data access, which an administrator of the metastore allows, and EXTERNAL USE SCHEMA on"
                + " the schema (" + refusal.getMessage() + ")";
    }

    private Transfer openStore(
            WorkspaceClient asking, VolumePath volume, Map<String, Object> found, TransferMode mode) {
        TemporaryCredentials first = new VolumeCredentials(asking, found).get();
        if (first.cloud() != Cloud.AWS) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    volume + " is in " + first.cloud() + ", and only Amazon S3 is read directly so far",
                    null);
        }
        S3Uri place = place(volume, first);
        CloudStore store = new SessionStore(
                storage,
                first.accessPoint() == null || first.accessPoint().isBlank() ? place.bucket() : first.accessPoint(),
                new Renewal(first, new VolumeCredentials(client, found))::next);
        try {
            store.reach();
        } catch (StoreException e) {
            store.close();
            throw e;
        }
        return new StoreTransfer(mode, volume, store, place.key(), "s3://" + place.bucket() + "/" + place.key());
    }

    private static S3Uri place(VolumePath volume, TemporaryCredentials credentials) {
        try {
            return S3Uri.parse(credentials.url().replaceFirst("/*$", "/"));
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    StoreException.Kind.REFUSED,
                    "the workspace says that " + volume + " is at " + credentials.url() + ", which is no place in S3",
                    e);
        }
    }

    /** The credentials that are there already, then new ones. */
    private static final class Renewal {

        private final AtomicReference<TemporaryCredentials> first;
        private final VolumeCredentials credentials;

        Renewal(TemporaryCredentials first, VolumeCredentials credentials) {
            this.first = new AtomicReference<>(first);
            this.credentials = credentials;
        }

        SessionKeys next() {
            TemporaryCredentials next = first.getAndSet(null);
            try {
                next = next == null ? credentials.get() : next;
            } catch (DatabricksException e) {
                // not one picture's fault: the run ends, and can be repeated
                throw new StoreException(StoreException.Kind.UNAVAILABLE, e.getMessage(), e);
            }
            return new SessionKeys(next.accessKey(), next.secretKey(), next.sessionToken(), next.expiresAt());
        }
    }
}
