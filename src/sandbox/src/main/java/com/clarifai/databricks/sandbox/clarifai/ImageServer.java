package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.http.Listener;
import com.clarifai.databricks.sandbox.http.Tls;
import com.clarifai.databricks.sandbox.http.TrafficHandler;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.ByteRange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves image bytes under {@code /{size}/users/{user}/apps/{app}/inputs/image/{hash}}, or {@code video} or {@code audio}: {@code orig} as they were
 * uploaded, the other sizes as JPEG. A wrong key is answered with 401, none with 404.
 */
final class ImageServer implements HttpHandler, AutoCloseable {

    /** Path of the exports of dataset versions, which need no key: their names are not to be guessed. */
    static final String EXPORTS = "/exports/";

    private static final Pattern PATH =
            Pattern.compile("/(orig|tiny|small|large)/users/([^/]+)/apps/([^/]+)/inputs/(?:image|video|audio)/([^/]+)");
    /** So many slow answers at a time hold up no others. */
    private static final int THREADS = 64;

    private static final int BUFFER = 64 * 1024;

    private final Authentication authentication;
    private final StoredImages files;
    private final VersionArchives archives;
    private final String userId;
    private final Undertow server;

    ImageServer(
            int port,
            Optional<Tls> tls,
            String userId,
            Traffic traffic,
            Authentication authentication,
            StoredImages files,
            VersionArchives archives) {
        this.archives = archives;
        this.userId = userId;
        this.authentication = authentication;
        this.files = files;
        server = Listener.builder(port, tls)
                .setHandler(new BlockingHandler(new TrafficHandler(
                        traffic, exchange -> "data:" + exchange.getRequestMethod(), ImageServer::sendPlanned, this)))
                .setWorkerThreads(THREADS)
                .build();
        server.start();
    }

    String baseUrl() {
        return Listener.url(server).toString();
    }

    private static void sendPlanned(HttpServerExchange exchange, Fault fault) {
        exchange.setStatusCode(fault.number());
        if (fault.retryAfter() != null) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, fault.retryAfter());
        }
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED);
            return;
        }
        if (exchange.getRequestPath().startsWith(EXPORTS)) {
            Optional<ImageBytes> archive =
                    archives.find(exchange.getRequestPath().substring(EXPORTS.length()));
            if (archive.isEmpty()) {
                exchange.setStatusCode(StatusCodes.NOT_FOUND);
            } else {
                send(exchange, archive.get());
            }
            return;
        }
        switch (authentication.judge(exchange.getRequestHeaders().getFirst(Headers.AUTHORIZATION))) {
            case MISSING -> exchange.setStatusCode(StatusCodes.NOT_FOUND);
            case WRONG -> exchange.setStatusCode(StatusCodes.UNAUTHORIZED);
            case GRANTED -> {
                Matcher path = PATH.matcher(exchange.getRequestPath());
                Optional<ImageBytes> image = path.matches() && path.group(2).equals(userId)
                        ? files.find(path.group(3), path.group(4))
                        : Optional.empty();
                if (image.isEmpty()) {
                    exchange.setStatusCode(StatusCodes.NOT_FOUND);
                } else if (path.group(1).equals("orig")) {
                    send(exchange, image.get());
                } else {
                    Thumbnail.of(path.group(1)).send(image.get(), exchange);
                }
            }
        }
    }

    private static void send(HttpServerExchange exchange, ImageBytes image) throws IOException {
        long size = image.size();
        try (InputStream in = image.open()) {
            long from = 0;
            long length = size;
            ByteRange range = ByteRange.parse(exchange.getRequestHeaders().getFirst(Headers.RANGE));
            ByteRange.RangeResponseResult part = range == null ? null : range.getResponseResult(size, null, null, null);
            exchange.getResponseHeaders().put(Headers.ACCEPT_RANGES, "bytes");
            if (part != null) {
                exchange.setStatusCode(part.getStatusCode());
                exchange.getResponseHeaders().put(Headers.CONTENT_RANGE, part.getContentRange());
                if (part.getStatusCode() == StatusCodes.REQUEST_RANGE_NOT_SATISFIABLE) {
                    return;
                }
                from = part.getStart();
                length = part.getContentLength();
            }
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType(image));
            exchange.setResponseContentLength(length);
            in.skipNBytes(from);
            copy(in, exchange.getOutputStream(), length);
        }
    }

    private static String mediaType(ImageBytes image) throws IOException {
        try (InputStream in = image.open()) {
            return MediaFormat.of(ByteBuffer.wrap(in.readNBytes(MediaFormat.HEAD)))
                    .map(MediaFormat::mediaType)
                    .orElse("application/octet-stream");
        }
    }

    private static void copy(InputStream in, OutputStream out, long length) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long left = length;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new IOException("the file became shorter while it was read");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
