package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.proxy.ProxyServer;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.ProxiedSocketAddress;
import io.grpc.ProxyDetector;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Leads the connections of a channel, whose server has one address, through a proxy: by a tunnel, also without TLS. */
record ChannelProxy(Optional<ProxyServer> proxy) implements ProxyDetector {

    @Override
    public ProxiedSocketAddress proxyFor(SocketAddress target) throws IOException {
        return proxy.isEmpty() ? null : through(proxy.get(), (InetSocketAddress) target);
    }

    private static ProxiedSocketAddress through(ProxyServer proxy, InetSocketAddress target)
            throws UnknownHostException {
        // gRPC takes no name for it; asked for each connection, so that a proxy may move
        InetSocketAddress address = new InetSocketAddress(proxy.host(), proxy.port());
        if (address.isUnresolved()) {
            UnknownHostException unknown = new UnknownHostException(proxy.host());
            // gRPC logs it whole
            unknown.setStackTrace(new StackTraceElement[0]);
            throw unknown;
        }
        HttpConnectProxiedSocketAddress.Builder through = HttpConnectProxiedSocketAddress.newBuilder()
                .setProxyAddress(address)
                .setTargetAddress(target);
        proxy.login().ifPresent(login -> through.setUsername(login.user()).setPassword(login.password()));
        return through.build();
    }
}
