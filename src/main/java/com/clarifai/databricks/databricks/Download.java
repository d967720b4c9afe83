package com.clarifai.databricks.databricks;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** One transfer into a file: into a temporary one beside it, resumed by Range requests, moved when it is whole. */
final class Download {

    private static final int PARTIAL_CONTENT = 206;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int BUFFER = 64 * 1024;

    private final WorkspaceClient client;
    private final WorkspaceRequest request;
    private final Path target;
    private long received;
    private String lastModified;

    Download(WorkspaceClient client, WorkspaceRequest request, Path target) {
        this.client = client;
        this.request = request;
        this.target = target.toAbsolutePath();
    }

    void run() {
        try {
            Files.createDirectories(target.getParent());
            Path part = Files.createTempFile(target.getParent(), ".download-", ".part");
            try {
                fetch(part);
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void fetch(Path part) throws IOException {
        try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
            client.retry(attempt -> {
                try {
                    return client.once(next(), response -> append(response, file));
                } catch (DatabricksException e) {
                    if (received > 0 && (e.status() == PRECONDITION_FAILED || e.status() == RANGE_NOT_SATISFIABLE)) {
                        // the file was replaced under the transfer
                        received = 0;
                        return client.once(next(), response -> append(response, file));
                    }
                    throw e;
                }
            });
        }
    }

    /** Without a date to hold the service to, parts of two versions could be joined: such a file begins again. */
    private WorkspaceRequest next() {
        if (received == 0 || lastModified == null) {
            received = 0;
            return request;
        }
        return request.withHeader("Range", "bytes=" + received + "-").withHeader("If-Unmodified-Since", lastModified);
    }

    private Long append(WorkspaceResponse response, FileChannel file) throws IOException {
        if (response.status() != PARTIAL_CONTENT) {
            received = 0;
        }
        lastModified = response.header("Last-Modified").orElse(null);
        rewindTo(received, file);
        OutputStream out = Channels.newOutputStream(file);
        InputStream in = response.body();
        long start = received;
        byte[] buffer = new byte[BUFFER];
        for (int count; (count = in.read(buffer)) >= 0; ) {
            write(out, buffer, count);
            received += count;
        }
        long announced = response.contentLength().orElse(received - start);
        if (received - start != announced) {
            throw new EOFException("got " + (received - start) + " of " + announced + " bytes");
        }
        return received;
    }

    private static void rewindTo(long position, FileChannel file) {
        try {
            file.truncate(position);
            file.position(position);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A full disk is not a broken connection and not worth a retry. */
    private static void write(OutputStream out, byte[] buffer, int count) {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
