package com.clarifai.databricks.clarifai;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connections without TLS, which are for stand-ins on this machine. */
public final class PlainText {

    private static final Logger LOG = LoggerFactory.getLogger(PlainText.class);
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private PlainText() {}

    /** Says in the log that the token can be read on its way, if the URL is of another machine and not https. */
    public static void warnOf(URI url) {
        if ("http".equals(url.getScheme())
                && !LOCAL_HOSTS.contains(url.getHost().toLowerCase(Locale.ROOT))) {
            LOG.warn("The Clarifai token travels unencrypted to {}: use https", url);
        }
    }
}
