package com.clarifai.databricks.sandbox.http;

import com.clarifai.databricks.sandbox.proxy.ForwardProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** A certificate for this machine's loopback address and the names of the proxy, by a certificate authority that nobody else has heard of. */
public final class Tls {

    private final Path caFile;
    private final HandshakeCertificates server;
    private final HandshakeCertificates client;

    private Tls(Path caFile, HandshakeCertificates server, HandshakeCertificates client) {
        this.caFile = caFile;
        this.server = server;
        this.client = client;
    }

    /** Makes both anew; only the authority's certificate is written to the directory, no key. */
    public static Tls create(Path directory) throws IOException {
        HeldCertificate authority = new HeldCertificate.Builder()
                .commonName("Sandbox private CA")
                .certificateAuthority(0)
                .build();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .commonName("localhost")
                .addSubjectAlternativeName("localhost")
                .addSubjectAlternativeName("*" + ForwardProxy.DOMAIN)
                .addSubjectAlternativeName(InetAddress.getLoopbackAddress().getHostAddress())
                .signedBy(authority)
                .build();
        Path caFile = Files.createDirectories(directory).resolve("sandbox-ca.pem");
        Files.writeString(caFile, authority.certificatePem());
        return new Tls(
                caFile.toAbsolutePath(),
                new HandshakeCertificates.Builder()
                        .heldCertificate(certificate, authority.certificate())
                        .build(),
                new HandshakeCertificates.Builder()
                        .addTrustedCertificate(authority.certificate())
                        .build());
    }

    /** The authority's certificate in PEM, for clients to trust. */
    public Path caFile() {
        return caFile;
    }

    /** What servers identify themselves with. */
    public KeyManager keyManager() {
        return server.keyManager();
    }

    SSLContext serverContext() {
        return server.sslContext();
    }

    /** For clients in this process: trusts the authority and no other. */
    public SSLContext clientContext() {
        return client.sslContext();
    }
}
