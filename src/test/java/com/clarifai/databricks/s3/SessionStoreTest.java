package com.clarifai.databricks.s3;

import static com.clarifai.databricks.databricks.FakeWorkspace.bytes;
import static com.clarifai.databricks.databricks.FakeWorkspace.cutAfter;
import static com.clarifai.databricks.databricks.FakeWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.clarifai.databricks.databricks.FakeWorkspace;
import com.clarifai.databricks.databricks.FakeWorkspace.Answer;
import com.clarifai.databricks.io.BytePool;
import com.clarifai.databricks.io.StoreException;
import com.clarifai.databricks.io.StoreException.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects read with keys that expire, from a store that answers as scripted. */
class SessionStoreTest {

    private static final byte[] PICTURE = {1, 2, 3, 4, 5};
    private static final String OBJECT = "GET /bucket/photos/a.jpg";

    private final FakeWorkspace s3 = new FakeWorkspace();
    private final List<SessionKeys> given = new ArrayList<>();
    private Duration lifetime = Duration.ofHours(1);
    private Instant now = Instant.now();
    private final SessionStore store = store();

    private SessionStore store() {
        S3Settings settings = new S3Settings();
        settings.setEndpoint(s3.host());
        settings.setPathStyle(true);
        return new SessionStore(settings, "bucket", this::give, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }
        });
    }

    private SessionKeys give() {
        String number = String.valueOf(given.size() + 1);
        SessionKeys keys = new SessionKeys("AKIA" + number, "secret" + number, "token" + number, now.plus(lifetime));
        given.add(keys);
        return keys;
    }

    @AfterEach
    void stop() {
        store.close();
        s3.close();
    }

    private byte[] read(String key, int maxBytes) {
        return store.read(key, maxBytes, new BytePool()).toByteArray();
    }

    @Test
    void readsAnObjectWithTheKeysOfTheSession() {
        s3.on(OBJECT, bytes(PICTURE));

        assertThat(read("photos/a.jpg", 5)).isEqualTo(PICTURE);

        assertThat(s3.requests()).singleElement().satisfies(request -> {
            assertThat(request.header("x-amz-security-token")).isEqualTo("token1");
            assertThat(request.header("Authorization")).contains("Credential=AKIA1/");
        });
    }

    @Test
    void keysAreEncodedForTheirJourney() {
        s3.on("GET /bucket/photos/100%25%20%2B%23%3F%20%C3%BC%20%E7%8A%AC.jpg", bytes(PICTURE));

        assertThat(read("photos/100% +#? ü 犬.jpg", 5)).isEqualTo(PICTURE);
    }

    @Test
    void keysAreRenewedWhenHalfOfTheirLifeHasPassed() {
        s3.on(OBJECT, bytes(PICTURE));

        read("photos/a.jpg", 5);
        now = now.plus(Duration.ofMinutes(29));
        read("photos/a.jpg", 5);
        assertThat(given).hasSize(1);
        now = now.plus(Duration.ofMinutes(2));
        read("photos/a.jpg", 5);

        assertThat(given).hasSize(2);
        assertThat(s3.requests())
                .extracting(request -> request.header("x-amz-security-token"))
                .containsExactly("token1", "token1", "token2");
    }

    @Test
    void keysThatHaveExpiredBeforeTheirTimeAreRenewedOnce() {
        s3.on(OBJECT, error(400, "ExpiredToken"), bytes(PICTURE), error(400, "ExpiredToken"));

        assertThat(read("photos/a.jpg", 5)).isEqualTo(PICTURE);
        assertThat(given).hasSize(2);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> read("photos/a.jpg", 5))
                .withMessageContaining("ExpiredToken");
        assertThat(given).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, REFUSED",
        "404, NoSuchKey, GONE",
        "416, InvalidRange, REFUSED",
        "400, InvalidToken, REFUSED",
        "503, SlowDown, UNAVAILABLE"
    })
    void saysWhatTheStoreAnswersAndWhoseFaultItIs(int status, String code, Kind kind) {
        s3.on(OBJECT, error(status, code));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> read("photos/a.jpg", 5))
                .withMessageContaining("s3://bucket/photos/a.jpg: " + status + " " + code)
                .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
                .satisfies(e -> assertThat(e.toString()).doesNotContain("token1", "secret1", "Signature"));
    }

    @Test
    void anAnswerThatIsCutIsAskedForAgain() {
        s3.on(OBJECT, cutAfter(2, PICTURE), cutAfter(4, PICTURE), bytes(PICTURE));

        assertThat(read("photos/a.jpg", 5)).isEqualTo(PICTURE);
    }

    @Test
    void anAnswerThatIsCutAgainAndAgainIsNoPicture() {
        s3.on(OBJECT, cutAfter(2, PICTURE));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> read("photos/a.jpg", 5))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    @Test
    void noMoreIsReadThanIsAccepted() {
        s3.on(OBJECT, bytes(new byte[1000]));

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> read("photos/a.jpg", 999))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.TOO_LARGE));
    }

    @Test
    void aLinkHoldsAsLongAsTheKeysAndIsOfTheRegionOfTheBucket() {
        s3.on("HEAD /bucket", status(403).with("x-amz-bucket-region", "eu-west-3"));
        store.reach();
        now = now.plus(Duration.ofMinutes(20));

        URI link = store.link("photos/ü 1%.jpg");

        assertThat(link.toString())
                .startsWith(s3.host() + "/bucket/photos/%C3%BC%201%25.jpg?")
                .contains("X-Amz-Expires=2400", "eu-west-3", "X-Amz-Signature=", "X-Amz-Security-Token=token1")
                .doesNotContain("secret1");
    }

    @Test
    void aStoreThatCannotBeReachedIsNamed() {
        s3.close();

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(store::reach)
                .withMessageStartingWith("s3://bucket cannot be reached")
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    }

    private static Answer error(int status, String code) {
        return status(status, "<Error><Code>" + code + "</Code><Message>no</Message><RequestId>1</RequestId></Error>")
                .with("Content-Type", "application/xml");
    }
}
