package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.model.ImageFormat;
import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxyException;
import com.clarifai.databricks.tls.CertificateAuthorities;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
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
    private static final Duration MAX_ASKED_WAIT = Duration.ofMinutes(1);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_REDIRECTS = 5;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    /** People paste URLs that RFC 3986 does not allow, and browsers encode these characters for them. */
    private static final Pattern NOT_IN_A_URL = Pattern.compile("[^\\x21-\\x7E]+|[\"<>\\\\^`{|}]|%(?![0-9A-Fa-f]{2})");

    /**
     * @param dataHost {@code https://host} or {@code http://host}
     * @param maxBytes of one image, which is held in memory
     * @param timeout from the request to the last byte, for each attempt
     * @param privateHosts whether images elsewhere may lie on this machine or in private networks
     */
    public record Settings(String dataHost, int maxBytes, Duration timeout, boolean privateHosts) {}

    private final Settings settings;
    private final DataHost dataHost;
    private final OutgoingProxy proxy;
    private final String authorization;
    private final HttpClient dataClient;
    private final HttpClient publicClient;
    private final Retry retry;
    private final int attempts;

    public ImageDownload(ClarifaiSettings clarifai, Settings settings) {
        this(clarifai, settings, BACKOFF);
    }

    ImageDownload(ClarifaiSettings clarifai, Settings settings, Backoff backoff) {
        this.settings = settings;
        this.dataHost = DataHost.at(settings.dataHost());
        if ("http".equals(dataHost.base().getScheme())) {
            ClarifaiChannels.warnOfPlainText(dataHost.base());
        }
        this.proxy = clarifai.proxy();
        this.authorization = "Key " + token(clarifai);
        this.publicClient = client().build();
        this.dataClient = clarifai.caFile() == null
                ? publicClient
                : client().sslContext(CertificateAuthorities.read(ClarifaiSettings.CA_FILE, clarifai.caFile())
                                .sslContext())
                        .build();
        this.retry = retry(backoff);
        this.attempts = backoff.attempts();
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
        return attempting(() -> {
            HttpResponse<byte[]> answer = follow("GET", url, elsewhere, CappedBody.ofAtMost(settings.maxBytes()));
            requireOk(answer);
            requireWhole(answer);
            requireImage(answer, announced);
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

    /** Returns when the data host has answered, whatever that was; the token stays here. */
    public void reachDataHost() {
        send(dataClient, request("HEAD", dataHost.base(), false), BodyHandlers.discarding());
    }

    private <T> T attempting(Supplier<T> attempt) {
        try {
            return retry.executeSupplier(attempt);
        } catch (ImageDownloadException e) {
            throw e.recovery() == Recovery.RETRY ? e.afterAttempts(attempts) : e;
        }
    }

    private static Retry retry(Backoff backoff) {
        IntervalFunction random = IntervalFunction.ofExponentialRandomBackoff(backoff.first(), 2, 0.5, backoff.max());
        Retry retry = Retry.of(
                "image-download",
                RetryConfig.custom()
                        .maxAttempts(backoff.attempts())
                        .intervalBiFunction((attempt, outcome) -> wait(outcome).orElseGet(() -> random.apply(attempt)))
                        .retryOnException(failure ->
                                failure instanceof ImageDownloadException known && known.recovery() == Recovery.RETRY)
                        .build());
        retry.getEventPublisher()
                .onRetry(event -> LOG.info(
                        "{}; trying again in {} ms",
                        event.getLastThrowable().getMessage(),
                        event.getWaitInterval().toMillis()));
        return retry;
    }

    private static Optional<Long> wait(Either<Throwable, Object> outcome) {
        return ((ImageDownloadException) outcome.getLeft())
                .retryAfter()
                .map(asked -> asked.compareTo(MAX_ASKED_WAIT) > 0 ? MAX_ASKED_WAIT : asked)
                .map(Duration::toMillis);
    }

    private <T> HttpResponse<T> follow(String method, String url, boolean elsewhere, BodyHandler<T> body) {
        URI at = parse(url);
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
            at = at.resolve(parse(location.get()));
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

    private void requireOk(HttpResponse<?> answer) {
        int status = answer.statusCode();
        if (status == 200) {
            return;
        }
        String what = printable(answer.uri()) + ": " + status;
        boolean atDataHost = dataHost.serves(answer.uri());
        boolean passing = status == 408 || status == 429 || status >= 500;
        if (passing) {
            Kind kind = status == 429 ? Kind.THROTTLED : Kind.INTERNAL;
            throw ImageDownloadException.passing(
                    kind, what, retryAfter(answer.headers()).orElse(null), null);
        }
        throw switch (status) {
            case 401 ->
                ImageDownloadException.lasting(
                        Kind.UNAUTHENTICATED,
                        what + (atDataHost ? ", the Clarifai token is refused" : ", login needed"));
            case 403 -> ImageDownloadException.lasting(Kind.PERMISSION_DENIED, what + ", access denied");
            case 404, 410 ->
                ImageDownloadException.lasting(
                        Kind.NOT_FOUND,
                        what + (atDataHost ? ", not there or not for the owner of this token" : ", not there"));
            default -> ImageDownloadException.lasting(Kind.INVALID, what + " instead of 200");
        };
    }

    /** The HTTP client fails when less than the announced bytes arrive; without an announcement nobody can tell. */
    private static void requireWhole(HttpResponse<byte[]> answer) {
        HttpHeaders headers = answer.headers();
        boolean chunked = headers.firstValue("Transfer-Encoding").isPresent();
        long announced = headers.firstValueAsLong("Content-Length").orElse(-1);
        if (!chunked && announced < 0) {
            throw ImageDownloadException.lasting(
                    Kind.INVALID,
                    printable(answer.uri()) + ": the answer does not say how long it is, so it may have been cut off");
        }
        if (!chunked && announced != answer.body().length) {
            throw ImageDownloadException.passing(
                    Kind.UNREACHABLE,
                    printable(answer.uri()) + ": " + answer.body().length + " of " + announced + " bytes arrived",
                    null,
                    null);
        }
    }

    private static void requireImage(HttpResponse<byte[]> answer, ImageFormat announced) {
        byte[] bytes = answer.body();
        Optional<ImageFormat> format = ImageFormat.of(bytes);
        if (format.isEmpty()) {
            String kind = bytes.length == 0 ? "empty" : bytes[0] == '<' ? "a web page" : "in no known image format";
            throw ImageDownloadException.lasting(Kind.INVALID, printable(answer.uri()) + " is " + kind);
        }
        if (announced != null && announced != format.get()) {
            throw ImageDownloadException.lasting(
                    Kind.INVALID,
                    printable(answer.uri()) + " is " + format.get() + " where Clarifai announced " + announced);
        }
    }

    /** Fetching whatever URL an input brings would let its author reach into the network that this program runs in. */
    private void requireAllowed(URI url, boolean elsewhere) {
        if (!elsewhere) {
            throw ImageDownloadException.lasting(
                    Kind.PERMISSION_DENIED,
                    printable(url) + " is not on Clarifai's data host, and fetching from elsewhere is not allowed");
        }
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw ImageDownloadException.lasting(
                    Kind.INVALID, printable(url) + " is not a plain http or https address");
        }
        if (!settings.privateHosts()) {
            requirePublic(url);
        }
    }

    /**
     * The JVM remembers what it looked up, so that the connection goes to an address that was checked. Behind a proxy, names
     * from outside often mean nothing here: the proxy looks them up, and decides where it connects.
     */
    private void requirePublic(URI url) {
        try {
            for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
                if (!NetworkAddresses.isPublic(address)) {
                    throw ImageDownloadException.lasting(
                            Kind.PERMISSION_DENIED, printable(url) + " is on this machine or in a private network");
                }
            }
        } catch (UnknownHostException e) {
            if (proxy.to(url).isEmpty()) {
                throw ImageDownloadException.lasting(Kind.UNREACHABLE, printable(url) + ": unknown host", e);
            }
        }
    }

    private static URI parse(String url) {
        if (url == null || url.isBlank()) {
            throw ImageDownloadException.lasting(Kind.NOT_FOUND, "Clarifai says of no place where the image is");
        }
        String encoded = NOT_IN_A_URL.matcher(url.strip()).replaceAll(odd -> URLEncoder.encode(
                        odd.group(), StandardCharsets.UTF_8)
                .replace("+", "%20"));
        try {
            return new URI(encoded);
        } catch (URISyntaxException e) {
            throw ImageDownloadException.lasting(Kind.INVALID, "the image's URL is not valid: " + e.getReason(), e);
        }
    }

    /** Retry-After is a number of seconds or a date (RFC 9110, 10.2.3); one that is neither tells nothing. */
    private static Optional<Duration> retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After").map(String::strip).flatMap(value -> {
            if (value.matches("\\d{1,9}")) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
            }
            try {
                Instant date = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                Duration wait = Duration.between(Instant.now(), date);
                return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        });
    }

    /** Without user and query, where secrets are. */
    private static String printable(URI url) {
        if (url.getHost() == null) {
            return "an address of scheme " + url.getScheme();
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }

    private static String oneLine(String text) {
        return text == null ? "no reason given" : text.replaceAll("\\s+", " ").strip();
    }
}
