package com.clarifai.databricks.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A relay on a local port, in front of a service, on which things happen that happen on networks. Which of its connections
 * meet something, and after how many bytes, depends on a seed and on the order of the connections alone.
 */
final class FaultyRelay implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;
    /** Of so many connections one meets something. */
    private static final int ONE_OF = 3;
    /** What is tried again has an end. */
    private static final int MOST_FAULTS = 6;

    private static final double LEAST_BYTES = 50;
    private static final double MOST_BYTES = 100_000;

    private final ServerSocket listener;
    private final URI target;
    private final NetworkFault fault;
    private final Random random;
    private final AtomicInteger faults = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** @param target URL of the service behind it */
    FaultyRelay(String target, NetworkFault fault, long seed) {
        this.target = URI.create(target);
        this.fault = fault;
        random = new Random(seed);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Of the service, through the relay. */
    String url() {
        return target.getScheme() + "://127.0.0.1:" + listener.getLocalPort();
    }

    /** How often something has happened. */
    int faults() {
        return faults.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                sockets.add(client);
                connect(client);
            } catch (IOException e) {
                // the relay is closed
            }
        }
    }

    private void connect(Socket client) {
        long after = fault.always() || random.nextInt(ONE_OF) == 0 ? bytes() : Long.MAX_VALUE;
        boolean answer = random.nextInt(4) != 0;
        int millis = fault.millis(random);
        try {
            Socket service = new Socket(target.getHost(), target.getPort());
            sockets.add(service);
            start(() -> copy(client, service, answer ? Long.MAX_VALUE : after, millis));
            start(() -> copy(service, client, answer ? after : Long.MAX_VALUE, millis));
        } catch (IOException e) {
            // nobody listens behind it: the client sees its connection end
            closeQuietly(client);
        }
    }

    /** Any size of a message is as likely as any other. */
    private long bytes() {
        return fault.always() ? 0 : (long) (LEAST_BYTES * Math.pow(MOST_BYTES / LEAST_BYTES, random.nextDouble()));
    }

    private void copy(Socket from, Socket to, long after, int millis) {
        byte[] buffer = new byte[BUFFER];
        long copied = 0;
        try {
            OutputStream out = to.getOutputStream();
            for (int count; (count = from.getInputStream().read(buffer)) >= 0; copied += count) {
                if (copied + count <= after || !happens()) {
                    out.write(buffer, 0, count);
                } else {
                    out.write(buffer, 0, (int) Math.max(0, after - copied));
                    if (!fault.happen(from, to, millis)) {
                        break;
                    }
                    int sent = (int) Math.max(0, after - copied);
                    out.write(buffer, sent, count - sent);
                    after = fault.always() ? after : Long.MAX_VALUE;
                }
            }
        } catch (IOException e) {
            // one side has ended the connection, which the other one learns
        }
        closeQuietly(from);
        closeQuietly(to);
    }

    private boolean happens() {
        return fault.always() || faults.incrementAndGet() <= MOST_FAULTS;
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "faulty relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closeQuietly(listener);
        sockets.forEach(FaultyRelay::closeQuietly);
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // it is gone
        }
    }
}
