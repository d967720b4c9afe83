package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.proxy.ForwardProxy;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.URI;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Where the caller of the API is told that images are: one who has come by a name that only the proxy knows gets such a
 * name for the data host, too.
 */
final class DataAddress implements ServerInterceptor, Supplier<String> {

    private static final Context.Key<String> AUTHORITY = Context.key("authority");

    private final URI url;

    /** @param url of the data host on this machine */
    DataAddress(String url) {
        this.url = URI.create(url);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Context context = Context.current().withValue(AUTHORITY, call.getAuthority());
        return Contexts.interceptCall(context, call, headers, next);
    }

    /** Without a slash at the end. */
    @Override
    public String get() {
        boolean throughProxy = Objects.requireNonNullElse(AUTHORITY.get(), "")
                .replaceFirst(":\\d+$", "")
                .endsWith(ForwardProxy.DOMAIN);
        return throughProxy ? url.getScheme() + "://data" + ForwardProxy.DOMAIN + ":" + url.getPort() : url.toString();
    }
}
