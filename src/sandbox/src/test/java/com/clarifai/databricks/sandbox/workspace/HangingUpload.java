package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** An upload that announces a body and never sends all of it. */
record HangingUpload(Socket socket) implements AutoCloseable {

    static HangingUpload start(RunningWorkspace workspace, String path) throws IOException {
        URI uri = workspace.uri(path);
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        String head = "PUT " + path + " HTTP/1.1\r\nHost: " + uri.getAuthority() + "\r\nAuthorization: Bearer "
                + RunningWorkspace.TOKEN + "\r\nContent-Length: 100\r\n\r\nonly the beginning";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        return new HangingUpload(socket);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
