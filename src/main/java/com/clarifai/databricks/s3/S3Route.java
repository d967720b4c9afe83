package com.clarifai.databricks.s3;

import com.clarifai.databricks.proxy.OutgoingProxy;
import java.net.URI;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.protocol.HttpContext;

/** Leads the requests of the SDK's HTTP client through the proxy; its own list of hosts to pass it by is another kind of pattern. */
final class S3Route extends DefaultRoutePlanner {

    private final OutgoingProxy proxy;

    S3Route(OutgoingProxy proxy) {
        super(DefaultSchemePortResolver.INSTANCE);
        this.proxy = proxy;
    }

    @Override
    protected HttpHost determineProxy(HttpHost target, HttpRequest request, HttpContext context) {
        return proxy.to(URI.create(target.toURI()))
                .map(server -> new HttpHost(server.host(), server.port()))
                .orElse(null);
    }

    /** Asked when the proxy has answered that it wants to know who it is. */
    static CredentialsProvider logins(OutgoingProxy proxy) {
        CredentialsProvider logins = new BasicCredentialsProvider();
        proxy.servers().forEach(server -> server.login()
                .ifPresent(login -> logins.setCredentials(
                        new AuthScope(server.host(), server.port()),
                        new UsernamePasswordCredentials(login.user(), login.password()))));
        return logins;
    }
}
