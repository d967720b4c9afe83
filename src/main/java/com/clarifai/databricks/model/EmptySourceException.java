package com.clarifai.databricks.model;

/** A file holds nothing: an error when it was asked for by name, and no rows where programs leave such parts behind. */
public final class EmptySourceException extends UnreadableSourceException {

    private static final long serialVersionUID = 1L;

    private final long bytes;

    /** @param bytes how many there were all the same: of blank lines, or of what is compressed */
    public EmptySourceException(String message, long bytes) {
        super(message);
        this.bytes = bytes;
    }

    public long bytes() {
        return bytes;
    }
}
