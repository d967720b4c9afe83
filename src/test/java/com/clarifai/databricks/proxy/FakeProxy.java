package com.clarifai.databricks.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * A proxy that knows names which nobody can resolve, {@code *.test.internal}, and leads them to this machine; other
 * targets it refuses with 403. Remembers what it let through.
 */
public final class FakeProxy implements AutoCloseable {

    private final ServerSocket listener;
    private final String authorization;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> targets = new CopyOnWriteArrayList<>();

    /** Lets anybody through. */
    public FakeProxy() {
        this(null);
    }

    /** @param authorization the only {@code Proxy-Authorization} that it takes; null for any, and for none */
    public FakeProxy(String authorization) {
        this.authorization = authorization;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    /** The hosts that were let through, one for each tunnel and each request. */
    public List<String> targets() {
        return targets;
    }

    /** The same service by a name that only a proxy knows. */
    public static String named(String name, String url) {
        URI local = URI.create(url);
        return local.getScheme() + "://" + name + ".test.internal:" + local.getPort() + local.getRawPath();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException | RejectedExecutionException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = head(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String[] request = head.lines().findFirst().orElseThrow().split(" ");
            boolean tunnel = request[0].equals("CONNECT");
            URI target = URI.create(tunnel ? "any://" + request[1] : request[1]);
            if (authorization != null
                    && !head.contains("Proxy-Authorization: " + authorization + "\r\n")
                    && !head.contains("proxy-authorization: " + authorization + "\r\n")) {
                answer(client, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"test\"\r\n");
            } else if (!target.getHost().endsWith(".test.internal")) {
                answer(client, "403 Forbidden", "");
            } else {
                targets.add(target.getHost());
                forward(client, target, tunnel, head);
            }
        } catch (IOException e) {
            // one side has gone
        }
    }

    private void forward(Socket client, URI target, boolean tunnel, String head) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target.getPort())) {
            if (tunnel) {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } else {
                String path = target.getRawPath() + (target.getRawQuery() == null ? "" : "?" + target.getRawQuery());
                String own = head.replace(target.toString(), path)
                        .replaceAll("(?i)(proxy-authorization|proxy-connection|connection):.*\r\n", "")
                        .replaceFirst("\r\n", "\r\nConnection: close\r\n");
                server.getOutputStream().write(own.getBytes(StandardCharsets.US_ASCII));
            }
            threads.execute(() -> copy(client, server));
            if (!tunnel) {
                String answer = closing(head(server.getInputStream()));
                client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            }
            copy(server, client);
        }
    }

    /** One request a connection. */
    private static String closing(String head) {
        return head.replaceFirst("\r\n", "\r\nConnection: close\r\n");
    }

    /** All lines to the empty one. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            if (b == '\n' && head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.US_ASCII);
            }
        }
        return "";
    }

    /** Takes what is still coming: to close before would reset the connection, and the answer might be lost. */
    private static void answer(Socket client, String status, String header) throws IOException {
        String text = "HTTP/1.1 " + status + "\r\n" + header + "Content-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void copy(Socket from, Socket to) {
        try {
            OutputStream out = to.getOutputStream();
            from.getInputStream().transferTo(out);
            to.shutdownOutput();
        } catch (IOException e) {
            // one side has gone, and so does the other
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
