package com.clarifai.databricks.mapping;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The column {@code input}: an {@code http://} or {@code https://} URL. It is sent as it is, so that signatures in it stay
 * valid, but for what no URL may hold (<a href="https://www.rfc-editor.org/rfc/rfc3986">RFC 3986</a>): spaces and
 * characters beyond ASCII are percent-encoded, and the names of hosts as
 * <a href="https://www.rfc-editor.org/rfc/rfc3490">IDNA</a> says.
 *
 * @param given without what surrounds it: white space, quotes, angle brackets
 * @param sent a URI
 */
record ImageUrl(String given, String sent) {

    private static final Pattern QUOTED = Pattern.compile("(?s)\"(.*)\"|'(.*)'|<(.*)>");
    private static final Pattern URL = Pattern.compile("(?is)(https?)://([^/?#\\\\]*)(.*)");
    private static final Pattern SEVERAL = Pattern.compile("(?i)[^?#]*[\\s,;|]https?://.*");
    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}\\]|[A-Za-z0-9._~-]{1,253})(:[0-9]{0,5})?");
    private static final Pattern ELSEWHERE =
            Pattern.compile("(?i)([a-z][a-z0-9+.-]{0,20}):.*|(/Volumes/|/dbfs/).*", Pattern.DOTALL);
    private static final Pattern CREDENTIALS = Pattern.compile("(?i)(https?://)[^/?#\\s\"@]*@");

    private static final String QUERY_CHARACTERS = "-._~:/?@!$&'()*+,;=[]";
    private static final String PATH_CHARACTERS = "-._~:/?@!$&'()*+,;=";
    private static final int MAX_PORT = 65_535;

    /** @throws RefusedValueException when there is none, or none that Clarifai could download from */
    static ImageUrl parse(Object value) {
        String text = SqlValues.text(value);
        String url = text == null ? "" : bare(text);
        if (url.isEmpty()) {
            throw new RefusedValueException("no image URL");
        }
        checkCharacters(url);
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw elsewhere(url);
        }
        if (SEVERAL.matcher(parts.group(3)).matches()) {
            throw new RefusedValueException("more than one URL", withoutCredentials(url));
        }
        if (parts.group(3).startsWith("\\")) {
            throw new RefusedValueException("a backslash behind the host of the URL; write a slash", url);
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        return new ImageUrl(url, uri(scheme + "://" + authority(parts.group(2), url) + encoded(parts.group(3)), url));
    }

    /** The last word on hosts in brackets, and on whatever the rules here do not see. */
    private static String uri(String sent, String url) {
        try {
            return new URI(sent).toString();
        } catch (URISyntaxException e) {
            throw new RefusedValueException("an image URL that is no URI (" + e.getReason() + ")", url);
        }
    }

    /** The text without names and passwords in URLs. */
    static String withoutCredentials(String text) {
        return text.indexOf('@') < 0 ? text : CREDENTIALS.matcher(text).replaceAll("$1***@");
    }

    private static String bare(String text) {
        String url = Surroundings.strip(text);
        Matcher quoted = QUOTED.matcher(url);
        return quoted.matches() ? Surroundings.strip(url.substring(1, url.length() - 1)) : url;
    }

    private static void checkCharacters(String url) {
        url.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                    throw new RefusedValueException(
                            "a line break or another control character in the image URL", withoutCredentials(url));
                case Character.FORMAT ->
                    throw new RefusedValueException(
                            "an invisible character in the image URL: U+" + String.format("%04X", c));
                case Character.SURROGATE ->
                    throw new RefusedValueException("half of a surrogate pair, which is not a character");
                default -> {
                    // can stand in a URL, at least encoded
                }
            }
        });
    }

    private static RefusedValueException elsewhere(String url) {
        Matcher found = ELSEWHERE.matcher(url);
        if (!found.matches()) {
            return new RefusedValueException("not an http:// or https:// URL", url);
        }
        String scheme = found.group(1) == null ? "" : found.group(1).toLowerCase(Locale.ROOT);
        String hint =
                switch (scheme) {
                    case "data" -> "put the picture into a volume, and import the volume";
                    case "s3", "s3a", "gs", "abfss", "wasbs" ->
                        "make presigned https:// URLs, or import a volume over it";
                    case "dbfs", "file", "" -> "import pictures of a volume with 'import volume'";
                    default -> "write the whole address";
                };
        return new RefusedValueException(
                "not an http:// or https:// URL, from which alone Clarifai downloads; " + hint, url);
    }

    private static String authority(String authority, String url) {
        if (authority.indexOf('@') >= 0) {
            throw new RefusedValueException(
                    "a user name or password in the URL, which would be handed on and stored; use presigned URLs",
                    withoutCredentials(url));
        }
        String ascii = authority;
        if (!authority.chars().allMatch(c -> c < 0x80)) {
            try {
                int port = authority.lastIndexOf(':');
                String host = port < 0 ? authority : authority.substring(0, port);
                ascii = IDN.toASCII(host) + (port < 0 ? "" : authority.substring(port));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new RefusedValueException("a URL with an impossible host", url);
            }
        }
        Matcher address = ADDRESS.matcher(ascii);
        if (!address.matches()) {
            throw new RefusedValueException(
                    authority.isEmpty() || authority.startsWith(":")
                            ? "a URL without a host"
                            : "a URL with an impossible host",
                    url);
        }
        String port = address.group(2);
        if (port != null && port.length() > 1 && Integer.parseInt(port.substring(1)) > MAX_PORT) {
            throw new RefusedValueException("a URL with an impossible port", url);
        }
        return ascii;
    }

    /** What is allowed stays, and so does what is percent-encoded already. */
    private static String encoded(String rest) {
        StringBuilder encoded = new StringBuilder(rest.length());
        String allowed = PATH_CHARACTERS;
        boolean fragment = false;
        for (int i = 0; i < rest.length(); i += Character.charCount(rest.codePointAt(i))) {
            int c = rest.codePointAt(i);
            if (c == '#' && !fragment) {
                fragment = true;
                allowed = PATH_CHARACTERS;
                encoded.append('#');
            } else if (isLetterOrDigit(c) || allowed.indexOf(c) >= 0 || c == '%' && isEncoded(rest, i)) {
                encoded.append((char) c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append(String.format("%%%02X", b));
                }
            }
            if (c == '?' && !fragment) {
                allowed = QUERY_CHARACTERS;
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isEncoded(String text, int percent) {
        return percent + 2 < text.length()
                && Character.digit(text.charAt(percent + 1), 16) >= 0
                && Character.digit(text.charAt(percent + 2), 16) >= 0
                && text.charAt(percent + 1) < 0x80
                && text.charAt(percent + 2) < 0x80;
    }
}
