package com.clarifai.databricks.sandbox.images;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.http.CutAnswer;
import com.clarifai.databricks.sandbox.http.TrafficHandler;
import com.clarifai.databricks.sandbox.samples.SamplePhoto;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.PathHandler;
import io.undertow.server.handlers.ResponseCodeHandler;
import io.undertow.util.Headers;
import io.undertow.util.MimeMappings;
import io.undertow.util.SameThreadExecutor;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The web server that import files take their pictures from. Counts and faults go by {@code images:<method>}.
 *
 * <ul>
 *   <li>{@code /photos/<label>/<file>}: the sample photographs
 *   <li>{@code /generated/<n>.jpg}: another small picture for each number, always the same
 *   <li>{@code /videos/<n>.mp4}, {@code /sounds/<n>.wav}: a short video, and a short sound, for each number
 *   <li>{@code /missing/…} 404, {@code /forbidden/…} 403
 *   <li>{@code /text/…}: a web page that claims to be a JPEG; {@code /empty/…}: nothing
 *   <li>{@code /slow/<n>.jpg}: answers after everybody has given up; {@code /truncated/<n>.jpg}: hangs up half-way
 *   <li>{@code /redirect/<n>.jpg}: redirects to {@code /generated/<n>.jpg}
 *   <li>{@link #DOCUMENTED_CANAL}, {@link #DOCUMENTED_TRAIN}: photographs of ours at the paths of Clarifai's
 *       documentation's examples
 * </ul>
 */
public final class ImageHost implements AutoCloseable {

    public static final String DOCUMENTED_CANAL = "/featured-models/color-colored-houses-boats-on-canal.jpg";
    public static final String DOCUMENTED_TRAIN = "/metro-north.jpg";

    private static final String HOST = "127.0.0.1";
    private static final String JPEG = "image/jpeg";
    private static final Pattern NUMBERED = Pattern.compile("/(\\d{1,17})\\.(jpg|mp4|wav)");
    private static final byte[] PAGE =
            "<!DOCTYPE html><title>Moved</title><p>This picture has moved.".getBytes(StandardCharsets.UTF_8);

    private final Undertow server;

    private ImageHost(Undertow server) {
        this.server = server;
    }

    /**
     * @param port 0 for a free one
     * @param slow how long {@code /slow/} takes
     */
    public static ImageHost start(int port, Duration slow, Traffic traffic) {
        PathHandler paths = new PathHandler(ResponseCodeHandler.HANDLE_404)
                .addPrefixPath("/photos", ImageHost::photo)
                .addPrefixPath("/generated", ImageHost::generated)
                .addPrefixPath("/videos", numbered("mp4", "video/mp4", number -> new NumberedVideo(number).bytes()))
                .addPrefixPath("/sounds", numbered("wav", "audio/wav", number -> new NumberedSound(number).bytes()))
                .addPrefixPath("/missing", ResponseCodeHandler.HANDLE_404)
                .addPrefixPath("/forbidden", ResponseCodeHandler.HANDLE_403)
                .addPrefixPath("/text", exchange -> send(exchange, JPEG, PAGE))
                .addPrefixPath("/empty", exchange -> send(exchange, JPEG, new byte[0]))
                .addPrefixPath("/slow", exchange -> later(exchange, slow, ImageHost::generated))
                .addPrefixPath("/truncated", ImageHost::truncated)
                .addPrefixPath("/redirect", ImageHost::redirect)
                .addExactPath(DOCUMENTED_CANAL, exchange -> send(exchange, new SamplePhoto("landscapes/sunset.jpg")))
                .addExactPath(DOCUMENTED_TRAIN, exchange -> send(exchange, new SamplePhoto("space/rocket.jpg")));
        HttpHandler counted = new TrafficHandler(
                traffic, exchange -> "images:" + exchange.getRequestMethod(), ImageHost::sendPlanned, paths);
        Undertow server = Undertow.builder()
                .addHttpListener(port, HOST)
                .setHandler(exchange -> exchange.dispatch(counted))
                .build();
        server.start();
        return new ImageHost(server);
    }

    private static void photo(HttpServerExchange exchange) throws IOException {
        SamplePhoto photo = new SamplePhoto(exchange.getRelativePath().replaceFirst("^/", ""));
        if (SamplePhoto.ALL.contains(photo)) {
            send(exchange, photo);
        } else {
            exchange.setStatusCode(StatusCodes.NOT_FOUND);
        }
    }

    private static void generated(HttpServerExchange exchange) throws Exception {
        numbered("jpg", JPEG, number -> new NumberedPicture(number).bytes()).handleRequest(exchange);
    }

    @FunctionalInterface
    private interface Maker {
        byte[] make(long number) throws IOException;
    }

    private static HttpHandler numbered(String extension, String mediaType, Maker maker) {
        return exchange -> {
            Matcher path = NUMBERED.matcher(exchange.getRelativePath());
            if (path.matches() && path.group(2).equals(extension)) {
                send(exchange, mediaType, maker.make(Long.parseLong(path.group(1))));
            } else {
                exchange.setStatusCode(StatusCodes.NOT_FOUND);
            }
        };
    }

    private static void truncated(HttpServerExchange exchange) throws Exception {
        exchange.addResponseWrapper(CutAnswer.half());
        generated(exchange);
    }

    private static void redirect(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.FOUND);
        exchange.getResponseHeaders().put(Headers.LOCATION, "/generated" + exchange.getRelativePath());
    }

    /** Holds no thread meanwhile. */
    private static void later(HttpServerExchange exchange, Duration delay, HttpHandler handler) {
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> exchange.getIoThread()
                .executeAfter(() -> exchange.dispatch(handler), delay.toMillis(), TimeUnit.MILLISECONDS));
    }

    private static void send(HttpServerExchange exchange, SamplePhoto photo) throws IOException {
        String extension = photo.path().substring(photo.path().lastIndexOf('.') + 1);
        send(exchange, MimeMappings.DEFAULT.getMimeType(extension), photo.bytes());
    }

    private static void send(HttpServerExchange exchange, String mediaType, byte[] body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, mediaType);
        exchange.setResponseContentLength(body.length);
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }

    private static void sendPlanned(HttpServerExchange exchange, Fault fault) {
        exchange.setStatusCode(fault.number());
        if (fault.retryAfter() != null) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, fault.retryAfter());
        }
    }

    /** {@code http://127.0.0.1:PORT}, without a slash at the end. */
    public URI url() {
        InetSocketAddress address =
                (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        return URI.create("http://" + HOST + ":" + address.getPort());
    }

    @Override
    public void close() {
        server.stop();
    }
}
