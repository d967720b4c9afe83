package com.clarifai.databricks.databricks;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.OptionalLong;

/** The bytes of a file as they arrive; a call of the client is taken until they are read to their end or closed. */
public final class OpenedFile extends FilterInputStream {

    private final WorkspaceResponse response;
    private final Closeable call;
    private boolean ended;

    OpenedFile(WorkspaceResponse response, Closeable call) {
        super(response.body());
        this.response = response;
        this.call = call;
    }

    /** How many bytes the service says that it has. */
    public OptionalLong length() {
        return response.contentLength();
    }

    @Override
    public int read() throws IOException {
        return ended ? -1 : ended(super.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return ended ? -1 : ended(super.read(bytes, offset, length));
    }

    private int ended(int read) throws IOException {
        if (read < 0) {
            // the end may be asked for again
            ended = true;
            call.close();
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        call.close();
    }
}
