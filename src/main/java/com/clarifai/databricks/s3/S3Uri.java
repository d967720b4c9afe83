package com.clarifai.databricks.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code s3://bucket/key}, where the key may be that of one object, a folder (ending in {@code /}) or a pattern.
 *
 * @param bucket <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html">3 to 63 small
 *     letters, digits, dots and hyphens</a>
 */
public record S3Uri(String bucket, String key) {

    private static final Pattern URI = Pattern.compile("s3a?://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(.*)");
    private static final Pattern WILDCARD = Pattern.compile("[*?]");

    public static boolean isS3(String uri) {
        return uri.startsWith("s3://") || uri.startsWith("s3a://");
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    public static S3Uri parse(String uri) {
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
