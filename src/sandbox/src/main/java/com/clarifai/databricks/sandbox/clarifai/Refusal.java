package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;

/** A request, or one item of it, that is answered with an error status in the body. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Status status;

    Refusal(StatusCode code, String details) {
        super(code + ": " + details, null, false, false);
        this.status = Statuses.of(code, details);
    }

    static Refusal missing(String kind, String id) {
        return new Refusal(StatusCode.CONN_DOES_NOT_EXIST, kind + " '" + id + "' does not exist");
    }

    Status status() {
        return status;
    }
}
