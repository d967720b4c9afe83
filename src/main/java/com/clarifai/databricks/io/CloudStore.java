package com.clarifai.databricks.io;

import java.net.URI;

/** A place of a cloud provider where files are objects with keys; one interface for all providers. */
public interface CloudStore extends AutoCloseable {

    /**
     * Shows that the store answers from here.
     *
     * @throws StoreException {@link StoreException.Kind#UNAVAILABLE} when it does not
     */
    void reach();

    /**
     * The object's bytes.
     *
     * @param key as it is, not encoded
     * @param maxBytes more are not read
     * @param pool lends the memory
     * @throws StoreException saying why not
     */
    PooledBytes read(String key, int maxBytes, BytePool pool);

    /** An address that opens the object to anybody who knows it, for a while: a secret. */
    URI link(String key);

    @Override
    void close();
}
