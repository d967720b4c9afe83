package com.clarifai.databricks.sandbox.clarifai;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong clock = new AtomicLong();
    private final RateLimit limit = new RateLimit(2, clock::get);

    @Test
    void theWindowSlides() {
        limit.take();
        clock.set(600_000_000L);
        limit.take();
        assertThatThrownBy(limit::take).isInstanceOf(Refusal.class);

        clock.set(1_000_000_000L);
        assertThatCode(limit::take).doesNotThrowAnyException();
        assertThatThrownBy(limit::take).isInstanceOf(Refusal.class);
        clock.set(1_600_000_000L);
        assertThatCode(limit::take).doesNotThrowAnyException();
    }

    @Test
    void zeroMeansUnlimited() {
        limit.setPerSecond(0);

        assertThatCode(() -> {
                    for (int i = 0; i < 1000; i++) {
                        limit.take();
                    }
                })
                .doesNotThrowAnyException();
    }
}
