package com.clarifai.databricks.databricks;

/** A file has more bytes than its reader accepts. */
public final class FileTooLargeException extends DatabricksException {

    FileTooLargeException(VolumePath path, long maxBytes) {
        super(Kind.INVALID, path + " has more than the " + maxBytes + " bytes allowed");
    }
}
