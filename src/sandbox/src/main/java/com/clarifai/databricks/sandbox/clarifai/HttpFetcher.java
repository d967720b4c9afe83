package com.clarifai.databricks.sandbox.clarifai;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.clarifai.grpc.api.status.StatusCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;

/** Downloads over http and https without credentials; the whole download must end within the time-out. */
public final class HttpFetcher implements Fetcher {

    private static final int BUFFER = 64 * 1024;

    private final Duration timeout;
    private final HttpClient client;
    private final ScheduledExecutorService watchdogs = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "clarifai-fetch-watchdog");
        thread.setDaemon(true);
        return thread;
    });

    public HttpFetcher(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    @Override
    public void fetch(URI url, Path target, long maxBytes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url).timeout(timeout).build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new FetchException(StatusCode.INPUT_CONNECTION_FAILED, "no answer from " + url.getHost());
        }
        try (InputStream body = response.body()) {
            check(response.statusCode());
            // the client's own time-out ends with the headers: closing the body wakes up a stalled read
            ScheduledFuture<?> watchdog = watchdogs.schedule(() -> stop(body), timeout.toMillis(), MILLISECONDS);
            try {
                copy(body, target, maxBytes);
            } finally {
                watchdog.cancel(false);
            }
        }
    }

    private static void check(int status) throws FetchException {
        StatusCode code =
                switch (status) {
                    case 200 -> null;
                    case 401, 403 -> StatusCode.INPUT_PERMISSION_DENIED;
                    case 404, 410 -> StatusCode.INPUT_DOES_NOT_EXIST;
                    default -> status >= 500 ? StatusCode.INPUT_STORAGE_HOST_FAILED : StatusCode.INPUT_DOWNLOAD_FAILED;
                };
        if (code != null) {
            throw new FetchException(code, "the URL answered with HTTP status " + status);
        }
    }

    private static void copy(InputStream body, Path target, long maxBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[BUFFER];
            long total = 0;
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                total += read;
                if (total > maxBytes) {
                    throw new FetchException(StatusCode.INPUT_OVER_LIMIT, "more than " + maxBytes + " bytes");
                }
                out.write(buffer, 0, read);
            }
        } catch (FetchException e) {
            throw e;
        } catch (IOException e) {
            throw new FetchException(StatusCode.INPUT_CONNECTION_FAILED, "the download broke off or took too long");
        }
    }

    private static void stop(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            System.getLogger(HttpFetcher.class.getName()).log(System.Logger.Level.DEBUG, "closing a late download", e);
        }
    }

    @Override
    public void close() {
        watchdogs.shutdownNow();
    }
}
