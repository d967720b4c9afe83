package com.clarifai.databricks.databricks;

/** A file has more bytes than its reader accepts. */
public final class FileTooLargeException extends DatabricksException {

    FileTooLargeException(VolumePath path, long maxBytes) {
        super(Kind.INVALID, WorkspaceCall.READ_FILE, path + " has more than the " + maxBytes + " bytes allowed");
    }
}
