package com.clarifai.databricks.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A relay on a local port that forgets connections as a gateway for address translation does: nobody is told, and what
 * is sent on them arrives nowhere.
 */
public final class ForgetfulGateway implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final URI target;
    private final Duration patience;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();

    /** Forgets when it is told to. */
    public ForgetfulGateway(String target) {
        this(target, Duration.ofDays(1));
    }

    /**
     * @param target URL of the service behind it
     * @param patience a connection that has been silent for longer is forgotten
     */
    public ForgetfulGateway(String target, Duration patience) {
        this.target = URI.create(target);
        this.patience = patience;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("accept", this::accept);
    }

    /** Of the service, through the relay. */
    public String url() {
        return target.getScheme() + "://localhost:" + listener.getLocalPort();
    }

    /** Forgets the connections that there are; new ones are welcome. */
    public void forget() {
        connections.forEach(connection -> connection.forgotten = true);
    }

    /** Of all that there were. */
    public int connections() {
        return connections.size();
    }

    public int openConnections() {
        return (int) connections.stream()
                .filter(connection -> !connection.client.isClosed())
                .count();
    }

    /** Connections on which something was sent after they had been forgotten. */
    public long usedAfterForgotten() {
        return connections.stream()
                .filter(connection -> connection.usedAfterForgotten)
                .count();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Connection connection = new Connection(client, new Socket(target.getHost(), target.getPort()));
                connections.add(connection);
                start("to service", () -> connection.copy(connection.client, connection.service));
                start("to client", () -> connection.copy(connection.service, connection.client));
            } catch (IOException e) {
                // closed, or nobody listens behind it: the client sees its connection end
            }
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, "gateway: " + name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        connections.forEach(Connection::close);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // it is gone
        }
    }

    private final class Connection {

        private final Socket client;
        private final Socket service;
        private volatile long lastByte = System.nanoTime();
        private volatile boolean forgotten;
        private volatile boolean usedAfterForgotten;

        Connection(Socket client, Socket service) {
            this.client = client;
            this.service = service;
        }

        void copy(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER];
            try {
                for (int count; (count = from.getInputStream().read(buffer)) >= 0; ) {
                    long now = System.nanoTime();
                    forgotten |= now - lastByte > patience.toNanos();
                    lastByte = now;
                    if (forgotten) {
                        usedAfterForgotten |= from == client;
                    } else {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                }
            } catch (IOException e) {
                // reset by one side, which the other one learns
            }
            if (from == client || !forgotten) {
                close();
            }
        }

        void close() {
            closeQuietly(client);
            closeQuietly(service);
        }
    }
}
