package com.clarifai.databricks.download;

import static com.clarifai.databricks.download.ImageAddress.printable;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.ClarifaiSettings;
import com.clarifai.databricks.clarifai.PlainText;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.tls.CertificateAuthorities;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads original images: from Clarifai's data host with the token, from elsewhere without it.
 *
 * <p>What is returned is a whole image in the format announced; everything else is an {@link ImageDownloadException}.
 * Passing failures (408, 429, 5xx, no or half an answer) are tried again. Redirects are followed by the same rules as the
 * first URL, and the token goes along only from the data host to the data host.
 */
public final class ImageDownload {

    public static final String DEFAULT_DATA_HOST = "https://data.clarifai.com";
    public static final int DEFAULT_MAX_BYTES = 50_000_000;
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(ImageDownload.class);
    private static final Backoff BACKOFF = new Backoff(4, Duration.ofSeconds(1), Duration.ofSeconds(8));
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /**
     * @param dataHost {@code https://host} or {@code http://host}
     * @param maxBytes of one image, which is held in memory
     * @param timeout from the request to the last byte, for each attempt
     * @param privateHosts whether images elsewhere may lie on this machine or in private networks
     */
    public record Options(String dataHost, int maxBytes, Duration timeout, boolean privateHosts) {}

    private final Options settings;
    private final DataHost dataHost;
    private final OutgoingProxy proxy;
    private final String authorization;
    private final HttpClient dataClient;
    private final HttpClient publicClient;
    private final DownloadRetry retry;

    public ImageDownload(ClarifaiSettings clarifai, Options settings) {
        this(clarifai, settings, BACKOFF);
    }

    ImageDownload(ClarifaiSettings clarifai, Options settings, Backoff backoff) {
        this.settings = settings;
        this.dataHost = DataHost.at(settings.dataHost());
        PlainText.warnOf(dataHost.base());
        this.proxy = clarifai.proxy();
        this.authorization = "Key " + token(clarifai);
        this.publicClient = client().build();
        this.dataClient = clarifai.caFile() == null
                ? publicClient
                : client().sslContext(CertificateAuthorities.read(ClarifaiSettings.CA_FILE, clarifai.caFile())
                                .sslContext())
                        .build();
        this.retry = new DownloadRetry(backoff);
    }

    private HttpClient.Builder client() {
        // HTTP/1.1: a body's end is announced or it is not whole
        HttpClient.Builder client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
        proxy.configure(client);
        return client;
    }

    /** Checked here because the HTTP client would repeat a malformed header, token and all, in its message. */
    private static String token(ClarifaiSettings clarifai) {
        String token = clarifai.pat().strip();
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            throw new IllegalArgumentException("The Clarifai token contains characters that no token has");
        }
        return token;
    }

    /**
     * The bytes of an image.
     *
     * @param url null is an image that is nowhere
     * @param elsewhere whether it may be fetched if it is not on the data host
     * @param announced the format that it must have; null for any
     */
    public byte[] get(String url, boolean elsewhere, ImageFormat announced) {
        return retry.attempting(() -> {
            HttpResponse<byte[]> answer = follow("GET", url, elsewhere, CappedBody.ofAtMost(settings.maxBytes()));
            ImageAnswer.requireOk(answer, dataHost.serves(answer.uri()));
            ImageAnswer.requireWhole(answer);
            ImageAnswer.requireImage(answer, announced);
            return answer.body();
        });
    }

    /** Whether the image has that many bytes as far as its server says; one that does not say may be downloaded. */
    public boolean hasSize(String url, boolean elsewhere, long bytes) {
        try {
            HttpResponse<Void> answer = follow("HEAD", url, elsewhere, BodyHandlers.discarding());
            return answer.statusCode() == 200
                    && answer.headers().firstValueAsLong("Content-Length").orElse(-1) == bytes;
        } catch (ImageDownloadException e) {
            LOG.debug("{}; the download will show", e.getMessage());
            return false;
        }
    }

    /** An image that is known to be nowhere. */
    public static ImageDownloadException absent(String reason) {
        return ImageDownloadException.lasting(Kind.NOT_FOUND, reason);
    }

    /** Returns when the data host has answered anything at all; the token stays here. */
    public void reachDataHost() {
        send(dataClient, request("HEAD", dataHost.base(), false), BodyHandlers.discarding());
    }

    private <T> HttpResponse<T> follow(String method, String url, boolean elsewhere, BodyHandler<T> body) {
        URI at = ImageAddress.parse(url);
        boolean withToken = dataHost.serves(at);
        for (int redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
            boolean atDataHost = dataHost.serves(at);
            if (!atDataHost) {
                requireAllowed(at, elsewhere);
            }
            HttpResponse<T> answer = send(atDataHost ? dataClient : publicClient, request(method, at, withToken), body);
            Optional<String> location = answer.headers().firstValue("Location");
            if (!REDIRECTS.contains(answer.statusCode()) || location.isEmpty()) {
                return answer;
            }
            at = at.resolve(ImageAddress.parse(location.get()));
            withToken = withToken && dataHost.serves(at);
        }
        throw ImageDownloadException.lasting(Kind.INVALID, printable(at) + " is redirected too often");
    }

    private HttpRequest request(String method, URI url, boolean withToken) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .method(method, BodyPublishers.noBody())
                .header("User-Agent", "databricks-connect");
        if (withToken) {
            request.header("Authorization", authorization);
        }
        proxy.authorize(request, url);
        return request.build();
    }

    /** One attempt, all of it within the timeout: that of the HTTP client ends with the head of the answer. */
    private <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> body) {
        CompletableFuture<HttpResponse<T>> answer = http.sendAsync(request, body);
        String what = printable(request.uri());
        try {
            HttpResponse<T> arrived = answer.get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
            URI url = request.uri();
            Optional<ProxyException> proxys = ProxyException.in(arrived.statusCode(), proxy.to(url), url);
            if (proxys.isPresent()) {
                throw ofProxy(url, proxys.get());
            }
            return arrived;
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw ImageDownloadException.passing(
                    Kind.UNREACHABLE,
                    what + " did not arrive whole within " + settings.timeout().toSeconds() + " seconds",
                    null,
                    e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw ImageDownloadException.lasting(Kind.UNREACHABLE, what + " was interrupted", e);
        } catch (ExecutionException e) {
            throw unanswered(request.uri(), e.getCause());
        }
    }

    private static ImageDownloadException ofProxy(URI url, ProxyException proxys) {
        String message = printable(url) + ": " + proxys.getMessage();
        return proxys.isPassing()
                ? ImageDownloadException.passing(Kind.UNREACHABLE, message, null, proxys)
                : ImageDownloadException.lasting(Kind.UNREACHABLE, message, proxys);
    }

    private ImageDownloadException unanswered(URI url, Throwable cause) {
        Optional<ProxyException> proxys = ProxyException.in(cause, proxy.to(url), url);
        if (proxys.isPresent()) {
            return ofProxy(url, proxys.get());
        }
        String what = printable(url);
        if (cause instanceof CappedBody.TooLargeException) {
            return ImageDownloadException.lasting(
                    Kind.INVALID, what + " has more than the " + settings.maxBytes() + " bytes allowed", cause);
        }
        if (cause instanceof SSLException) {
            return ImageDownloadException.lasting(
                    Kind.UNREACHABLE, what + ": TLS failed: " + oneLine(cause.getMessage()), cause);
        }
        if (cause instanceof ConnectException && cause.getCause() instanceof UnresolvedAddressException) {
            return ImageDownloadException.lasting(Kind.UNREACHABLE, what + ": unknown host", cause);
        }
        if (cause instanceof IOException) {
            String why = cause instanceof ConnectException
                    ? "no connection"
                    : "connection broken: " + oneLine(cause.getMessage());
            return ImageDownloadException.passing(Kind.UNREACHABLE, what + ": " + why, null, cause);
        }
        return ImageDownloadException.lasting(Kind.INTERNAL, what + ": " + oneLine(cause.toString()), cause);
    }

    /** Fetching whatever URL an input brings would let its author reach into the network that this program runs in. */
    private void requireAllowed(URI url, boolean elsewhere) {
        if (!elsewhere) {
            throw ImageDownloadException.lasting(
                    Kind.PERMISSION_DENIED,
                    printable(url) + " is not on Clarifai's data host, and fetching from elsewhere is not allowed");
        }
        ImageAddress.requireWeb(url);
        if (!settings.privateHosts()) {
            ImageAddress.requirePublic(url, proxy);
        }
    }

    private static String oneLine(String text) {
        return text == null ? "no reason given" : text.replaceAll("\\s+", " ").strip();
    }
}
