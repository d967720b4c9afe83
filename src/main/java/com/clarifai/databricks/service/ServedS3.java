package com.clarifai.databricks.service;

import com.clarifai.databricks.console.ApiException;
import com.clarifai.databricks.proxy.OutgoingProxy;
import com.clarifai.databricks.proxy.ProxySettings;
import com.clarifai.databricks.s3.S3Folder;
import com.clarifai.databricks.s3.S3Refusal;
import com.clarifai.databricks.s3.S3Settings;
import com.clarifai.databricks.s3.S3Uri;
import com.clarifai.databricks.settings.Settings;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The keys of S3 that somebody has entered on the page: in memory until the service ends, in the place of what is configured,
 * and never given out. They are taken as a whole, so that no secret goes to an address that it was not given for.
 */
final class ServedS3 {

    private static final String ACCESS_KEY = "s3.access-key";
    private static final String SECRET_KEY = "s3.secret-key";
    private static final String SESSION_TOKEN = "s3.session-token";
    private static final String REGION = "s3.region";
    private static final String ENDPOINT = "s3.endpoint";
    private static final String PATH_STYLE = "s3.path-style";
    private static final String PLACE = "place";

    private static final Map<String, String> FIELDS = Map.of(
            ACCESS_KEY, "accessKey",
            SECRET_KEY, "secretKey",
            SESSION_TOKEN, "sessionToken",
            REGION, "region",
            ENDPOINT, "endpoint");

    private volatile Map<String, String> entered = Map.of();

    /** Each of them counts as it was entered, also where it was left empty. */
    void putInto(Settings settings) {
        entered.forEach(settings::set);
    }

    /** What the page may know. */
    Map<String, Object> current(Settings settings) {
        return Map.of(
                "keys", settings.isSet(ACCESS_KEY),
                "changed", !entered.isEmpty(),
                "region", settings.get(REGION),
                "endpoint", settings.get(ENDPOINT));
    }

    void reset() {
        entered = Map.of();
    }

    /**
     * @param settings for what is not entered: proxy and certificate authorities
     * @return what the listing has found, for people
     */
    String change(Map<String, Object> fields, Settings settings) {
        Map<String, String> keys = new LinkedHashMap<>();
        FIELDS.forEach((setting, field) ->
                keys.put(setting, Objects.toString(fields.get(field), "").strip()));
        // the bucket in the host name is Amazon's way; any other store takes it in the path
        keys.put(PATH_STYLE, String.valueOf(!keys.get(ENDPOINT).isEmpty()));
        refuseMissing(keys);
        String found = listed(keys, Objects.toString(fields.get(PLACE), "").strip(), settings);
        entered = Map.copyOf(keys);
        return found;
    }

    private static void refuseMissing(Map<String, String> keys) {
        Map<String, String> missing = new LinkedHashMap<>();
        for (String setting : new String[] {ACCESS_KEY, SECRET_KEY}) {
            if (keys.get(setting).isEmpty()) {
                missing.put(FIELDS.get(setting), "this is required");
            }
        }
        String endpoint = keys.get(ENDPOINT);
        if (!endpoint.isEmpty() && !endpoint.matches("https?://[^/\\s]+/?")) {
            missing.put(FIELDS.get(ENDPOINT), "an endpoint looks like https://storage.example.com");
        }
        if (!keys.get(REGION).matches("[a-z0-9-]*")) {
            missing.put(FIELDS.get(REGION), "a region looks like eu-central-1");
        }
        if (!missing.isEmpty()) {
            throw ApiException.invalidFields(missing);
        }
    }

    private static String listed(Map<String, String> keys, String place, Settings settings) {
        S3Uri folder = folder(place);
        try (S3Client s3 = client(keys, settings)) {
            Iterator<?> found = folder == null ? S3Folder.buckets(s3) : S3Folder.list(s3, folder);
            int count = 0;
            for (; count < 1_000 && found.hasNext(); count++) {
                found.next();
            }
            return (count == 1_000 ? "1,000 or more" : count) + (folder == null ? " buckets" : " folders and files");
        } catch (SdkException e) {
            S3Refusal refusal = S3Refusal.of(e, place.isEmpty() ? "s3://" : place);
            throw new ApiException(
                    422,
                    "the keys do not work; nothing was changed",
                    Map.of("fields", Map.of(FIELDS.getOrDefault(refusal.about(), PLACE), refusal.message())));
        }
    }

    /** Null for all buckets. */
    private static S3Uri folder(String place) {
        if (place.isEmpty() || place.equals("s3://")) {
            return null;
        }
        try {
            return S3Uri.parse(place.endsWith("/") ? place : place + "/");
        } catch (IllegalArgumentException e) {
            throw ApiException.invalidFields(Map.of(PLACE, e.getMessage()));
        }
    }

    private static S3Client client(Map<String, String> keys, Settings settings) {
        S3Settings s3 = new S3Settings();
        s3.setAccessKey(keys.get(ACCESS_KEY));
        s3.setSecretKey(keys.get(SECRET_KEY));
        s3.setSessionToken(keys.get(SESSION_TOKEN));
        s3.setRegion(keys.get(REGION));
        s3.setEndpoint(keys.get(ENDPOINT));
        s3.setPathStyle(Boolean.parseBoolean(keys.get(PATH_STYLE)));
        s3.setCaFile(settings.get("s3.ca-file"));
        ProxySettings proxy = new ProxySettings();
        proxy.setUrl(settings.get(OutgoingProxy.URL));
        proxy.setUser(settings.get(OutgoingProxy.USER));
        proxy.setPassword(settings.get(OutgoingProxy.PASSWORD));
        proxy.setBypass(settings.get(OutgoingProxy.BYPASS));
        s3.setProxy(proxy);
        return s3.client();
    }
}
