package com.clarifai.databricks.sandbox.workspace;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** An opaque position in a list sorted by name: behind the name it holds, which may be empty. */
final class PageToken {

    private PageToken() {}

    static String behind(String name) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(("v1:" + name).getBytes(StandardCharsets.UTF_8));
    }

    static String position(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith("v1:")) {
                return text.substring(3);
            }
        } catch (IllegalArgumentException e) {
            throw invalid(token);
        }
        throw invalid(token);
    }

    private static ApiError invalid(String token) {
        return ApiError.invalid("Invalid page token: " + token);
    }
}
