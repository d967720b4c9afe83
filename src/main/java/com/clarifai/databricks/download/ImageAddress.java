package com.clarifai.databricks.download;

import com.clarifai.databricks.clarifai.ClarifaiException.Kind;
import com.clarifai.databricks.proxy.OutgoingProxy;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where an image is said to be, and whether it may be fetched from there. */
final class ImageAddress {

    /** People paste URLs that RFC 3986 does not allow, and browsers encode these characters for them. */
    private static final Pattern NOT_IN_A_URL = Pattern.compile("[^\\x21-\\x7E]+|[\"<>\\\\^`{|}]|%(?![0-9A-Fa-f]{2})");

    private ImageAddress() {}

    static URI parse(String url) {
        if (url == null || url.isBlank()) {
            throw ImageDownloadException.lasting(Kind.NOT_FOUND, "Clarifai names no place where the image is");
        }
        String encoded = NOT_IN_A_URL.matcher(url.strip()).replaceAll(odd -> URLEncoder.encode(
                        odd.group(), StandardCharsets.UTF_8)
                .replace("+", "%20"));
        try {
            return new URI(encoded);
        } catch (URISyntaxException e) {
            throw ImageDownloadException.lasting(Kind.INVALID, "the image's URL is not valid: " + e.getReason(), e);
        }
    }

    /** Without user and query, where secrets are. */
    static String printable(URI url) {
        if (url.getHost() == null) {
            return "an address of scheme " + url.getScheme();
        }
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }

    static void requireWeb(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null) {
            throw ImageDownloadException.lasting(
                    Kind.INVALID, printable(url) + " is not a plain http or https address");
        }
    }

    /**
     * The JVM remembers what it looked up, so that the connection goes to an address that was checked. Behind a proxy, names
     * from outside often mean nothing here: the proxy looks them up, and decides where it connects.
     */
    static void requirePublic(URI url, OutgoingProxy proxy) {
        try {
            for (InetAddress address : InetAddress.getAllByName(url.getHost())) {
                if (!NetworkAddresses.isPublic(address)) {
                    throw ImageDownloadException.lasting(
                            Kind.PERMISSION_DENIED, printable(url) + " is on this machine or in a private network");
                }
            }
        } catch (UnknownHostException e) {
            if (proxy.to(url).isEmpty()) {
                throw ImageDownloadException.lasting(Kind.UNREACHABLE, printable(url) + ": unknown host", e);
            }
        }
    }
}
