package com.clarifai.databricks.databricks;

import com.clarifai.databricks.databricks.DatabricksException.Kind;
import com.clarifai.databricks.databricks.DatabricksException.Retry;
import com.clarifai.databricks.databricks.PagedIterator.Page;
import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.PooledBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

/** The files of Unity Catalog volumes, by the Files API. */
public final class VolumeFiles {

    private static final String FILES = "/api/2.0/fs/files";
    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    /** The most entries that the service puts on a page. */
    private static final int PAGE_SIZE = 1000;

    private static final String NOT_EMPTY = "FILES_API_DIRECTORY_IS_NOT_EMPTY";
    private static final int EMPTYING_ROUNDS = 3;

    private final WorkspaceClient client;

    public VolumeFiles(WorkspaceClient client) {
        this.client = client;
    }

    /** The files and directories right in this directory, read page by page. */
    public Iterator<VolumeFile> list(VolumePath directory) {
        WorkspaceRequest request = WorkspaceRequest.get(
                        WorkspaceCall.LIST_DIRECTORY, directory, DIRECTORIES + directory.encoded())
                .withQuery("page_size", PAGE_SIZE);
        return new PagedIterator<>(request, token -> {
            Map<String, Object> page = client.json(token == null ? request : request.withQuery("page_token", token));
            List<VolumeFile> entries = client.objects(request, page, "contents", "path", "name").stream()
                    .map(entry -> toFile(request, entry))
                    .toList();
            return new Page<>(entries, ApiJson.nextPageToken(page));
        });
    }

    /** The files below this directory, at any depth. What is held is one page and the directories not yet read. */
    public Iterator<VolumeFile> listRecursively(VolumePath directory) {
        return new VolumeWalk(this, directory);
    }

    /** What is known of a file without reading it; empty when there is none. */
    public Optional<VolumeFile> find(VolumePath path) {
        try {
            return Optional.of(client.exchange(head(path), response -> toFile(head(path), path, response)));
        } catch (DatabricksException e) {
            if (e.kind() == Kind.NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** The file's bytes as they arrive. The stream takes one of the client's few Files API calls until it is closed. */
    public OpenedFile open(VolumePath path) {
        return client.open(get(path));
    }

    /**
     * The whole file.
     *
     * @param pool lends the memory
     * @throws FileTooLargeException if the file has more bytes, of which no more than that were read
     */
    public PooledBytes read(VolumePath path, int maxBytes, BytePool pool) {
        return client.exchange(get(path), response -> {
            if (response.contentLength().orElse(0) > maxBytes) {
                throw new FileTooLargeException(path, maxBytes);
            }
            PooledBytes bytes = pool.read(response.body(), maxBytes);
            if (response.body().read() >= 0) {
                bytes.giveBack();
                throw new FileTooLargeException(path, maxBytes);
            }
            return bytes;
        });
    }

    /** Writes the file here, whole or not at all; a broken transfer goes on where it broke. */
    public void download(VolumePath path, Path target) {
        new Download(client, get(path), target).run();
    }

    /** @param overwrite if not, an existing file is {@link Kind#ALREADY_EXISTS} */
    public void upload(VolumePath path, byte[] bytes, boolean overwrite) {
        upload(path, bytes.length, overwrite, request -> request.withBytes(bytes));
    }

    public void upload(VolumePath path, Path file, boolean overwrite) {
        upload(path, size(file), overwrite, request -> request.withFile(file));
    }

    private void upload(VolumePath path, long size, boolean overwrite, UnaryOperator<WorkspaceRequest> body) {
        WorkspaceRequest put =
                body.apply(WorkspaceRequest.put(WorkspaceCall.UPLOAD_FILE, path, FILES + path.encoded(), overwrite)
                        .withQuery("overwrite", overwrite));
        client.retry(attempt -> {
            try {
                client.once(put, WorkspaceResponse::status);
            } catch (DatabricksException e) {
                // an earlier attempt may have arrived although its answer did not
                boolean perhapsOurs = attempt > 1 && !overwrite && e.kind() == Kind.ALREADY_EXISTS;
                if (perhapsOurs && sizeOf(path) == size) {
                    return size;
                }
                throw e;
            }
            long stored = sizeOf(path);
            if (stored != size) {
                throw new DatabricksException(
                        Kind.INTERNAL,
                        put.call(),
                        put.what() + ": " + size + " bytes were sent, " + stored + " are there",
                        null,
                        Retry.BRIEFLY);
            }
            return stored;
        });
    }

    private long sizeOf(VolumePath path) {
        return client.once(
                head(path), response -> toFile(head(path), path, response).size());
    }

    /** Deletes a file; one that is gone already is fine. */
    public void delete(VolumePath path) {
        deleteIfThere(WorkspaceRequest.delete(WorkspaceCall.DELETE_FILE, path, FILES + path.encoded()));
    }

    /** Deletes an empty directory; one that is gone already is fine. */
    public void deleteDirectory(VolumePath directory) {
        deleteIfThere(
                WorkspaceRequest.delete(WorkspaceCall.DELETE_DIRECTORY, directory, DIRECTORIES + directory.encoded()));
    }

    /** Deletes a directory with all that is in it. */
    public void deleteRecursively(VolumePath directory) {
        for (int round = 1; ; round++) {
            try {
                deleteContents(directory);
                deleteDirectory(directory);
                return;
            } catch (DatabricksException e) {
                // pages shift while their entries are deleted, and others may write at the same time
                boolean filledAgain = e.says(NOT_EMPTY);
                if (!filledAgain || round == EMPTYING_ROUNDS) {
                    throw e;
                }
            }
        }
    }

    private void deleteContents(VolumePath directory) {
        try {
            for (Iterator<VolumeFile> entries = list(directory); entries.hasNext(); ) {
                VolumeFile entry = entries.next();
                if (entry.directory()) {
                    deleteRecursively(VolumePath.parse(entry.path()));
                } else {
                    delete(VolumePath.parse(entry.path()));
                }
            }
        } catch (DatabricksException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** Makes a directory and those above it; one that is there already is fine. */
    public void makeDirectory(VolumePath directory) {
        client.send(
                WorkspaceRequest.put(WorkspaceCall.MAKE_DIRECTORY, directory, DIRECTORIES + directory.encoded(), true));
    }

    private void deleteIfThere(WorkspaceRequest request) {
        try {
            client.send(request);
        } catch (DatabricksException e) {
            if (e.kind() != Kind.NOT_FOUND) {
                throw e;
            }
        }
    }

    private static WorkspaceRequest get(VolumePath path) {
        return WorkspaceRequest.get(WorkspaceCall.READ_FILE, path, FILES + path.encoded());
    }

    private static WorkspaceRequest head(VolumePath path) {
        return WorkspaceRequest.head(WorkspaceCall.FIND_FILE, path, FILES + path.encoded());
    }

    private VolumeFile toFile(WorkspaceRequest request, VolumePath path, WorkspaceResponse response) {
        return new VolumeFile(
                path.toString(),
                path.name(),
                response.contentLength()
                        .orElseThrow(() -> client.unusable(request, "the answer has no Content-Length")),
                response.lastModified().orElse(null),
                false);
    }

    /** What the service leaves out is not taken for zero: an empty file would be rejected for good. */
    private VolumeFile toFile(WorkspaceRequest request, Map<String, Object> entry) {
        boolean directory = Boolean.TRUE.equals(entry.get("is_directory"));
        OptionalLong size = ApiJson.number(entry, "file_size");
        OptionalLong modified = ApiJson.number(entry, "last_modified");
        if (size.isEmpty() && !directory) {
            throw client.unusable(request, "the entry " + entry.get("path") + " has no file_size");
        }
        return new VolumeFile(
                ApiJson.text(entry, "path"),
                ApiJson.text(entry, "name"),
                size.orElse(0),
                modified.isPresent() ? Instant.ofEpochMilli(modified.getAsLong()) : null,
                directory);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
