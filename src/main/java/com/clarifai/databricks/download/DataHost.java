package com.clarifai.databricks.download;

import java.net.URI;
import java.util.Locale;
import java.util.Objects;

/**
 * Where Clarifai serves the bytes of inputs, and the only place that takes the token there. For Clarifai's own cloud
 * these are all https hosts below {@code clarifai.com}, for any other installation the one origin given.
 */
record DataHost(URI base) {

    private static final String CLOUD = ".clarifai.com";

    /** @throws IllegalArgumentException if it is neither https://host nor http://host */
    static DataHost at(String url) {
        URI base = URI.create(url);
        if (base.getHost() == null || !("https".equals(base.getScheme()) || "http".equals(base.getScheme()))) {
            throw new IllegalArgumentException(
                    "The data host of Clarifai must be https://host or http://host, not " + url);
        }
        return new DataHost(base);
    }

    boolean serves(URI url) {
        return isSameOrigin(url) || isInCloud(base) && isInCloud(url);
    }

    private boolean isSameOrigin(URI url) {
        return base.getScheme().equalsIgnoreCase(url.getScheme())
                && base.getHost().equalsIgnoreCase(url.getHost())
                && port(base) == port(url);
    }

    private static boolean isInCloud(URI url) {
        return "https".equalsIgnoreCase(url.getScheme())
                && port(url) == 443
                && Objects.toString(url.getHost(), "").toLowerCase(Locale.ROOT).endsWith(CLOUD);
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
