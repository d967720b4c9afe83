package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.tls.CertificateAuthorities;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Opens channels to Clarifai. The library's own {@code ClarifaiChannel} is not used: it checks no certificate and knows
 * no port but 443.
 */
final class ClarifaiChannels {

    private ClarifaiChannels() {}

    /** A channel that connects with its first call. */
    static ManagedChannel open(ClarifaiSettings settings) {
        String host = settings.baseUrl().getHost();
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress(host, settings.port())
                .idleTimeout(settings.idleTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .maxInboundMessageSize(settings.maxInboundMessageSize());
        if (settings.proxy().isSet()) {
            builder.proxyDetector(new ChannelProxy(settings.proxy().to(settings.baseUrl())));
        }
        if (!settings.isTls()) {
            PlainText.warnOf(settings.baseUrl());
            return builder.usePlaintext().build();
        }
        if (settings.caFile() != null) {
            trust(builder, settings);
        }
        return builder.build();
    }

    private static void trust(NettyChannelBuilder builder, ClarifaiSettings settings) {
        try {
            builder.sslContext(GrpcSslContexts.forClient()
                    .trustManager(CertificateAuthorities.read(ClarifaiSettings.CA_FILE, settings.caFile())
                            .trust())
                    .build());
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }
}
