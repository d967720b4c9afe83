package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the files of volumes are on disk, and who may write there. */
final class VolumeDisk {

    private final Metastore metastore;

    VolumeDisk(Metastore metastore) {
        this.metastore = metastore;
    }

    /** The volume path in the request's URI, which starts with the path of the API. */
    static VolumeAddress pathBehind(HttpServerExchange exchange, String api) {
        String uri = exchange.getRequestURI();
        if (!uri.startsWith(api)) {
            throw ApiError.invalid("'" + uri + "' does not start with " + api);
        }
        return VolumeAddress.parse(uri.substring(api.length()));
    }

    /** @throws ApiError if there is no such volume */
    Path resolve(VolumeAddress path) {
        return path.resolveIn(metastore.volumeDirectory(path.catalog(), path.schema(), path.volume()));
    }

    /** @throws ApiError also if the volume may only be read */
    Path writable(VolumeAddress path) {
        Path resolved = resolve(path);
        if (path.catalog().equals(Metastore.READ_ONLY_CATALOG)) {
            throw ApiError.denied("WRITE VOLUME", "Volume '" + path.fullName() + "'");
        }
        return resolved;
    }

    /** @throws ApiError ALREADY_EXISTS if one of them is a file */
    void createDirectories(VolumeAddress path, Path directory) throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw ApiError.ofFiles(
                    409, "ALREADY_EXISTS", "FILE_ALREADY_EXISTS", "A file is in the way of the directory: " + path);
        }
    }

    Path uploads() throws IOException {
        return metastore.uploads();
    }
}
