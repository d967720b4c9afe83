package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.StatusCode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;

/** Rules for requests that carry many items. */
final class Batch {

    private Batch() {}

    static void checkSize(String items, int count, ClarifaiOptions.Limits limits) {
        if (count == 0) {
            throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "no " + items + " in the request");
        }
        checkMost(items, count, limits);
    }

    static void checkMost(String items, int count, ClarifaiOptions.Limits limits) {
        if (count > limits.inputsPerRequest()) {
            throw new Refusal(
                    StatusCode.CONN_INVALID_REQUEST,
                    count + " " + items + " in one request, at most " + limits.inputsPerRequest() + " are allowed");
        }
    }

    static void checkId(String kind, String id) {
        if (!Ids.isValid(id)) {
            throw new Refusal(StatusCode.CONN_INVALID_REQUEST, kind + " id '" + id + "' " + Ids.RULE);
        }
    }

    static <T> void checkDistinct(Collection<T> items, Function<T, String> id) {
        Set<String> seen = new HashSet<>();
        for (T item : items) {
            if (!seen.add(id.apply(item))) {
                throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "id '" + id.apply(item) + "' stands twice in it");
            }
        }
    }

    static void checkOverwrite(String action) {
        if (!action.equals("overwrite")) {
            throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "the only action here is overwrite");
        }
    }
}
