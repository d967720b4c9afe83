package com.clarifai.databricks.mapping;

import java.util.regex.Pattern;

/**
 * Addresses that were signed for a while, by version 4 of Amazon's signatures: whoever has one may read what it names
 * until it expires, so none is shown, written or kept.
 *
 * <p>Source: <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html">Authenticating requests
 * with query parameters</a>.
 */
public final class SignedUrls {

    private static final Pattern SIGNED = Pattern.compile(
            "(https?://[^\\s\"'<>?]+)\\?[^\\s\"'<>]*X-Amz-(?:Signature|Security-Token|Credential)=[^\\s\"'<>]*",
            Pattern.CASE_INSENSITIVE);

    private SignedUrls() {}

    /** The same text with signed addresses cut before what is secret of them; others are left as they are. */
    public static String hidden(String text) {
        return SIGNED.matcher(text).replaceAll("$1");
    }
}
