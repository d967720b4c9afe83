package com.clarifai.databricks.databricks;

import com.clarifai.databricks.model.Rejection;

/** A file has more bytes than its reader accepts. */
public final class FileTooLargeException extends DatabricksException {

    FileTooLargeException(VolumePath path, long maxBytes) {
        super(Kind.INVALID, WorkspaceCall.READ_FILE, Rejection.tooLarge(path, maxBytes));
    }
}
