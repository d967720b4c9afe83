package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Directories in volumes: {@code /api/2.0/fs/directories/Volumes/...}, listed in pages, sorted by name. */
final class DirectoriesApi {

    private static final String DIRECTORIES = "/api/2.0/fs/directories";
    private static final int MAX_PAGE_SIZE = 1000;

    /** {@code fileSize} in bytes, null for directories; {@code lastModified} in milliseconds. */
    record Entry(String path, String name, boolean isDirectory, Long fileSize, long lastModified) {}

    record Contents(List<Entry> contents, String nextPageToken) {}

    private final VolumeDisk volumes;
    private final FilesThrottle limit;
    private final DirectoryNames names = new DirectoryNames();

    DirectoriesApi(VolumeDisk volumes, FilesThrottle limit) {
        this.volumes = volumes;
        this.limit = limit;
    }

    void register(Routes routes) {
        add(routes, "GET", "files:LIST", this::list);
        add(routes, "HEAD", "directories:HEAD", this::head);
        add(routes, "PUT", "directories:PUT", this::create);
        add(routes, "DELETE", "directories:DELETE", this::delete);
    }

    private void add(Routes routes, String method, String target, HttpHandler handler) {
        routes.add(method, DIRECTORIES + "/*", target, limit.limit(handler));
    }

    private void list(HttpServerExchange exchange) throws IOException {
        VolumeAddress path = VolumeDisk.pathBehind(exchange, DIRECTORIES);
        Path directory = existing(path, volumes.resolve(path));
        Parameters parameters = Parameters.of(exchange);
        int size = parameters.number("page_size").orElse(MAX_PAGE_SIZE);
        if (size > MAX_PAGE_SIZE) {
            throw ApiError.invalid("page_size must not be greater than " + MAX_PAGE_SIZE);
        }
        NamePage page = NamePage.after(
                names.of(directory), parameters.find("page_token").orElse(null), size == 0 ? MAX_PAGE_SIZE : size);
        List<Entry> entries = new ArrayList<>(page.names().size());
        for (String name : page.names()) {
            try {
                entries.add(entry(path, directory.resolve(name)));
            } catch (NoSuchFileException e) {
                // deleted since the directory was read: no longer an entry
                continue;
            }
        }
        Json.send(exchange, new Contents(entries, page.nextPageToken()));
    }

    private void head(HttpServerExchange exchange) {
        VolumeAddress path = VolumeDisk.pathBehind(exchange, DIRECTORIES);
        existing(path, volumes.resolve(path));
    }

    private void create(HttpServerExchange exchange) throws IOException {
        VolumeAddress path = VolumeDisk.pathBehind(exchange, DIRECTORIES);
        volumes.createDirectories(path, volumes.writable(path));
        exchange.setStatusCode(204);
    }

    private void delete(HttpServerExchange exchange) throws IOException {
        VolumeAddress path = VolumeDisk.pathBehind(exchange, DIRECTORIES);
        Path directory = existing(path, volumes.writable(path));
        if (path.isVolume()) {
            throw ApiError.invalid("The root directory of a volume cannot be deleted: " + path);
        }
        try {
            Files.delete(directory);
        } catch (DirectoryNotEmptyException e) {
            throw ApiError.ofFiles(
                    400, "INVALID_PARAMETER_VALUE", "DIRECTORY_IS_NOT_EMPTY", "The directory is not empty: " + path);
        }
        exchange.setStatusCode(204);
    }

    private static Path existing(VolumeAddress path, Path directory) {
        if (!Files.isDirectory(directory)) {
            throw ApiError.ofFiles(
                    404, "NOT_FOUND", "DIRECTORY_IS_NOT_FOUND", "The directory being accessed is not found: " + path);
        }
        return directory;
    }

    private static Entry entry(VolumeAddress parent, Path file) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        String name = file.getFileName().toString();
        return new Entry(
                parent + "/" + name,
                name,
                attributes.isDirectory(),
                attributes.isDirectory() ? null : attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }
}
