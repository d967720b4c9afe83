package com.clarifai.databricks.sandbox.workspace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** A cluster or warehouse, from stopped over starting to running or, when its start is to fail, to stopped again. */
final class Compute {

    enum State {
        STOPPED,
        STARTING,
        RUNNING
    }

    /** What comes of a start. */
    sealed interface Outcome {}

    record Success() implements Outcome {}

    /** The user lacks the permission. */
    record Denied() implements Outcome {}

    /** @param code of the termination reason, such as {@code CLOUD_PROVIDER_LAUNCH_FAILURE} */
    record Failure(String code) implements Outcome {

        /** The termination reason's {@code type}. */
        String type() {
            return code.contains("QUOTA") ? "CLIENT_ERROR" : "CLOUD_FAILURE";
        }
    }

    private final String id;
    private final Clock clock;
    private final Supplier<Duration> startTime;
    private State state;
    private Outcome outcome = new Success();
    private Failure failure;
    private Instant ready;

    /** @param state at first, never STARTING */
    Compute(String id, State state, Clock clock, Supplier<Duration> startTime) {
        this.id = id;
        this.state = state;
        this.clock = clock;
        this.startTime = startTime;
    }

    String id() {
        return id;
    }

    synchronized State state() {
        if (state == State.STARTING && !clock.instant().isBefore(ready)) {
            failure = outcome instanceof Failure failed ? failed : null;
            state = failure == null ? State.RUNNING : State.STOPPED;
        }
        return state;
    }

    /** Why the last start failed. */
    synchronized Optional<Failure> failure() {
        return state() == State.STOPPED ? Optional.ofNullable(failure) : Optional.empty();
    }

    /**
     * Begins to start what is stopped.
     *
     * @return false if it is not stopped
     * @throws ApiError PERMISSION_DENIED
     */
    synchronized boolean start() {
        if (state() != State.STOPPED) {
            return false;
        }
        if (outcome instanceof Denied) {
            throw new ApiError(
                    403,
                    "PERMISSION_DENIED",
                    ScimApi.USER_NAME + " does not have permission to start " + id + ". Please contact its owner or an"
                            + " administrator for access.");
        }
        failure = null;
        ready = clock.instant().plus(startTime.get());
        state = State.STARTING;
        return true;
    }

    /** Stops what runs or starts. */
    synchronized void stop() {
        state = State.STOPPED;
        failure = null;
    }

    /** Puts it into a state at once, and plans what comes of its starts from now on. */
    synchronized void force(State forced, Outcome ofStarts) {
        stop();
        outcome = ofStarts;
        if (forced == State.STARTING) {
            ready = clock.instant().plus(startTime.get());
        }
        state = forced;
    }
}
