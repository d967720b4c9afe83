package com.clarifai.databricks.sandbox.workspace;

import io.undertow.util.URLUtils;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A path such as {@code /Volumes/main/default/photos/a/b.jpg}. The three names are lower case, the rest is kept as it
 * is; {@code segments} is empty for the volume itself.
 */
record VolumeAddress(String catalog, String schema, String volume, List<String> segments) {

    private static final int MAX_SEGMENT_BYTES = 255;

    /**
     * Decodes each segment by itself, so that a slash or a dot-dot in disguise stays visible and is refused.
     *
     * @param encoded the path as it was sent, percent-encoded, from {@code /Volumes} on
     * @throws ApiError INVALID_PARAMETER_VALUE
     */
    static VolumeAddress parse(String encoded) {
        String trimmed = encoded.endsWith("/") ? encoded.substring(0, encoded.length() - 1) : encoded;
        String[] raw = trimmed.split("/", -1);
        if (raw.length < 5 || !raw[0].isEmpty() || !raw[1].equals("Volumes")) {
            throw ApiError.invalid("'" + encoded + "' is not a path in a volume: /Volumes/catalog/schema/volume/...");
        }
        List<String> segments = new ArrayList<>(raw.length);
        for (int i = 2; i < raw.length; i++) {
            segments.add(checked(decode(raw[i])));
        }
        return new VolumeAddress(
                Metastore.name(segments.get(0)),
                Metastore.name(segments.get(1)),
                Metastore.name(segments.get(2)),
                List.copyOf(segments.subList(3, segments.size())));
    }

    boolean isVolume() {
        return segments.isEmpty();
    }

    String fullName() {
        return catalog + "." + schema + "." + volume;
    }

    Path resolveIn(Path volumeDirectory) {
        Path path = volumeDirectory;
        for (String segment : segments) {
            path = path.resolve(segment);
        }
        return path;
    }

    @Override
    public String toString() {
        String root = "/Volumes/" + catalog + "/" + schema + "/" + volume;
        return isVolume() ? root : root + "/" + String.join("/", segments);
    }

    private static String decode(String segment) {
        try {
            return URLUtils.decode(segment, "UTF-8", true, false, new StringBuilder());
        } catch (IllegalArgumentException e) {
            throw ApiError.invalid("'" + segment + "' is not percent-encoded UTF-8.");
        }
    }

    private static String checked(String segment) {
        if (segment.isEmpty()
                || segment.equals(".")
                || segment.equals("..")
                || segment.indexOf('/') >= 0
                || segment.indexOf('\0') >= 0) {
            throw ApiError.invalid("Path segment '" + segment + "' is not allowed.");
        }
        if (segment.getBytes(StandardCharsets.UTF_8).length > MAX_SEGMENT_BYTES) {
            throw ApiError.invalid("A path segment is longer than " + MAX_SEGMENT_BYTES + " bytes.");
        }
        return segment;
    }
}
