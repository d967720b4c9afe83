package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** Downloads the images that are posted by URL. */
@FunctionalInterface
public interface Fetcher extends AutoCloseable {

    /** A download that failed, with the status that the input gets. */
    final class FetchException extends IOException {

        private static final long serialVersionUID = 1L;

        private final StatusCode code;

        public FetchException(StatusCode code, String message) {
            super(message);
            this.code = code;
        }

        public StatusCode code() {
            return code;
        }
    }

    /**
     * Writes what the URL stands for to a new file.
     *
     * @param maxBytes size beyond which the download is given up with {@code INPUT_OVER_LIMIT}
     */
    void fetch(URI url, Path target, long maxBytes) throws FetchException, IOException, InterruptedException;

    @Override
    default void close() {}
}
