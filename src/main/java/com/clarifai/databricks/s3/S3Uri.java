package com.clarifai.databricks.s3;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code s3://bucket/key}, where the key may be that of one object, a folder (ending in {@code /}) or a pattern; also as the
 * web address that the AWS console shows, <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html">with the bucket in its host or in its
 * path</a>.
 *
 * @param bucket <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">3 to 63 small
 *     letters, digits, dots and hyphens</a>
 */
public record S3Uri(String bucket, String key) {

    private static final Pattern URI = Pattern.compile("s3a?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*)");
    private static final Pattern IN_HOST = Pattern.compile(
            "https?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\\.s3(?:[.-][a-z0-9-]+)*\\.amazonaws\\.com/(.*)");
    private static final Pattern IN_PATH =
            Pattern.compile("https?://s3(?:[.-][a-z0-9-]+)*\\.amazonaws\\.com/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*)");
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static S3Uri parse(String uri) {
        for (Pattern address : List.of(IN_HOST, IN_PATH)) {
            Matcher web = address.matcher(uri);
            if (web.matches()) {
                String key = web.group(2).replaceFirst("[?].*", "").replace("+", "%2B");
                return new S3Uri(web.group(1), URLDecoder.decode(key, StandardCharsets.UTF_8));
            }
        }
        Matcher matcher = URI.matcher(uri);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + uri + "' is not s3://bucket/key with a valid bucket name");
        }
        return new S3Uri(matcher.group(1), matcher.group(2));
    }

    public boolean isPattern() {
        return WILDCARD.matcher(key).find();
    }

    public boolean isFolder() {
        return key.isEmpty() || key.endsWith("/");
    }

    /** What all keys that can match begin with. */
    public String prefix() {
        Matcher wildcard = WILDCARD.matcher(key);
        return wildcard.find() ? key.substring(0, wildcard.start()) : key;
    }
}
