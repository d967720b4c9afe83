package com.clarifai.databricks.transfer;

import com.clarifai.databricks.io.PooledBytes;
import java.net.URI;

/**
 * A picture on its way to Clarifai: its bytes, or where Clarifai can get them.
 *
 * @param link a secret, as whoever has it can read the picture; null when there are bytes
 */
public record Picture(PooledBytes bytes, URI link) {

    static Picture of(PooledBytes bytes) {
        return new Picture(bytes, null);
    }

    static Picture at(URI link) {
        return new Picture(null, link);
    }

    /** Without the address. */
    @Override
    public String toString() {
        return bytes == null ? "a picture elsewhere" : bytes.toString();
    }
}
