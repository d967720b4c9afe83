package com.clarifai.databricks.it;

import static org.awaitility.Awaitility.await;

import com.clarifai.databricks.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code databricks-connect serve --port}, and the URL that it prints. */
final class ConsoleService implements AutoCloseable {

    private static final Pattern URL = Pattern.compile("(http://localhost:\\d+/)(?:\\?token=(\\S+))?\\s");
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final ConnectProcess process;
    private final String url;
    private final String token;

    private ConsoleService(ConnectProcess process, String url, String token) {
        this.process = process;
        this.url = url;
        this.token = token;
    }

    static ConsoleService start(Path settings) {
        ConnectProcess process = ConnectProcess.start(settings, "serve", "--port", String.valueOf(FreePort.next()));
        await("the address of the console")
                .atMost(START_LIMIT)
                .failFast("the service has ended", () -> !process.isAlive())
                .until(() -> URL.matcher(process.outSoFar()).find());
        Matcher printed = URL.matcher(process.outSoFar());
        printed.find();
        return new ConsoleService(process, printed.group(1), printed.group(2));
    }

    /** Without the token. */
    String url() {
        return url;
    }

    /** Null where users sign in. */
    String token() {
        return token;
    }

    /** The address as it is printed, which signs in. */
    String printedUrl() {
        return url + "?token=" + token;
    }

    @Override
    public void close() {
        process.terminate();
        process.waitFor();
    }
}
