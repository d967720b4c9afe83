package com.clarifai.databricks.io;

/** An object of a cloud store could not be read. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Whose fault it is. */
    public enum Kind {
        /** There is no such object. */
        GONE,
        /** The object has more bytes than its reader accepts. */
        TOO_LARGE,
        /** The store does not give out this object. */
        REFUSED,
        /** The store could not be reached, or does not work. */
        UNAVAILABLE
    }

    private final Kind kind;

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
