package com.clarifai.databricks.sandbox.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Buckets as directories: the object {@code key} of {@code bucket} is the file {@code <directory>/<bucket>/<key>}. */
public record Buckets(Path directory) {

    /** Where the samples are. */
    public static final String SAMPLES = "databricks-connect-samples";

    /** Exists, but neither the access key nor SQL has any permission on it. */
    public static final String PRIVATE = "databricks-connect-private";

    /** Where the files of volumes are; it opens with the credentials of a {@link Sessions session} only. */
    public static final String VOLUMES = "databricks-connect-volumes";

    /** What the place of each volume begins with. */
    public static final String VOLUMES_URL = "s3://" + VOLUMES + "/";

    /** The directory of {@link #VOLUMES}, in which it leads to the volumes in {@code data}. */
    Path volumes() throws IOException {
        Path data = directory.getParent();
        Path buckets = Files.createDirectories(data.resolve("s3-volumes"));
        Path volumes = Files.createDirectories(data.resolve("Volumes"));
        if (!Files.isDirectory(buckets.resolve(VOLUMES))) {
            Files.createSymbolicLink(buckets.resolve(VOLUMES), volumes);
        }
        return buckets;
    }

    /** The buckets that the sandbox has from the start, in {@code <data>/s3}. */
    public static Buckets in(Path data) throws IOException {
        Path directory = data.toAbsolutePath().normalize().resolve("s3");
        Files.createDirectories(directory.resolve(SAMPLES));
        Files.createDirectories(directory.resolve(PRIVATE));
        return new Buckets(directory);
    }
}
