package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.clarifai.RetrySettings.Backoff;
import com.clarifai.databricks.model.InputColumns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fake and a client of it whose waits are short. */
abstract class ClarifaiFixture {

    static final AppRef APP = new AppRef("me", FakeClarifai.APP);

    static final Backoff QUICK = new Backoff(4, Duration.ofMillis(5), Duration.ofMillis(20));
    static final RetrySettings QUICK_RETRIES = new RetrySettings(QUICK, QUICK, QUICK, QUICK, QUICK);
    static final Polling QUICK_POLLING =
            new Polling(Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofSeconds(20));

    FakeClarifai clarifai;
    ClarifaiClient client;

    @BeforeEach
    void startFake() {
        clarifai = new FakeClarifai();
        client = new ClarifaiClient(settings());
    }

    @AfterEach
    void stopFake() {
        client.close();
        clarifai.close();
    }

    ClarifaiSettings settings() {
        return ClarifaiSettings.of(clarifai.url(), FakeClarifai.PAT)
                .withRequestsPerSecond(0)
                .withRequestTimeout(Duration.ofSeconds(20))
                .withRetries(QUICK_RETRIES);
    }

    InputLookup newLookup() {
        return new InputLookup(client, false, QUICK_POLLING);
    }

    static Map<String, Object> row(String id) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(InputColumns.INPUT_ID, id);
        row.put(InputColumns.IMAGE_BYTES, picture(64));
        return row;
    }

    /** A picture that ends at once, and bytes behind it. */
    static byte[] picture(int size) {
        return Arrays.copyOf("GIF89a\0\0\0\0\0\0\0;".getBytes(StandardCharsets.US_ASCII), size);
    }

    static List<Map<String, Object>> rows(String... ids) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String id : ids) {
            rows.add(row(id));
        }
        return rows;
    }
}
