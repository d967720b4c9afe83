package com.clarifai.databricks.benchmark;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.GetInputsAddJobRequest;
import com.clarifai.grpc.api.HitCount;
import com.clarifai.grpc.api.HostedURL;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.ImageInfo;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.InputsAddJobProgress;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.SingleAppResponse;
import com.clarifai.grpc.api.SingleDatasetResponse;
import com.clarifai.grpc.api.SingleInputsAddJobResponse;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Timestamp;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A Clarifai that costs almost nothing an input: it keeps the id, the time and the job of what is posted, and looks at no
 * picture. It has the limits, the codes and the delays of the real one, and a dataset that is made up while it is listed.
 */
final class DryClarifai extends V2Grpc.V2ImplBase implements AutoCloseable {

    private static final int MOST = 128;
    private static final int MOST_LISTED = 1000;
    private static final int MAX_REQUEST = 128 * 1024 * 1024;
    /** When everything in the dataset was made. */
    static final long CREATED_SECONDS = System.currentTimeMillis() / 1000 - 60;

    private static final Timestamp CREATED =
            Timestamp.newBuilder().setSeconds(CREATED_SECONDS).build();

    /** When some of it was changed. */
    private static final Timestamp CHANGED =
            Timestamp.newBuilder().setSeconds(CREATED_SECONDS + 30).build();

    private record Posted(String id, String url, long atMillis, String job) {}

    private final Load load;
    private final Traffic traffic;
    private final String images;
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(2);
    private final Server server;
    private final Deque<Long> accepted = new ArrayDeque<>();
    private final List<Posted> inputs = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, List<Posted>> jobs = new HashMap<>();

    /** @param images address of the folder in which the images of the dataset are hosted */
    DryClarifai(Load load, Traffic traffic, String images) {
        this.load = load;
        this.images = images;
        this.traffic = traffic;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .maxInboundMessageSize(MAX_REQUEST)
                    .addService(this)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://localhost:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        scheduler.shutdownNow();
    }

    private <R> void answer(
            String call, StreamObserver<R> observer, Function<Status, R> refused, Function<Status, R> answer) {
        R response;
        if (takes()) {
            traffic.saw(call);
            response = answer.apply(status(StatusCode.SUCCESS));
        } else {
            traffic.saw("throttled");
            response = refused.apply(status(StatusCode.CONN_THROTTLED));
        }
        scheduler.schedule(
                () -> {
                    observer.onNext(response);
                    observer.onCompleted();
                },
                load.latencyMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** So many in any one second. */
    private boolean takes() {
        if (load.requestsPerSecond() == 0) {
            return true;
        }
        synchronized (accepted) {
            long now = System.nanoTime();
            // a twentieth of the second for what a request is held up on its way
            while (!accepted.isEmpty() && now - accepted.peekFirst() >= 950_000_000L) {
                accepted.removeFirst();
            }
            if (accepted.size() >= load.requestsPerSecond()) {
                return false;
            }
            accepted.addLast(now);
            return true;
        }
    }

    private static Status status(StatusCode code) {
        return Status.newBuilder().setCode(code).setDescription(code.name()).build();
    }

    @Override
    public void getApp(GetAppRequest request, StreamObserver<SingleAppResponse> observer) {
        Function<Status, SingleAppResponse> answer = status -> SingleAppResponse.newBuilder()
                .setStatus(status)
                .setApp(App.newBuilder()
                        .setId(request.getUserAppId().getAppId())
                        .setUserId("bench"))
                .build();
        answer("GetApp", observer, answer, answer);
    }

    @Override
    public void getDataset(GetDatasetRequest request, StreamObserver<SingleDatasetResponse> observer) {
        Function<Status, SingleDatasetResponse> answer = status -> SingleDatasetResponse.newBuilder()
                .setStatus(status)
                .setDataset(Dataset.newBuilder().setId(request.getDatasetId()))
                .build();
        answer("GetDataset", observer, answer, answer);
    }

    private static MultiInputResponse refusedInputs(Status status) {
        return MultiInputResponse.newBuilder().setStatus(status).build();
    }

    @Override
    public void postInputs(PostInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        if (request.getInputsCount() > MOST) {
            throw new IllegalArgumentException(request.getInputsCount() + " inputs in a request");
        }
        answer("PostInputs", observer, DryClarifai::refusedInputs, status -> post(request));
    }

    private MultiInputResponse post(PostInputsRequest request) {
        MultiInputResponse.Builder answer = MultiInputResponse.newBuilder();
        boolean mixed = false;
        long now = System.currentTimeMillis();
        synchronized (inputs) {
            for (Input input : request.getInputsList()) {
                if (places.containsKey(input.getId())) {
                    mixed = true;
                    answer.addInputsBuilder()
                            .setId(input.getId())
                            .setStatus(status(StatusCode.INPUT_INVALID_ARGUMENT).toBuilder()
                                    .setDetails("Input has a duplicate ID."));
                    continue;
                }
                Posted posted = new Posted(
                        input.getId(), input.getData().getImage().getUrl(), now, request.getInputsAddJobId());
                places.put(posted.id(), inputs.size());
                inputs.add(posted);
                jobs.computeIfAbsent(posted.job(), job -> new ArrayList<>()).add(posted);
                answer.addInputs(input(posted, now));
            }
        }
        return answer.setStatus(status(mixed ? StatusCode.MIXED_STATUS : StatusCode.SUCCESS))
                .build();
    }

    private Input input(Posted posted, long now) {
        boolean done = isDone(posted, now);
        ImageInfo.Builder info = done
                ? ImageInfo.newBuilder()
                        .setWidth(640)
                        .setHeight(480)
                        .setFormat("GIF")
                        .setColorMode("RGB")
                : ImageInfo.newBuilder().setFormat("UnknownImageFormat");
        Timestamp at = Timestamp.newBuilder()
                .setSeconds(posted.atMillis() / 1000)
                .setNanos((int) (posted.atMillis() % 1000) * 1_000_000)
                .build();
        return Input.newBuilder()
                .setId(posted.id())
                .setCreatedAt(at)
                .setModifiedAt(at)
                .setData(Data.newBuilder()
                        .setImage(Image.newBuilder().setUrl(posted.url()).setImageInfo(info)))
                .setStatus(status(done ? StatusCode.INPUT_DOWNLOAD_SUCCESS : StatusCode.INPUT_DOWNLOAD_PENDING))
                .build();
    }

    private boolean isDone(Posted posted, long now) {
        return now - posted.atMillis() >= load.processingMillis();
    }

    @Override
    public void listInputs(ListInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        if (request.getIdsCount() > MOST || request.getPerPage() > MOST_LISTED) {
            throw new IllegalArgumentException(request.getIdsCount() + " ids, page " + request.getPerPage());
        }
        answer("ListInputs", observer, DryClarifai::refusedInputs, status -> {
            List<Integer> found = new ArrayList<>();
            synchronized (inputs) {
                if (request.getIdsCount() > 0) {
                    request.getIdsList().stream()
                            .map(places::get)
                            .filter(place -> place != null)
                            .forEach(found::add);
                } else {
                    int first = inputs.size() - 1 - (request.getPage() - 1) * request.getPerPage();
                    for (int i = first; i >= 0 && i > first - request.getPerPage(); i--) {
                        found.add(i);
                    }
                }
                return listed(status, found);
            }
        });
    }

    @Override
    public void streamInputs(StreamInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        if (request.getOrderById() || request.getPerPage() > MOST_LISTED) {
            throw new IllegalArgumentException("not made for this: " + request);
        }
        answer("StreamInputs", observer, DryClarifai::refusedInputs, status -> {
            synchronized (inputs) {
                int after = request.getLastId().isEmpty()
                        ? request.getDescending() ? inputs.size() : -1
                        : places.get(request.getLastId());
                int step = request.getDescending() ? -1 : 1;
                return listed(
                        status,
                        IntStream.iterate(after + step, i -> i + step)
                                .limit(request.getPerPage())
                                .takeWhile(i -> i >= 0 && i < inputs.size())
                                .boxed()
                                .toList());
            }
        });
    }

    private MultiInputResponse listed(Status status, List<Integer> found) {
        long now = System.currentTimeMillis();
        MultiInputResponse.Builder answer = MultiInputResponse.newBuilder().setStatus(status);
        found.forEach(place -> answer.addInputs(input(inputs.get(place), now)));
        return answer.build();
    }

    @Override
    public void getInputsAddJob(GetInputsAddJobRequest request, StreamObserver<SingleInputsAddJobResponse> observer) {
        answer(
                "GetInputsAddJob",
                observer,
                status -> SingleInputsAddJobResponse.newBuilder()
                        .setStatus(status)
                        .build(),
                status -> {
                    long now = System.currentTimeMillis();
                    int done = 0;
                    int all;
                    synchronized (inputs) {
                        List<Posted> job = jobs.getOrDefault(request.getId(), List.of());
                        all = job.size();
                        for (Posted posted : job) {
                            done += isDone(posted, now) ? 1 : 0;
                        }
                    }
                    return SingleInputsAddJobResponse.newBuilder()
                            .setStatus(status)
                            .setInputsAddJob(InputsAddJob.newBuilder()
                                    .setId(request.getId())
                                    .setStatus(status(done == all ? StatusCode.JOB_COMPLETED : StatusCode.JOB_RUNNING))
                                    .setProgress(InputsAddJobProgress.newBuilder()
                                            .setSuccessCount(done)
                                            .setInProgressCount(all - done)))
                            .build();
                });
    }

    @Override
    public void postInputsSearches(PostInputsSearchesRequest request, StreamObserver<MultiSearchResponse> observer) {
        Function<Status, MultiSearchResponse> answer = status -> MultiSearchResponse.newBuilder()
                .setStatus(status)
                .addHitCounts(HitCount.newBuilder().setEstimatedTotal(load.inputs()))
                .build();
        answer("PostInputsSearches", observer, answer, answer);
    }

    @Override
    public void listDatasetInputs(
            ListDatasetInputsRequest request, StreamObserver<MultiDatasetInputResponse> observer) {
        int size = request.getPerPage();
        int first = (request.getPage() - 1) * size;
        answer(
                "ListDatasetInputs",
                observer,
                status ->
                        MultiDatasetInputResponse.newBuilder().setStatus(status).build(),
                status -> MultiDatasetInputResponse.newBuilder()
                        .setStatus(status)
                        .addAllDatasetInputs(list(first, Math.min(load.inputs(), first + size), this::member))
                        .build());
    }

    private static <T> List<T> list(int from, int to, IntFunction<T> item) {
        return IntStream.range(from, Math.max(from, to)).mapToObj(item).toList();
    }

    private static String id(int number) {
        return "input-" + number;
    }

    private DatasetInput member(int number) {
        return DatasetInput.newBuilder()
                .setCreatedAt(CREATED)
                .setInput(Input.newBuilder()
                        .setId(id(number))
                        .setCreatedAt(CREATED)
                        .setModifiedAt(number < load.changes() && !traffic.isFirstRun() ? CHANGED : CREATED)
                        .setStatus(status(StatusCode.INPUT_DOWNLOAD_SUCCESS))
                        .setData(Data.newBuilder()
                                .addConcepts(concept())
                                .setImage(Image.newBuilder()
                                        .setUrl(images + "/orig/" + number)
                                        .setHosted(HostedURL.newBuilder()
                                                .setPrefix(images)
                                                .setSuffix(String.valueOf(number))
                                                .addSizes("orig"))
                                        .setImageInfo(ImageInfo.newBuilder()
                                                .setWidth(640)
                                                .setHeight(480)
                                                .setFormat("GIF")
                                                .setColorMode("RGB")))))
                .build();
    }

    private static Concept concept() {
        return Concept.newBuilder()
                .setId("cat")
                .setName("cat")
                .setValue(1)
                .setAppId("bench")
                .build();
    }

    @Override
    public void listAnnotations(ListAnnotationsRequest request, StreamObserver<MultiAnnotationResponse> observer) {
        if (request.getInputIdsCount() > MOST) {
            throw new IllegalArgumentException(request.getInputIdsCount() + " ids");
        }
        int each = load.annotations();
        int first = (request.getPage() - 1) * request.getPerPage();
        int to = Math.min(request.getInputIdsCount() * each, first + request.getPerPage());
        answer(
                "ListAnnotations",
                observer,
                status -> MultiAnnotationResponse.newBuilder().setStatus(status).build(),
                status -> MultiAnnotationResponse.newBuilder()
                        .setStatus(status)
                        .addAllAnnotations(list(
                                first, to, number -> annotation(request.getInputIds(number / each), number % each)))
                        .build());
    }

    private static Annotation annotation(String input, int number) {
        Annotation.Builder annotation = Annotation.newBuilder()
                .setId(input + "-" + number)
                .setInputId(input)
                .setUserId("bench")
                .setCreatedAt(CREATED)
                .setModifiedAt(CREATED)
                .setStatus(status(StatusCode.ANNOTATION_SUCCESS));
        annotation
                .getDataBuilder()
                .addRegionsBuilder()
                .setId("r")
                .setData(Data.newBuilder().addConcepts(concept()))
                .getRegionInfoBuilder()
                .getBoundingBoxBuilder()
                .setTopRow(0.1f)
                .setLeftCol(0.2f)
                .setBottomRow(0.5f)
                .setRightCol(0.6f);
        return annotation.build();
    }
}
