package com.clarifai.databricks.console;

import com.clarifai.databricks.databricks.VolumePath;
import com.clarifai.databricks.s3.S3Uri;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A place that can be looked into, by its path: {@code /Volumes} with the catalogs, {@code /Volumes/c} with its schemas,
 * {@code /Volumes/c/s} with its volumes, further down folders and files; {@code s3://} with the buckets, {@code
 * s3://bucket/…/} with folders and objects.
 *
 * @param path as it is shown: without a slash at its end in a volume, with one on S3
 * @param names of catalog, schema and volume, as far as it goes
 * @param bucket where it is in one
 */
record BrowsedPlace(Level level, String path, List<String> names, S3Uri bucket) {

    /** What there is in such a place. */
    enum Level {
        CATALOGS,
        SCHEMAS,
        VOLUMES,
        FILES,
        BUCKETS,
        OBJECTS
    }

    private static final String ROOT = "/Volumes";
    private static final String BUCKETS = "s3://";

    /** @throws ApiException 400 when it is none */
    static BrowsedPlace parse(String given) {
        String path = given == null ? "" : given.strip().replaceFirst("^dbfs:", "");
        try {
            if (path.equals(BUCKETS)) {
                return new BrowsedPlace(Level.BUCKETS, BUCKETS, List.of(), null);
            }
            return path.isEmpty() || path.equals("/") || path.equals(ROOT) || path.startsWith(ROOT + "/")
                    ? inVolumes(path)
                    : inBucket(path);
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidFields(
                    Map.of("path", e.getMessage() + "; a place begins with /Volumes/ or s3://"));
        }
    }

    private static BrowsedPlace inVolumes(String path) {
        List<String> names = Arrays.stream(path.replaceFirst("^" + ROOT, "").split("/"))
                .filter(name -> !name.isEmpty())
                .toList();
        if (names.size() >= 3) {
            VolumePath folder = VolumePath.parse(path);
            return new BrowsedPlace(
                    Level.FILES, folder.toString(), List.of(folder.catalog(), folder.schema(), folder.volume()), null);
        }
        Level level = List.of(Level.CATALOGS, Level.SCHEMAS, Level.VOLUMES).get(names.size());
        return new BrowsedPlace(level, names.isEmpty() ? ROOT : ROOT + "/" + String.join("/", names), names, null);
    }

    private static BrowsedPlace inBucket(String path) {
        S3Uri folder = S3Uri.parse(path.endsWith("/") ? path : path + "/");
        return new BrowsedPlace(Level.OBJECTS, BUCKETS + folder.bucket() + "/" + folder.key(), List.of(), folder);
    }

    boolean isOnS3() {
        return level == Level.BUCKETS || level == Level.OBJECTS;
    }

    /** The path of something right in it. */
    String below(String name, boolean folder) {
        return isOnS3() ? path + name + (folder ? "/" : "") : path + "/" + name;
    }
}
