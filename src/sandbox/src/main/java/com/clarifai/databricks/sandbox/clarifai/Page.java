package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.StatusCode;

/** One page of a list: {@code size} items after {@code offset}. */
record Page(long offset, int size) {

    /** The fields {@code page} (from 1) and {@code per_page} of a request, 0 = not given. */
    static Page of(int page, int perPage, ClarifaiOptions.Limits limits) {
        if (page < 0 || perPage < 0 || perPage > limits.maxPageSize()) {
            throw new Refusal(
                    StatusCode.CONN_INVALID_REQUEST,
                    "page starts at 1, per_page must be between 1 and " + limits.maxPageSize());
        }
        int size = perPage == 0 ? limits.defaultPageSize() : perPage;
        return new Page(Math.max(0L, page - 1L) * size, size);
    }
}
