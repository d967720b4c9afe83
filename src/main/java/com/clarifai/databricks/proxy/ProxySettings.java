package com.clarifai.databricks.proxy;

import java.net.URI;

/** An outgoing proxy as people set it, by the names of the settings; null and blank ones are not set. */
public final class ProxySettings {

    private String url;
    private String user;
    private String password;
    private String bypass;

    /**
     * What comes of these, of Java's properties and of the environment.
     *
     * @throws IllegalArgumentException naming the setting that is wrong
     */
    public OutgoingProxy proxy() {
        return OutgoingProxy.of(url, user, password, bypass);
    }

    /**
     * A remark for people: {@code ", through the proxy http://host:port"}; nothing where the way there is direct.
     *
     * @param target a URL; without a scheme, https
     */
    public String remark(String target) {
        return proxy().to(URI.create(target.contains("://") ? target : "https://" + target))
                .map(server -> ", through the proxy " + server)
                .orElse("");
    }

    /** @param usual what counts when the target is blank */
    public String remark(String target, String usual) {
        return remark(target.isBlank() ? usual : target);
    }

    /** {@code http://host:port}, also with {@code user:password@}, in which special characters are percent-encoded. */
    public void setUrl(String url) {
        this.url = url;
    }

    /** Instead of the one in the URL, and not encoded. */
    public void setUser(String user) {
        this.user = user;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    /** What is reached without the proxy, written as in {@code NO_PROXY}. */
    public void setBypass(String bypass) {
        this.bypass = bypass;
    }
}
