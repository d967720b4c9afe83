package com.clarifai.databricks.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** The files of the page: a closed set, since their names can hold no path. */
public final class ConsolePage {

    private static final String FOLDER = "/console/";
    private static final Pattern NAME = Pattern.compile("[a-z-]+\\.(html|css|js|svg)");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** The file becomes the body. */
    public void file(Exchange exchange, @Header("file") String name) {
        Matcher matcher = NAME.matcher(name);
        byte[] bytes = matcher.matches() ? read(name) : null;
        if (bytes == null) {
            throw new ApiException(404, "there is no such page");
        }
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, TYPES.get(matcher.group(1)));
        exchange.getMessage().setBody(bytes);
    }

    private static byte[] read(String name) {
        try (InputStream in = ConsolePage.class.getResourceAsStream(FOLDER + name)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
