package com.clarifai.databricks.benchmark;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.V2Grpc;
import com.google.protobuf.UnsafeByteOperations;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The least that an import can be: a loop that posts the same batches and does nothing else, four at a time as the
 * application does, and at the same rate. With pictures, these are downloaded before, as many at a time as the application may.
 */
final class Floor {

    private static final int BATCH = 128;
    private static final int BATCHES = 4;
    private static final int DOWNLOADS = 32;

    private final Load load;
    private final boolean pictures;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService downloads = Executors.newFixedThreadPool(DOWNLOADS);
    private long next = System.nanoTime();

    private Floor(Load load, boolean pictures) {
        this.load = load;
        this.pictures = pictures;
    }

    /** Inputs per second. */
    static double measure(Load load, boolean pictures) throws Exception {
        try (StandIns standIns = new StandIns(load)) {
            return new Floor(load, pictures).run(standIns);
        }
    }

    private double run(StandIns standIns) throws Exception {
        URI clarifai = URI.create(standIns.settings().get("clarifai.base-url"));
        String files = standIns.settings().get("databricks.host") + "/api/2.0/fs/files" + DryWorkspace.FOLDER + "/";
        ManagedChannel channel = NettyChannelBuilder.forAddress(clarifai.getHost(), clarifai.getPort())
                .usePlaintext()
                .build();
        V2Grpc.V2BlockingStub stub = V2Grpc.newBlockingStub(channel);
        ExecutorService threads = Executors.newFixedThreadPool(BATCHES);
        AtomicReference<Exception> failure = new AtomicReference<>();
        long began = System.nanoTime();
        for (int first = 0; first < load.inputs(); first += BATCH) {
            int from = first;
            threads.execute(() -> {
                try {
                    PostInputsRequest request = batch(from, files);
                    pace();
                    stub.postInputs(request);
                } catch (Exception e) {
                    failure.set(e);
                }
            });
        }
        threads.shutdown();
        threads.awaitTermination(1, TimeUnit.HOURS);
        double seconds = (System.nanoTime() - began) / 1e9;
        channel.shutdownNow();
        downloads.shutdown();
        if (failure.get() != null) {
            throw failure.get();
        }
        return load.inputs() / seconds;
    }

    private PostInputsRequest batch(int first, String files) throws Exception {
        PostInputsRequest.Builder request = PostInputsRequest.newBuilder().setInputsAddJobId("floor");
        List<Future<byte[]>> read = new ArrayList<>();
        for (int i = first; pictures && i < Math.min(load.inputs(), first + BATCH); i++) {
            String url = files + String.format(Locale.ROOT, "photo-%08d.gif", i);
            read.add(downloads.submit(() -> download(url)));
        }
        for (int i = first; i < Math.min(load.inputs(), first + BATCH); i++) {
            Image.Builder image = Image.newBuilder();
            if (pictures) {
                image.setBase64(
                        UnsafeByteOperations.unsafeWrap(read.get(i - first).get()));
            } else {
                image.setUrl("https://images.invalid/" + i + ".jpg");
            }
            request.addInputs(Input.newBuilder()
                    .setId("floor-" + i)
                    .setData(Data.newBuilder().setImage(image)));
        }
        return request.build();
    }

    private byte[] download(String url) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofByteArray())
                .body();
    }

    private void pace() {
        if (load.requestsPerSecond() == 0) {
            return;
        }
        long mine;
        synchronized (this) {
            mine = Math.max(next, System.nanoTime());
            next = mine + TimeUnit.SECONDS.toNanos(1) / load.requestsPerSecond();
        }
        LockSupport.parkNanos(mine - System.nanoTime());
    }
}
