package com.clarifai.databricks.faults;

import java.io.IOException;
import java.net.Socket;
import java.util.Random;

/** What may happen to a connection in the middle of a message. */
enum NetworkFault {
    /** Both sides see the connection end. */
    CUT {
        @Override
        boolean happen(Socket from, Socket to, int millis) {
            return false;
        }
    },
    /** Both sides are told that the other one knows nothing of the connection. */
    RESET {
        @Override
        boolean happen(Socket from, Socket to, int millis) throws IOException {
            from.setSoLinger(true, 0);
            to.setSoLinger(true, 0);
            return false;
        }
    },
    /** The receiver gets the beginning of a message and its end; the sender is told nothing for a while. */
    TRUNCATE {
        @Override
        boolean happen(Socket from, Socket to, int millis) throws IOException {
            to.shutdownOutput();
            pause(millis);
            return false;
        }
    },
    /** Nothing arrives for so long that somebody may have given up. */
    STALL {
        @Override
        int millis(Random random) {
            return 5_000 + random.nextInt(40_000);
        }
    },
    /** Everything takes a little longer. */
    DELAY {
        @Override
        boolean always() {
            return true;
        }

        @Override
        int millis(Random random) {
            return random.nextInt(300);
        }
    },
    /** As over a line around the world that is full: each answer comes two seconds late. */
    LATENCY {
        @Override
        boolean always() {
            return true;
        }

        @Override
        int millis(Random random) {
            return 1_000;
        }
    };

    /** Unless something else does, time passes. @return whether the connection goes on */
    boolean happen(Socket from, Socket to, int millis) throws IOException {
        pause(millis);
        return true;
    }

    /** Whether it happens to each connection and all of its messages. */
    boolean always() {
        return false;
    }

    /** How long it takes, if it does. */
    int millis(Random random) {
        return random.nextInt(1_000);
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
