package com.clarifai.databricks.sandbox.workspace;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.ByteRange;
import io.undertow.util.DateUtils;
import io.undertow.util.Headers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Date;

/** Files in volumes: {@code /api/2.0/fs/files/Volumes/...}. Bytes are streamed; a file appears when it is complete. */
final class FilesApi {

    private static final String FILES = "/api/2.0/fs/files";
    private static final long MAX_FILE_SIZE = 5L << 30;

    private final VolumeDisk volumes;
    private final FilesThrottle limit;

    FilesApi(VolumeDisk volumes, FilesThrottle limit) {
        this.volumes = volumes;
        this.limit = limit;
    }

    void register(Routes routes) {
        add(routes, "GET", this::get);
        add(routes, "HEAD", this::head);
        add(routes, "PUT", this::put);
        add(routes, "DELETE", this::delete);
    }

    private void add(Routes routes, String method, HttpHandler handler) {
        routes.add(method, FILES + "/*", "files:" + method, limit.limit(handler));
    }

    private void get(HttpServerExchange exchange) throws IOException {
        Path file = existing(exchange);
        try (FileChannel channel = FileChannel.open(file)) {
            describe(exchange, file);
            long size = channel.size();
            ByteRange.RangeResponseResult part = range(exchange, size);
            if (part == null) {
                send(exchange, channel, 0, size);
                return;
            }
            exchange.getResponseHeaders().put(Headers.CONTENT_RANGE, part.getContentRange());
            if (part.getStatusCode() == 416) {
                throw new ApiError(416, "INVALID_RANGE", "The requested range is not in the file.");
            }
            exchange.setStatusCode(part.getStatusCode());
            send(exchange, channel, part.getStart(), part.getContentLength());
        }
    }

    private void head(HttpServerExchange exchange) throws IOException {
        Path file = existing(exchange);
        describe(exchange, file);
        exchange.setResponseContentLength(Files.size(file));
    }

    private void put(HttpServerExchange exchange) throws IOException {
        exchange.setMaxEntitySize(MAX_FILE_SIZE);
        boolean overwrite = Parameters.of(exchange).flag("overwrite");
        VolumeAddress path = VolumeDisk.pathBehind(exchange, FILES);
        Path file = volumes.writable(path);
        refuseExisting(path, file, overwrite);
        Path upload = Files.createTempFile(volumes.uploads(), "upload", null);
        try {
            Files.copy(exchange.getInputStream(), upload, StandardCopyOption.REPLACE_EXISTING);
            // one at a time, so that of two writers that may not overwrite only one succeeds
            synchronized (this) {
                refuseExisting(path, file, overwrite);
                volumes.createDirectories(path, file.getParent());
                Files.move(upload, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(upload);
        }
        exchange.setStatusCode(204);
    }

    private void delete(HttpServerExchange exchange) throws IOException {
        VolumeAddress path = VolumeDisk.pathBehind(exchange, FILES);
        Path file = volumes.writable(path);
        if (!Files.isRegularFile(file)) {
            throw missing(path);
        }
        Files.delete(file);
        exchange.setStatusCode(204);
    }

    private static void refuseExisting(VolumeAddress path, Path file, boolean overwrite) {
        if (Files.isDirectory(file)) {
            throw ApiError.ofFiles(
                    409, "ALREADY_EXISTS", "DIRECTORY_ALREADY_EXISTS", "A directory is already there: " + path);
        }
        if (!overwrite && Files.exists(file)) {
            throw ApiError.ofFiles(
                    409, "ALREADY_EXISTS", "FILE_ALREADY_EXISTS", "The file being created already exists: " + path);
        }
    }

    private Path existing(HttpServerExchange exchange) {
        VolumeAddress path = VolumeDisk.pathBehind(exchange, FILES);
        Path file = volumes.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw missing(path);
        }
        return file;
    }

    private static ApiError missing(VolumeAddress path) {
        return ApiError.ofFiles(404, "NOT_FOUND", "FILE_IS_NOT_FOUND", "The file being accessed is not found: " + path);
    }

    /** Sets the headers of a file, unless it changed after {@code If-Unmodified-Since}. */
    private static void describe(HttpServerExchange exchange, Path file) throws IOException {
        Date modified = new Date(Files.getLastModifiedTime(file).toMillis());
        if (!DateUtils.handleIfUnmodifiedSince(exchange, modified)) {
            throw new ApiError(412, "FAILED_PRECONDITION", "The file was modified.");
        }
        exchange.getResponseHeaders().put(Headers.LAST_MODIFIED, DateUtils.toDateString(modified));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/octet-stream");
    }

    /** Null for the whole file; several ranges at once are not supported and answered with the whole. */
    private static ByteRange.RangeResponseResult range(HttpServerExchange exchange, long size) {
        String header = exchange.getRequestHeaders().getFirst(Headers.RANGE);
        ByteRange range = header == null ? null : ByteRange.parse(header);
        return range == null ? null : range.getResponseResult(size, null, null, null);
    }

    private static void send(HttpServerExchange exchange, FileChannel file, long start, long length)
            throws IOException {
        exchange.setResponseContentLength(length);
        WritableByteChannel out = Channels.newChannel(exchange.getOutputStream());
        for (long sent = 0; sent < length; ) {
            long n = file.transferTo(start + sent, length - sent, out);
            if (n <= 0) {
                throw new EOFException("the file shrank while it was sent");
            }
            sent += n;
        }
    }
}
