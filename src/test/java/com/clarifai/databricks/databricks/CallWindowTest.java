package com.clarifai.databricks.databricks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** How many calls at a time a {@link CallWindow} makes of a service that refuses what is too much. */
class CallWindowTest {

    private Instant now = FakeTime.START;

    @Test
    void growsByOneForEachCallUntilTheSettingOrTheFirstRefusal() {
        CallWindow window = new CallWindow(8);

        assertThat(window.limit()).isEqualTo(5);
        answer(window, 2);
        assertThat(window.limit()).isEqualTo(7);
        answer(window, 10);
        assertThat(window.limit()).isEqualTo(8);
        assertThat(new CallWindow(1).limit()).isEqualTo(1);
    }

    @Test
    void aWindowThatIsNotUsedUpDoesNotGrow() {
        CallWindow window = new CallWindow(32);

        for (int i = 0; i < 100; i++) {
            window.answered(4, now);
        }

        assertThat(window.limit()).isEqualTo(5);
    }

    @Test
    void aBurstOfRefusalsMakesItSmallerOnceAndTellsHowManyAreTaken() {
        CallWindow window = new CallWindow(32);
        answer(window, 9);
        int begun = window.decreases();
        assertThat(window.limit()).isEqualTo(14);

        // of 14 calls the service takes 10
        for (int inFlight = 14; inFlight > 10; inFlight--) {
            window.refused(inFlight, begun, now);
        }

        assertThat(window.limit()).isEqualTo(9);
        answer(window, 100);
        assertThat(window.limit()).as("as many as were taken").isEqualTo(10);
    }

    @Test
    void whatWasRefusedIsTriedAgainFromTimeToTimeAndMoreSeldomWhenItIsRefusedAgain() {
        CallWindow window = new CallWindow(32);
        Service service = new Service(10, window);

        assertThat(service.refusalsWithin(Duration.ofMinutes(1))).isBetween(2, 6);
        assertThat(service.refusalsWithin(Duration.ofMinutes(10))).isBetween(3, 8);
        assertThat(window.limit()).isBetween(7, 10);
    }

    @Test
    void itGrowsOnWhenTheServiceTakesMoreThanBefore() {
        CallWindow window = new CallWindow(32);
        new Service(3, window).refusalsWithin(Duration.ofSeconds(20));
        assertThat(window.limit()).isLessThanOrEqualTo(3);

        assertThat(new Service(20, window).refusalsWithin(Duration.ofMinutes(3)))
                .isPositive();

        assertThat(window.limit()).isBetween(14, 20);
    }

    @Test
    void oneCallIsAlwaysTried() {
        CallWindow window = new CallWindow(32);

        for (int i = 0; i < 50; i++) {
            window.refused(window.limit(), window.decreases(), now);
        }

        assertThat(window.limit()).isEqualTo(1);
    }

    private void answer(CallWindow window, int times) {
        for (int i = 0; i < times; i++) {
            window.answered(window.limit(), now);
        }
    }

    /** Takes so many calls at a time; each takes a tenth of a second, and the caller has always more to do. */
    private final class Service {

        private final int takes;
        private final CallWindow window;

        Service(int takes, CallWindow window) {
            this.takes = takes;
            this.window = window;
        }

        int refusalsWithin(Duration duration) {
            Instant end = now.plus(duration);
            int bursts = 0;
            while (now.isBefore(end)) {
                int calls = window.limit();
                int begun = window.decreases();
                for (int inFlight = calls; inFlight > takes; inFlight--) {
                    window.refused(inFlight, begun, now);
                }
                if (calls > takes) {
                    bursts++;
                    now = now.plusSeconds(1);
                } else {
                    answer(window, calls);
                    now = now.plusMillis(100);
                }
            }
            return bursts;
        }
    }
}
