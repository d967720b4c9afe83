package com.clarifai.databricks.transfer;

import com.clarifai.databricks.databricks.VolumePath;

/** The way in which the pictures of one volume get to Clarifai. Safe for use by several threads. */
public interface Transfer extends AutoCloseable {

    /** Never {@link TransferMode#auto}. */
    TransferMode mode();

    /**
     * @param maxBytes more are not read
     * @throws com.clarifai.databricks.databricks.DatabricksException when the workspace does not give it out
     * @throws com.clarifai.databricks.io.StoreException when the cloud store does not
     */
    Picture get(VolumePath path, int maxBytes);

    /** The mode in one line, and why it is this one. */
    String description();

    @Override
    default void close() {}
}
