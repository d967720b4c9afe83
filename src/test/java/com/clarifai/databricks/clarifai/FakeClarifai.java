package com.clarifai.databricks.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.App;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Dataset;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.DeleteDatasetsRequest;
import com.clarifai.grpc.api.DeleteInputsRequest;
import com.clarifai.grpc.api.Filter;
import com.clarifai.grpc.api.GetAppRequest;
import com.clarifai.grpc.api.GetDatasetInputRequest;
import com.clarifai.grpc.api.GetDatasetRequest;
import com.clarifai.grpc.api.GetInputsAddJobRequest;
import com.clarifai.grpc.api.GetUserRequest;
import com.clarifai.grpc.api.Hit;
import com.clarifai.grpc.api.HitCount;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.InputsAddJobProgress;
import com.clarifai.grpc.api.ListAnnotationsRequest;
import com.clarifai.grpc.api.ListAppsRequest;
import com.clarifai.grpc.api.ListDatasetInputsRequest;
import com.clarifai.grpc.api.ListDatasetsRequest;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiAnnotationResponse;
import com.clarifai.grpc.api.MultiAppResponse;
import com.clarifai.grpc.api.MultiDatasetInputResponse;
import com.clarifai.grpc.api.MultiDatasetResponse;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.MultiSearchResponse;
import com.clarifai.grpc.api.Pagination;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostAnnotationsRequest;
import com.clarifai.grpc.api.PostAnnotationsSearchesRequest;
import com.clarifai.grpc.api.PostAppsRequest;
import com.clarifai.grpc.api.PostDatasetInputsRequest;
import com.clarifai.grpc.api.PostDatasetsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.PostInputsSearchesRequest;
import com.clarifai.grpc.api.SingleAppResponse;
import com.clarifai.grpc.api.SingleDatasetInputResponse;
import com.clarifai.grpc.api.SingleDatasetResponse;
import com.clarifai.grpc.api.SingleInputsAddJobResponse;
import com.clarifai.grpc.api.SingleUserResponse;
import com.clarifai.grpc.api.StreamInputsRequest;
import com.clarifai.grpc.api.User;
import com.clarifai.grpc.api.V2Grpc;
import com.clarifai.grpc.api.status.BaseResponse;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Clarifai's API on a local port with one app, {@code me/app}. Answers truthfully about its inputs and datasets unless
 * a test scripts a fault; an input is processed when it has been listed {@link #listsUntilProcessed} times.
 */
public final class FakeClarifai extends V2Grpc.V2ImplBase implements AutoCloseable {

    public static final String PAT = "secret-token";
    public static final String APP = "app";

    /**
     * A request as it came in.
     *
     * @param timeLeft until the deadline that the client set
     */
    public record Received(String call, Object request, long nanoTime, Duration timeLeft) {}

    private record Fault(Status body, io.grpc.Status transport, boolean carriedOut) {}

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> TOKEN = Context.key("token");

    private static final Set<StatusCode> GOOD =
            Set.of(StatusCode.SUCCESS, StatusCode.INPUT_DOWNLOAD_PENDING, StatusCode.DATASET_INPUT_SUCCESS);

    private volatile String owner = "jane";
    private final Server server;
    private final boolean tls;
    private final List<Received> received = new ArrayList<>();
    private final Map<String, Deque<Fault>> faults = new HashMap<>();
    private final Map<String, Status> refusedInputs = new HashMap<>();
    private final Set<String> stalled = new LinkedHashSet<>();
    private final Set<String> refusedOnce = new LinkedHashSet<>();
    private final Set<String> refusingWholeRequest = new LinkedHashSet<>();
    private final Map<String, Status> failingInputs = new HashMap<>();
    private final Map<String, Integer> lists = new HashMap<>();
    private final Map<String, Input> inputs = new LinkedHashMap<>();
    private final Map<String, Annotation> annotations = new LinkedHashMap<>();
    private final Set<String> refusedConcepts = new LinkedHashSet<>();
    private final Map<String, Set<String>> datasets = new LinkedHashMap<>();
    private final Deque<InputsAddJob> jobs = new ArrayDeque<>();
    private boolean otherAnswers;
    private Runnable beforeCreatingDataset = () -> {};
    private int listsUntilProcessed = 1;
    private int listsUntilDeleted;
    private int searchWindow = Integer.MAX_VALUE;
    private boolean statusOfMembers = true;
    private int lostMembers;
    private final Map<String, Integer> deleting = new HashMap<>();

    public FakeClarifai() {
        this(null);
    }

    FakeClarifai(SslContext sslContext) {
        NettyServerBuilder builder = NettyServerBuilder.forPort(0)
                .maxInboundMessageSize(128 * 1024 * 1024)
                .addService(ServerInterceptors.intercept(this, new TokenReader()));
        tls = sslContext != null;
        if (tls) {
            builder.sslContext(sslContext);
        }
        try {
            server = builder.build().start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class TokenReader implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            Context context = Context.current().withValue(TOKEN, String.valueOf(headers.get(AUTHORIZATION)));
            return Contexts.interceptCall(context, call, headers, next);
        }
    }

    /** The app belongs to another than the token. */
    public void owner(String id) {
        owner = id;
    }

    public String url() {
        return (tls ? "https" : "http") + "://localhost:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    // ---- scripting

    /** The next call is refused by the application. */
    public synchronized void refuseNext(String call, Status status) {
        faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add(new Fault(status, null, false));
    }

    synchronized void breakNext(String call, io.grpc.Status status) {
        faults.computeIfAbsent(call, name -> new ArrayDeque<>()).add(new Fault(null, status, false));
    }

    /** The next call is carried out, but its reply is lost. */
    synchronized void loseReplyOfNext(String call) {
        faults.computeIfAbsent(call, name -> new ArrayDeque<>())
                .add(new Fault(null, io.grpc.Status.UNAVAILABLE.withDescription("reply lost"), true));
    }

    /** Calls of this kind are never answered. */
    synchronized void stall(String call) {
        stalled.add(call);
    }

    public synchronized void refuseInput(String id, Status status) {
        refusedInputs.put(id, status);
    }

    synchronized void refuseInputOnce(String id, Status status) {
        refusedInputs.put(id, status);
        refusedOnce.add(id);
    }

    synchronized void refuseRequestsWith(String id) {
        refusingWholeRequest.add(id);
    }

    public synchronized void failProcessingOf(String id, Status status) {
        failingInputs.put(id, status);
    }

    public synchronized void listsUntilProcessed(int count) {
        listsUntilProcessed = count;
    }

    synchronized void listsUntilDeleted(int count) {
        listsUntilDeleted = count;
    }

    /** No search shows more hits than that. */
    synchronized void searchWindow(int hits) {
        searchWindow = hits;
    }

    /** Answers to PostDatasetInputs say nothing of their items. */
    synchronized void saysNothingOfMembers() {
        statusOfMembers = false;
    }

    /** Lists of datasets leave out so many members, which counts have. */
    public synchronized void lostMembers(int count) {
        lostMembers = count;
    }

    synchronized void jobProgress(InputsAddJob... states) {
        jobs.addAll(List.of(states));
    }

    synchronized void beforeCreatingDataset(Runnable action) {
        beforeCreatingDataset = action;
    }

    /**
     * From now on what nobody has documented is answered in the other way: where none of the inputs asked for exists, with
     * an error; a change, with the state that the input has.
     */
    public synchronized void otherAnswers() {
        otherAnswers = true;
    }

    public synchronized void addInput(String id, StatusCode code) {
        inputs.put(
                id,
                Input.newBuilder()
                        .setId(id)
                        .setCreatedAt(Timestamp.newBuilder().setSeconds(1_700_000_000 + inputs.size()))
                        .setStatus(status(code, "as set up"))
                        .build());
    }

    /** @param code may be a number that this version of the API does not name */
    public synchronized void addInput(String id, int code) {
        addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        setStatus(id, code);
    }

    public synchronized void setStatus(String id, int code) {
        Status status = Status.newBuilder()
                .setCodeValue(code)
                .setDescription("as set up")
                .build();
        inputs.computeIfPresent(
                id, (key, input) -> input.toBuilder().setStatus(status).build());
    }

    public synchronized void addInput(String id, Data data) {
        addInput(id, StatusCode.INPUT_DOWNLOAD_SUCCESS);
        inputs.computeIfPresent(
                id, (key, input) -> input.toBuilder().setData(data).build());
    }

    /** Annotations whose first concept is this one are refused. */
    synchronized void refuseAnnotationsWith(String concept) {
        refusedConcepts.add(concept);
    }

    public synchronized void addAnnotation(Annotation annotation) {
        annotations.put(annotation.getId(), annotation);
    }

    public synchronized void addDataset(String id, String... members) {
        datasets.computeIfAbsent(id, name -> new LinkedHashSet<>()).addAll(List.of(members));
    }

    public synchronized void removeInput(String id) {
        inputs.remove(id);
        datasets.values().forEach(members -> members.remove(id));
    }

    public static Status status(StatusCode code, String description) {
        return Status.newBuilder()
                .setCode(code)
                .setDescription(description)
                .setReqId("req-1")
                .build();
    }

    // ---- looking back

    public synchronized List<Received> received() {
        return List.copyOf(received);
    }

    public synchronized long count(String call) {
        return received.stream().filter(request -> request.call().equals(call)).count();
    }

    public synchronized <Q> List<Q> requests(Class<Q> type) {
        return received.stream()
                .map(Received::request)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public synchronized Set<String> inputIds() {
        return new LinkedHashSet<>(inputs.keySet());
    }

    public synchronized Input input(String id) {
        return inputs.get(id);
    }

    public synchronized List<Annotation> annotations() {
        return List.copyOf(annotations.values());
    }

    public synchronized Set<String> members(String datasetId) {
        return new LinkedHashSet<>(datasets.getOrDefault(datasetId, Set.of()));
    }

    // ---- the API

    @Override
    public void getUser(GetUserRequest request, StreamObserver<SingleUserResponse> observer) {
        answer(
                "GetUser",
                request,
                observer,
                SingleUserResponse.newBuilder()::setStatus,
                () -> SingleUserResponse.newBuilder()
                        .setStatus(success())
                        .setUser(User.newBuilder().setId("jane").setFirstName("Jane"))
                        .build());
    }

    @Override
    public void getApp(GetAppRequest request, StreamObserver<SingleAppResponse> observer) {
        answer("GetApp", request, observer, SingleAppResponse.newBuilder()::setStatus, () -> {
            if (!request.getUserAppId().getAppId().equals(APP)) {
                return SingleAppResponse.newBuilder().setStatus(missing()).build();
            }
            return SingleAppResponse.newBuilder()
                    .setStatus(success())
                    .setApp(App.newBuilder().setId(APP).setUserId(owner))
                    .build();
        });
    }

    @Override
    public void postApps(PostAppsRequest request, StreamObserver<MultiAppResponse> observer) {
        answer("PostApps", request, observer, MultiAppResponse.newBuilder()::setStatus, () -> {
            App app = request.getApps(0).toBuilder()
                    .setUserId(request.getUserAppId().getUserId())
                    .build();
            MultiAppResponse.Builder answer = MultiAppResponse.newBuilder();
            return app.getId().equals(APP)
                    ? answer.setStatus(status(StatusCode.DATABASE_DUPLICATE_KEY, "App already exists"))
                            .build()
                    : answer.setStatus(success()).addApps(app).build();
        });
    }

    @Override
    public void listApps(ListAppsRequest request, StreamObserver<MultiAppResponse> observer) {
        answer("ListApps", request, observer, MultiAppResponse.newBuilder()::setStatus, () -> {
            List<App> apps = List.of(
                    App.newBuilder().setId(APP).build(),
                    App.newBuilder().setId("other").build(),
                    App.newBuilder().setId("third").build());
            return MultiAppResponse.newBuilder()
                    .setStatus(success())
                    .addAllApps(page(apps, request.getPage(), request.getPerPage()))
                    .build();
        });
    }

    @Override
    public void listDatasets(ListDatasetsRequest request, StreamObserver<MultiDatasetResponse> observer) {
        answer("ListDatasets", request, observer, MultiDatasetResponse.newBuilder()::setStatus, () -> {
            List<Dataset> all = datasets.keySet().stream().map(this::dataset).toList();
            return MultiDatasetResponse.newBuilder()
                    .setStatus(success())
                    .addAllDatasets(page(all, request.getPage(), request.getPerPage()))
                    .build();
        });
    }

    @Override
    public void getDataset(GetDatasetRequest request, StreamObserver<SingleDatasetResponse> observer) {
        answer("GetDataset", request, observer, SingleDatasetResponse.newBuilder()::setStatus, () -> {
            SingleDatasetResponse.Builder answer = SingleDatasetResponse.newBuilder();
            return datasets.containsKey(request.getDatasetId())
                    ? answer.setStatus(success())
                            .setDataset(dataset(request.getDatasetId()))
                            .build()
                    : answer.setStatus(missing()).build();
        });
    }

    @Override
    public void postDatasets(PostDatasetsRequest request, StreamObserver<MultiDatasetResponse> observer) {
        answer("PostDatasets", request, observer, MultiDatasetResponse.newBuilder()::setStatus, () -> {
            beforeCreatingDataset.run();
            String id = request.getDatasets(0).getId();
            MultiDatasetResponse.Builder answer = MultiDatasetResponse.newBuilder();
            if (datasets.putIfAbsent(id, new LinkedHashSet<>()) != null) {
                return answer.setStatus(status(StatusCode.DATABASE_DUPLICATE_KEY, "Dataset already exists"))
                        .build();
            }
            return answer.setStatus(success()).addDatasets(dataset(id)).build();
        });
    }

    @Override
    public void deleteDatasets(DeleteDatasetsRequest request, StreamObserver<BaseResponse> observer) {
        answer("DeleteDatasets", request, observer, BaseResponse.newBuilder()::setStatus, () -> {
            boolean there = datasets.keySet().containsAll(request.getDatasetIdsList());
            request.getDatasetIdsList().forEach(datasets::remove);
            return BaseResponse.newBuilder()
                    .setStatus(there ? success() : missing())
                    .build();
        });
    }

    @Override
    public void listDatasetInputs(
            ListDatasetInputsRequest request, StreamObserver<MultiDatasetInputResponse> observer) {
        answer("ListDatasetInputs", request, observer, MultiDatasetInputResponse.newBuilder()::setStatus, () -> {
            List<DatasetInput> all = members(request.getDatasetId()).stream()
                    .skip(lostMembers)
                    .map(id -> DatasetInput.newBuilder()
                            .setInput(inputs.get(id))
                            .setCreatedAt(Timestamp.newBuilder().setSeconds(1_800_000_000))
                            .build())
                    .toList();
            return MultiDatasetInputResponse.newBuilder()
                    .setStatus(success())
                    .addAllDatasetInputs(page(all, request.getPage(), request.getPerPage()))
                    .build();
        });
    }

    @Override
    public void postDatasetInputs(
            PostDatasetInputsRequest request, StreamObserver<MultiDatasetInputResponse> observer) {
        answer("PostDatasetInputs", request, observer, MultiDatasetInputResponse.newBuilder()::setStatus, () -> {
            MultiDatasetInputResponse.Builder answer = MultiDatasetInputResponse.newBuilder();
            Set<String> members = datasets.get(request.getDatasetId());
            if (members == null) {
                return answer.setStatus(missing()).build();
            }
            List<Status> states = request.getDatasetInputsList().stream()
                    .map(member -> member.getInput().getId())
                    .map(id -> !inputs.containsKey(id) ? missing() : added(members.add(id)))
                    .toList();
            if (statusOfMembers) {
                states.forEach(state -> answer.addDatasetInputs(
                        DatasetInput.newBuilder().setInput(Input.newBuilder().setStatus(state))));
            }
            return answer.setStatus(overall(states)).build();
        });
    }

    private static Status added(boolean added) {
        return added
                ? status(StatusCode.DATASET_INPUT_SUCCESS, "Dataset input successfully added")
                : status(StatusCode.DATASET_INPUT_DUPLICATE, "Input is in the dataset already");
    }

    @Override
    public void getDatasetInput(GetDatasetInputRequest request, StreamObserver<SingleDatasetInputResponse> observer) {
        answer("GetDatasetInput", request, observer, SingleDatasetInputResponse.newBuilder()::setStatus, () -> {
            boolean member = members(request.getDatasetId()).contains(request.getInputId());
            return SingleDatasetInputResponse.newBuilder()
                    .setStatus(member ? success() : missing())
                    .build();
        });
    }

    @Override
    public void listInputs(ListInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        answer("ListInputs", request, observer, MultiInputResponse.newBuilder()::setStatus, () -> {
            List<Input> found;
            if (request.getIdsCount() > 0) {
                request.getIdsList().forEach(this::advance);
                found = request.getIdsList().stream()
                        .filter(inputs::containsKey)
                        .map(inputs::get)
                        .toList();
                if (otherAnswers && found.isEmpty()) {
                    return MultiInputResponse.newBuilder().setStatus(missing()).build();
                }
            } else {
                List<Input> newestFirst = new ArrayList<>(inputs.values());
                Collections.reverse(newestFirst);
                found = newestFirst;
            }
            return MultiInputResponse.newBuilder()
                    .setStatus(success())
                    .addAllInputs(page(found, request.getPage(), request.getPerPage()))
                    .build();
        });
    }

    @Override
    public void streamInputs(StreamInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        answer("StreamInputs", request, observer, MultiInputResponse.newBuilder()::setStatus, () -> {
            List<Input> all = new ArrayList<>(inputs.values());
            if (request.getOrderById()) {
                all.sort(Comparator.comparing(Input::getId));
            }
            if (request.getDescending()) {
                Collections.reverse(all);
            }
            boolean fromStart = request.getLastId().isEmpty();
            if (!fromStart && !inputs.containsKey(request.getLastId())) {
                return MultiInputResponse.newBuilder().setStatus(missing()).build();
            }
            List<Input> rest = all.stream()
                    .dropWhile(input -> !fromStart && !input.getId().equals(request.getLastId()))
                    .skip(fromStart ? 0 : 1)
                    .limit(request.getPerPage())
                    .toList();
            rest.forEach(input -> advance(input.getId()));
            return MultiInputResponse.newBuilder()
                    .setStatus(success())
                    .addAllInputs(rest.stream()
                            .map(input -> inputs.getOrDefault(input.getId(), input))
                            .toList())
                    .build();
        });
    }

    @Override
    public void postInputs(PostInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        answer("PostInputs", request, observer, MultiInputResponse.newBuilder()::setStatus, () -> {
            MultiInputResponse.Builder answer = MultiInputResponse.newBuilder();
            if (request.getInputsList().stream().anyMatch(input -> refusingWholeRequest.contains(input.getId()))) {
                return answer.setStatus(status(StatusCode.CONN_INVALID_REQUEST, "Invalid request"))
                        .build();
            }
            List<Status> states =
                    request.getInputsList().stream().map(this::add).toList();
            for (int i = 0; i < states.size(); i++) {
                answer.addInputs(request.getInputs(i).toBuilder().setStatus(states.get(i)));
            }
            return answer.setStatus(overall(states)).build();
        });
    }

    private Status refusal(String inputId) {
        return refusedOnce.remove(inputId) ? refusedInputs.remove(inputId) : refusedInputs.get(inputId);
    }

    private Status add(Input input) {
        Status refused = refusal(input.getId());
        if (refused != null) {
            return refused;
        }
        if (inputs.containsKey(input.getId())) {
            return status(StatusCode.INPUT_INVALID_ARGUMENT, "Input has a duplicate ID.");
        }
        if (!datasets.keySet().containsAll(input.getDatasetIdsList())) {
            return missing();
        }
        Status pending = status(StatusCode.INPUT_DOWNLOAD_PENDING, "Download pending");
        Timestamp now = Timestamp.newBuilder()
                .setSeconds(Instant.now().getEpochSecond())
                .build();
        inputs.put(
                input.getId(),
                input.toBuilder().setStatus(pending).setCreatedAt(now).build());
        input.getDatasetIdsList().forEach(dataset -> datasets.get(dataset).add(input.getId()));
        return pending;
    }

    /** Changes concepts, metadata and geo as Clarifai's documentation of patches says, one level deep. */
    @Override
    public void patchInputs(PatchInputsRequest request, StreamObserver<MultiInputResponse> observer) {
        answer("PatchInputs", request, observer, MultiInputResponse.newBuilder()::setStatus, () -> {
            MultiInputResponse.Builder answer = MultiInputResponse.newBuilder();
            if (request.getInputsList().stream().anyMatch(input -> refusingWholeRequest.contains(input.getId()))) {
                return answer.setStatus(status(StatusCode.CONN_INVALID_REQUEST, "Invalid request"))
                        .build();
            }
            List<Status> states = new ArrayList<>();
            for (Input patch : request.getInputsList()) {
                Status refused = refusal(patch.getId());
                if (refused == null && !inputs.containsKey(patch.getId())) {
                    refused = missing();
                }
                if (refused == null) {
                    inputs.put(patch.getId(), patched(inputs.get(patch.getId()), patch.getData(), request.getAction()));
                }
                Status state = refused == null ? modified() : refused;
                states.add(refused == null ? success() : refused);
                answer.addInputs(patch.toBuilder().setStatus(state));
            }
            return answer.setStatus(overall(states)).build();
        });
    }

    private Status modified() {
        return otherAnswers
                ? status(StatusCode.INPUT_DOWNLOAD_SUCCESS, "Done")
                : status(StatusCode.INPUT_MODIFY_SUCCESS, "Modified");
    }

    private static Input patched(Input old, Data patch, String action) {
        Data.Builder data = old.getData().toBuilder();
        boolean merge = action.equals("merge");
        if (patch.getConceptsCount() > 0) {
            Map<String, Concept> concepts = new LinkedHashMap<>();
            if (merge) {
                data.getConceptsList().forEach(concept -> concepts.put(concept.getId(), concept));
            }
            patch.getConceptsList().forEach(concept -> concepts.put(concept.getId(), concept));
            data.clearConcepts().addAllConcepts(concepts.values());
        }
        if (patch.hasMetadata()) {
            Struct.Builder metadata = merge ? data.getMetadata().toBuilder() : Struct.newBuilder();
            data.setMetadata(metadata.putAllFields(patch.getMetadata().getFieldsMap()));
        }
        if (patch.hasGeo()) {
            data.setGeo(patch.getGeo());
        }
        return old.toBuilder().setData(data).build();
    }

    @Override
    public void postAnnotations(PostAnnotationsRequest request, StreamObserver<MultiAnnotationResponse> observer) {
        answer("PostAnnotations", request, observer, MultiAnnotationResponse.newBuilder()::setStatus, () -> {
            MultiAnnotationResponse.Builder answer = MultiAnnotationResponse.newBuilder();
            List<Status> states =
                    request.getAnnotationsList().stream().map(this::add).toList();
            for (int i = 0; i < states.size(); i++) {
                boolean good = states.get(i).getCode() == StatusCode.SUCCESS;
                answer.addAnnotations(request.getAnnotations(i).toBuilder()
                        .setStatus(good ? status(StatusCode.ANNOTATION_SUCCESS, "OK") : states.get(i)));
            }
            return answer.setStatus(overall(states)).build();
        });
    }

    private Status add(Annotation annotation) {
        Status refused = refusal(annotation.getInputId());
        if (refused == null && !inputs.containsKey(annotation.getInputId())) {
            refused = missing();
        }
        if (refused != null) {
            return refused;
        }
        if (refusedConcepts.contains(conceptOf(annotation))) {
            return status(StatusCode.ANNOTATION_INVALID_ARGUMENT, "Annotation has an invalid argument");
        }
        return annotations.putIfAbsent(annotation.getId(), annotation) == null
                ? success()
                : status(StatusCode.ANNOTATION_INVALID_ARGUMENT, "Annotation has an invalid argument").toBuilder()
                        .setDetails("Annotation has a duplicate ID.")
                        .build();
    }

    /** Newest first; refuses inputs that do not exist. */
    /** Filters by dataset and by the time of the last change. */
    @Override
    public void postAnnotationsSearches(
            PostAnnotationsSearchesRequest request, StreamObserver<MultiSearchResponse> observer) {
        answer("PostAnnotationsSearches", request, observer, MultiSearchResponse.newBuilder()::setStatus, () -> {
            Pagination page = request.getPagination();
            if (page.getPage() * page.getPerPage() > searchWindow) {
                return MultiSearchResponse.newBuilder()
                        .setStatus(status(
                                StatusCode.SEARCH_INVALID_REQUEST, "page * perPage cannot exceed " + searchWindow))
                        .build();
            }
            Filter filter = request.getSearches(0).getQuery().getFilters(0);
            Set<String> members = members(filter.getInput().getDatasetIds(0));
            List<Hit> hits = annotations.values().stream()
                    .filter(annotation -> members.contains(annotation.getInputId()))
                    .filter(annotation -> Timestamps.compare(
                                    annotation.getModifiedAt(),
                                    filter.getLastUpdatedTimeRange().getStartTime())
                            >= 0)
                    .map(annotation -> Hit.newBuilder()
                            .setAnnotation(annotation)
                            .setInput(Input.newBuilder().setId(annotation.getInputId()))
                            .build())
                    .toList();
            return MultiSearchResponse.newBuilder()
                    .setStatus(success())
                    .addAllHits(page(hits, page.getPage(), page.getPerPage()))
                    .build();
        });
    }

    /** Only counts the members of a dataset. */
    @Override
    public void postInputsSearches(PostInputsSearchesRequest request, StreamObserver<MultiSearchResponse> observer) {
        answer("PostInputsSearches", request, observer, MultiSearchResponse.newBuilder()::setStatus, () -> {
            Filter filter = request.getSearches(0).getQuery().getFilters(0);
            int members = members(filter.getInput().getDatasetIds(0)).size();
            return MultiSearchResponse.newBuilder()
                    .setStatus(success())
                    .addHitCounts(HitCount.newBuilder().setEstimatedTotal(request.getOnlyCount() ? members : 0))
                    .build();
        });
    }

    @Override
    public void listAnnotations(ListAnnotationsRequest request, StreamObserver<MultiAnnotationResponse> observer) {
        answer("ListAnnotations", request, observer, MultiAnnotationResponse.newBuilder()::setStatus, () -> {
            if (!inputs.keySet().containsAll(request.getInputIdsList())) {
                return MultiAnnotationResponse.newBuilder().setStatus(missing()).build();
            }
            List<Annotation> found = new ArrayList<>(annotations.values());
            Collections.reverse(found);
            found.removeIf(annotation ->
                    request.getInputIdsCount() > 0 && !request.getInputIdsList().contains(annotation.getInputId()));
            return MultiAnnotationResponse.newBuilder()
                    .setStatus(success())
                    .addAllAnnotations(page(found, request.getPage(), request.getPerPage()))
                    .build();
        });
    }

    private static String conceptOf(Annotation annotation) {
        return annotation.getData().getConceptsCount() == 0
                ? ""
                : annotation.getData().getConcepts(0).getId();
    }

    @Override
    public void deleteInputs(DeleteInputsRequest request, StreamObserver<BaseResponse> observer) {
        answer("DeleteInputs", request, observer, BaseResponse.newBuilder()::setStatus, () -> {
            if (!inputs.keySet().containsAll(request.getIdsList())) {
                return BaseResponse.newBuilder().setStatus(missing()).build();
            }
            for (String id : request.getIdsList()) {
                if (listsUntilDeleted == 0) {
                    removeInput(id);
                } else {
                    deleting.put(id, listsUntilDeleted);
                }
            }
            return BaseResponse.newBuilder().setStatus(success()).build();
        });
    }

    @Override
    public void getInputsAddJob(GetInputsAddJobRequest request, StreamObserver<SingleInputsAddJobResponse> observer) {
        answer("GetInputsAddJob", request, observer, SingleInputsAddJobResponse.newBuilder()::setStatus, () -> {
            InputsAddJob state = jobs.size() > 1 ? jobs.poll() : jobs.peek();
            SingleInputsAddJobResponse.Builder answer = SingleInputsAddJobResponse.newBuilder();
            return state == null
                    ? answer.setStatus(missing()).build()
                    : answer.setStatus(success()).setInputsAddJob(state).build();
        });
    }

    static InputsAddJob job(StatusCode code, int pending, int succeeded) {
        return InputsAddJob.newBuilder()
                .setStatus(status(code, ""))
                .setProgress(InputsAddJobProgress.newBuilder()
                        .setPendingCount(pending)
                        .setSuccessCount(succeeded))
                .build();
    }

    private void advance(String id) {
        if (deleting.containsKey(id) && deleting.merge(id, -1, Integer::sum) <= 0) {
            deleting.remove(id);
            removeInput(id);
        }
        Input input = inputs.get(id);
        if (input == null || input.getStatus().getCode() != StatusCode.INPUT_DOWNLOAD_PENDING) {
            return;
        }
        if (lists.merge(id, 1, Integer::sum) >= listsUntilProcessed) {
            Status done = failingInputs.getOrDefault(id, status(StatusCode.INPUT_DOWNLOAD_SUCCESS, "Done"));
            inputs.put(id, input.toBuilder().setStatus(done).build());
        }
    }

    private <A> void answer(
            String call,
            Object request,
            StreamObserver<A> observer,
            Function<Status, ? extends Message.Builder> refusal,
            Supplier<A> answer) {
        A reply;
        synchronized (this) {
            Duration timeLeft = Duration.ofNanos(Context.current().getDeadline().timeRemaining(TimeUnit.NANOSECONDS));
            received.add(new Received(call, request, System.nanoTime(), timeLeft));
            if (stalled.contains(call)) {
                return;
            }
            Deque<Fault> scripted = faults.get(call);
            Fault fault = scripted == null ? null : scripted.poll();
            if (fault != null && fault.carriedOut()) {
                answer.get();
            }
            if (fault != null && fault.transport() != null) {
                observer.onError(fault.transport().asRuntimeException());
                return;
            }
            Status refused = !TOKEN.get().equals("Key " + PAT)
                    ? status(StatusCode.CONN_KEY_NOT_FOUND, "API key not found: " + TOKEN.get())
                    : fault != null ? fault.body() : null;
            reply = refused == null ? answer.get() : refused(refusal, refused);
        }
        observer.onNext(reply);
        observer.onCompleted();
    }

    @SuppressWarnings("unchecked")
    private static <A> A refused(Function<Status, ? extends Message.Builder> refusal, Status status) {
        return (A) refusal.apply(status).build();
    }

    private Dataset dataset(String id) {
        return Dataset.newBuilder().setId(id).setAppId(APP).setUserId("jane").build();
    }

    private static <I> List<I> page(List<I> items, int page, int perPage) {
        return items.stream().skip((page - 1L) * perPage).limit(perPage).toList();
    }

    private static Status overall(Collection<Status> states) {
        long bad =
                states.stream().filter(state -> !GOOD.contains(state.getCode())).count();
        if (bad == 0) {
            return success();
        }
        return bad == states.size()
                ? status(StatusCode.FAILURE, "Failure")
                : status(StatusCode.MIXED_STATUS, "Mixed status");
    }

    private static Status success() {
        return status(StatusCode.SUCCESS, "Ok");
    }

    private static Status missing() {
        return status(StatusCode.CONN_DOES_NOT_EXIST, "Resource does not exist");
    }
}
