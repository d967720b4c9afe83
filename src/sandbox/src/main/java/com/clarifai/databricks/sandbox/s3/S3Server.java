package com.clarifai.databricks.sandbox.s3;

import com.clarifai.databricks.sandbox.Fault;
import com.clarifai.databricks.sandbox.Traffic;
import com.clarifai.databricks.sandbox.http.Listener;
import com.clarifai.databricks.sandbox.http.Tls;
import com.clarifai.databricks.sandbox.http.TrafficHandler;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/**
 * Stand-in for Amazon S3: S3Proxy over the directories of {@link Buckets}, path-style on the loopback
 * interface, in one region. Signatures are checked.
 *
 * <p>S3Proxy has no place for faults, so a reverse proxy in front of it counts the calls and makes them go wrong, as
 * {@code s3:GET}, {@code s3:HEAD}, {@code s3:PUT}, {@code s3:DELETE}, {@code s3:POST}, and {@code s3:LIST} for a GET on a
 * bucket. Both stream. Objects that Spark wrote have no ETag.
 */
public final class S3Server implements AutoCloseable {

    /** Where the buckets are. */
    public static final String REGION = "us-east-1";

    private static final String HOST = "127.0.0.1";
    private static final int CONNECTIONS_PER_THREAD = 64;
    private static final int NO_LIMIT = -1;

    private final S3Proxy store;
    private final Undertow front;

    private S3Server(S3Proxy store, Undertow front) {
        this.store = store;
        this.front = front;
    }

    /**
     * @param port 0 for a free one
     * @param sessions whose credentials open the files of volumes
     */
    public static S3Server start(
            int port,
            Optional<Tls> tls,
            String accessKey,
            String secretKey,
            Buckets buckets,
            Sessions sessions,
            Traffic traffic)
            throws IOException {
        BlobStore own =
                new OwnersStore(new FilesystemNio2BlobStore(buckets.directory().toString()));
        BlobStore volumes =
                new OwnersStore(new FilesystemNio2BlobStore(buckets.volumes().toString()));
        S3Proxy store = S3Proxy.builder()
                .blobStore(own)
                .endpoint(URI.create("http://" + HOST + ":0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, accessKey, secretKey)
                .ignoreUnknownHeaders(true)
                .stopTimeout(0)
                .build();
        store.setBlobStoreLocator((identity, bucket, key) -> accessKey.equals(identity)
                ? new AccessGrant(secretKey, own)
                : sessions.find(identity == null ? "" : identity)
                        .map(session -> new AccessGrant(session.secretKey(), volumes))
                        .orElse(null));
        try {
            store.start();
            Undertow front = Listener.builder(port, tls)
                    // keys go to the store as they came: they are part of the signature
                    .setServerOption(UndertowOptions.DECODE_URL, false)
                    .setServerOption(UndertowOptions.ALLOW_UNESCAPED_CHARACTERS_IN_URL, true)
                    .setHandler(front(store.getPort(), sessions, traffic))
                    .build();
            front.start();
            return new S3Server(store, front);
        } catch (Exception e) {
            stop(store, e);
            throw e instanceof IOException io ? io : new IOException(e);
        }
    }

    private static HttpHandler front(int storePort, Sessions sessions, Traffic traffic) {
        HttpHandler proxy = new SessionGuard(
                sessions,
                new ForwardedHeaders(ProxyHandler.builder()
                        .setProxyClient(new LoadBalancingProxyClient()
                                .addHost(URI.create("http://" + HOST + ":" + storePort))
                                .setConnectionsPerThread(CONNECTIONS_PER_THREAD))
                        .setMaxRequestTime(NO_LIMIT)
                        .build()));
        HttpHandler guarded = exchange -> {
            if (ObjectPath.of(exchange).bucket().equals(Buckets.PRIVATE)) {
                S3Error.ACCESS_DENIED.send(exchange);
            } else {
                proxy.handleRequest(exchange);
            }
        };
        HttpHandler counted =
                new TrafficHandler(traffic, S3Server::target, S3Server::sendPlanned, new RegionGuard(REGION, guarded));
        return exchange -> exchange.dispatch(counted);
    }

    private static String target(HttpServerExchange exchange) {
        boolean list = exchange.getRequestMethod().equals(Methods.GET)
                && ObjectPath.of(exchange).key().isEmpty();
        return "s3:" + (list ? "LIST" : exchange.getRequestMethod());
    }

    private static void sendPlanned(HttpServerExchange exchange, Fault fault) {
        if (fault.retryAfter() != null) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, fault.retryAfter());
        }
        S3Error.planned(fault).send(exchange);
    }

    private static void stop(S3Proxy store, Exception cause) {
        try {
            store.stop();
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    /** {@code http://127.0.0.1:PORT}, or {@code https:}, without a slash at the end. */
    public URI url() {
        return Listener.url(front);
    }

    @Override
    public void close() throws Exception {
        front.stop();
        store.stop();
    }
}
