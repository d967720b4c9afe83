package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.databricks.sandbox.Traffic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Gives each test a fast server of its own, without rate limit, and a client of it. */
abstract class ClarifaiTest {

    @TempDir
    Path dataDir;

    final Traffic traffic = new Traffic();
    ClarifaiServer server;
    ClarifaiClient client;

    @BeforeEach
    void startServer() throws IOException {
        server = ClarifaiServer.start(options(), traffic);
        client = new ClarifaiClient(server, options().pat());
    }

    @AfterEach
    void stopServer() {
        client.close();
        server.close();
    }

    ClarifaiOptions options() {
        return ClarifaiOptions.defaults(dataDir).withRateLimit(0).withProcessingDelay(Duration.ofMillis(20));
    }
}
