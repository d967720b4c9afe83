package com.clarifai.databricks.s3;

import com.clarifai.databricks.proxy.ProxySettings;
import software.amazon.awssdk.services.s3.S3Client;

/** How S3 is reached, by the names of the settings; what is left empty is found by the AWS SDK's own chain. */
public final class S3Settings {

    private String endpoint = "";
    private String region = "";
    private String accessKey = "";
    private String secretKey = "";
    private String sessionToken = "";
    private boolean pathStyle;
    private String caFile = "";
    private ProxySettings proxy = new ProxySettings();

    /** A client that is made by its first call, which fails by {@link IllegalArgumentException} when a setting is wrong. */
    public S3Client client() {
        return LazyClient.of(() -> S3Clients.build(this));
    }

    String endpoint() {
        return endpoint;
    }

    /** Another store that speaks S3. */
    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint.strip();
    }

    String region() {
        return region;
    }

    /** Where to ask first. */
    public void setRegion(String region) {
        this.region = region.strip();
    }

    String accessKey() {
        return accessKey;
    }

    public void setAccessKey(String accessKey) {
        this.accessKey = accessKey;
    }

    String secretKey() {
        return secretKey;
    }

    public void setSecretKey(String secretKey) {
        this.secretKey = secretKey;
    }

    String sessionToken() {
        return sessionToken;
    }

    /** Of temporary keys; empty for others. */
    public void setSessionToken(String sessionToken) {
        this.sessionToken = sessionToken.strip();
    }

    boolean pathStyle() {
        return pathStyle;
    }

    /** Whether the bucket is part of the path, not of the host name. */
    public void setPathStyle(boolean pathStyle) {
        this.pathStyle = pathStyle;
    }

    String caFile() {
        return caFile;
    }

    /** PEM file of the certificate authorities to trust instead of Java's own. */
    public void setCaFile(String caFile) {
        this.caFile = caFile.strip();
    }

    ProxySettings proxy() {
        return proxy;
    }

    /** The outgoing proxy. */
    public void setProxy(ProxySettings proxy) {
        this.proxy = proxy;
    }
}
