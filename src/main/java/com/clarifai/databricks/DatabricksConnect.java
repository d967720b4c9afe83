package com.clarifai.databricks;

import com.clarifai.databricks.cli.CommandLineRunner;
import com.clarifai.databricks.cli.RunInHand;
import com.clarifai.databricks.proxy.JavaTunnels;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The application's entry point. */
public final class DatabricksConnect {

    private static final String IDLE_SECONDS = "jdk.httpclient.keepalive.timeout";

    /** No exit code of the command line's own: its class may be the one that cannot be loaded. */
    private static final int FAILED = 1;

    private DatabricksConnect() {}

    public static void main(String[] args) {
        run(Signals.LIMIT, args);
    }

    /** @param stopLimit how long what is in hand may take after a signal */
    static void run(Duration stopLimit, String... args) {
        // before the first java.util.logging logger: the JDBC driver and gRPC log through it
        System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
        // picocli would load Groovy, for annotations that have closures, at a sixth of the time of each start
        System.setProperty("picocli.disable.closures", "true");
        closeIdleConnections();
        JavaTunnels.takePasswords();
        Signals.handle(stopLimit, RunInHand::describe);
        CountDownLatch reported = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(reported), "report"));
        int exitCode = FAILED;
        try {
            exitCode = CommandLineRunner.run(args);
        } catch (LinkageError e) {
            System.err.println("error: a class of the application cannot be loaded (" + e + "): the folder lib/ is not"
                    + " whole, or this process may not open enough files, of which it needs some 300 (ulimit -n)");
        } catch (Error e) {
            e.printStackTrace();
        } finally {
            reported.countDown();
        }
        // whatever threads are left
        System.exit(exitCode);
    }

    /** Before gateways forget them; Java 17 would use a connection again that has been idle for 20 minutes. */
    private static void closeIdleConnections() {
        if (System.getProperty(IDLE_SECONDS) == null) {
            System.setProperty(IDLE_SECONDS, "30");
        }
    }

    /** After a signal the process ends when its shutdown hooks have: not before the command has said how it ended. */
    private static void await(CountDownLatch reported) {
        try {
            reported.await(2, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
