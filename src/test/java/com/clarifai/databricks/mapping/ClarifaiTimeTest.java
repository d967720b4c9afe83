package com.clarifai.databricks.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClarifaiTimeTest {

    @Test
    void aTimeIsTheInstantItSays() {
        assertThat(time(1_764_366_000L, 5)).isEqualTo(Instant.ofEpochSecond(1_764_366_000L, 5));
        assertThat(time(-62_135_596_800L, 0)).isEqualTo(Instant.parse("0001-01-01T00:00:00Z"));
    }

    @Test
    void whatNoTimestampCanBeIsNoTime() {
        assertThat(time(Long.MAX_VALUE, 0)).isNull();
        assertThat(time(Long.MIN_VALUE, 0)).isNull();
        assertThat(time(1_764_366_000L, -1)).isNull();
    }

    private static Instant time(long seconds, int nanos) {
        return ClarifaiTime.of(
                Timestamp.newBuilder().setSeconds(seconds).setNanos(nanos).build());
    }
}
