package com.clarifai.databricks.benchmark;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.V2Grpc;
import com.google.common.collect.Lists;
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
 * The least that a flow can be: a loop that does nothing but the same calls, four at a time as the application does, and at
 * the same rate. An import posts the same batches; with pictures, these are downloaded before, as many at a time as the
 * application may. A dataset is listed, and the annotations of its inputs.
 */
final class Floor {

    private static final int BATCH = 128;
    private static final int BATCHES = 4;
    private static final int DOWNLOADS = 32;
    private static final int PAGE = 1000;

    private enum Kind {
        POST("posts the same batches"),
        DOWNLOAD_AND_POST("downloads and posts the same batches"),
        LIST("lists the same inputs and annotations");

        private final String does;

        Kind(String does) {
            this.does = does;
        }
    }

    private final Load load;
    private final boolean pictures;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService downloads = Executors.newFixedThreadPool(DOWNLOADS);
    private final Kind kind;
    private long next = System.nanoTime();

    private Floor(Load load, Kind kind) {
        this.load = load;
        this.kind = kind;
        this.pictures = kind == Kind.DOWNLOAD_AND_POST;
    }

    /** Measures the floor of a flow and prints it; nothing for a flow that has none. */
    static void print(String flow, Load load) throws Exception {
        Kind kind =
                switch (flow) {
                    case "csv", "delta", "by-url" -> Kind.POST;
                    case "volume" -> Kind.DOWNLOAD_AND_POST;
                    case "export", "update" -> Kind.LIST;
                    default -> null;
                };
        if (kind != null) {
            try (StandIns standIns = new StandIns(load)) {
                double seconds = new Floor(load, kind).run(standIns);
                System.out.printf(
                        Locale.ROOT,
                        "    floor: a bare loop that %s: %.1f s, %.0f inputs/s%n",
                        kind.does,
                        seconds,
                        load.inputs() / seconds);
            }
        }
    }

    /** Seconds. */
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
        int step = kind == Kind.LIST ? PAGE : BATCH;
        for (int first = 0; first < load.inputs(); first += step) {
            int from = first;
            threads.execute(() -> {
                try {
                    if (kind == Kind.LIST) {
                        list(stub, from / PAGE + 1);
                        return;
                    }
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
        return seconds;
    }

    private void list(V2Grpc.V2BlockingStub stub, int page) {
        pace();
        List<String> ids = stub
                .listDatasetInputs(ListDatasetInputsRequest.newBuilder()
                        .setPage(page)
                        .setPerPage(PAGE)
                        .build())
                .getDatasetInputsList()
                .stream()
                .map(member -> member.getInput().getId())
                .toList();
        for (List<String> batch : Lists.partition(ids, BATCH)) {
            pace();
            stub.listAnnotations(ListAnnotationsRequest.newBuilder()
                    .addAllInputIds(batch)
                    .setPage(1)
                    .setPerPage(PAGE)
                    .build());
        }
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
