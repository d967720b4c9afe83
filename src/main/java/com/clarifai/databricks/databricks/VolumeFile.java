package com.clarifai.databricks.databricks;

import java.time.Instant;

/**
 * A file or directory as the Files API lists it.
 *
 * @param path whole path, {@code /Volumes/…}
 * @param name last name of the path
 * @param size bytes; 0 for a directory
 * @param modifiedAt when it was last written; null where the service does not say
 */
public record VolumeFile(String path, String name, long size, Instant modifiedAt, boolean directory) {}
