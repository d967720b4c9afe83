package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.mapping.InputRows;
import com.clarifai.databricks.model.InputStatus;
import com.clarifai.grpc.api.Concept;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.DatasetInput;
import com.clarifai.grpc.api.Image;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.ListInputsRequest;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PatchInputsRequest;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.V2Grpc.V2FutureStub;
import com.clarifai.grpc.api.status.Status;
import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Asks Clarifai how it answers where its documentation leaves that open. Each answer is one line to be read by a person
 * and pasted into a bug report: no token, and no id but those that were made for the purpose. What is uploaded becomes a
 * member of the dataset, so that whoever removes that with its inputs removes everything.
 */
public final class ClarifaiFacts {

    /** Written into the middle of an input id, one at a time. */
    private static final List<String> DOUBTFUL = List.of(".", ":", "@", "+", "~", "/", " ", "%", "é");

    private static final int TIED_INPUTS = 8;
    /** Leaves an incomplete last page, and two page borders among the tied inputs. */
    private static final int SMALL_PAGE = 3;

    private static final int BIG_PAGE = 100;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(250);
    /** A patch that makes Clarifai index an input again would show within this time. */
    private static final int POLLS_AFTER_PATCH = 12;

    private static final int POLLS_FOR_MEMBERS = 120;

    private final ClarifaiCalls calls;
    private final DatasetInputs datasetInputs;

    ClarifaiFacts(ClarifaiCalls calls, DatasetInputs datasetInputs) {
        this.calls = calls;
        this.datasetInputs = datasetInputs;
    }

    /** What {@code ListInputs} answers when none of the ids exists. */
    public CompletableFuture<String> unknownIds(AppRef app) {
        ListInputsRequest request = ListInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addIds(newId())
                .addIds(newId())
                .setPage(1)
                .setPerPage(2)
                .build();
        return listInputs(request)
                .thenApply(answer -> "ListInputs of two ids that do not exist: " + text(answer.getStatus()) + ", "
                        + answer.getInputsCount() + " inputs");
    }

    /**
     * The codes of {@code PatchInputs}, and the states that the input goes through afterwards.
     *
     * @param dataset a member of it that has been processed is given a concept
     */
    public CompletableFuture<String> patchCodes(AppRef app, String dataset) {
        return datasetInputs.page(app, dataset, 1, BIG_PAGE).thenCompose(members -> {
            Optional<Input> processed = members.stream()
                    .map(DatasetInput::getInput)
                    .filter(input -> InputRows.status(input.getStatus()) == InputStatus.PROCESSED)
                    .findFirst();
            if (processed.isEmpty()) {
                return CompletableFuture.completedFuture("there is no processed input to patch");
            }
            String id = processed.get().getId();
            PatchInputsRequest request = PatchInputsRequest.newBuilder()
                    .setUserAppId(app.toProto())
                    .setAction("merge")
                    .addInputs(Input.newBuilder()
                            .setId(id)
                            .setData(Data.newBuilder()
                                    .addConcepts(
                                            Concept.newBuilder().setId("check").setValue(1f))))
                    .build();
            return calls.send(any(
                            Call.of("PatchInputs", request, V2FutureStub::patchInputs, MultiInputResponse::getStatus)))
                    .thenCompose(answer -> states(app, id, new LinkedHashSet<>(), POLLS_AFTER_PATCH)
                            .thenApply(states -> "PatchInputs, merge of one concept: " + statuses(answer)
                                    + "; states of the input in the 3 seconds after: " + String.join(", ", states)));
        });
    }

    private CompletableFuture<Set<String>> states(AppRef app, String id, Set<String> seen, int polls) {
        ListInputsRequest request = ListInputsRequest.newBuilder()
                .setUserAppId(app.toProto())
                .addIds(id)
                .setPage(1)
                .setPerPage(1)
                .build();
        return listInputs(request).thenCompose(answer -> {
            answer.getInputsList().forEach(input -> seen.add(text(input.getStatus())));
            return polls == 1
                    ? CompletableFuture.completedFuture(seen)
                    : Delays.after(POLL_INTERVAL).thenCompose(waited -> states(app, id, seen, polls - 1));
        });
    }

    /**
     * Which characters an input id may have, beside letters, digits, hyphen and underscore.
     *
     * @param picture a small image file
     */
    public CompletableFuture<String> inputIds(AppRef app, String dataset, byte[] picture) {
        Map<String, String> ids = new LinkedHashMap<>();
        DOUBTFUL.forEach(character -> ids.put("'" + character + "'", newId() + character + "x"));
        ids.put("49 characters", newId() + "x".repeat(17));
        ids.put("upper case", newId().toUpperCase(Locale.ROOT) + "X");
        List<Input> inputs =
                ids.values().stream().map(id -> input(id, dataset, picture)).toList();
        return post(app, inputs, null).thenApply(answer -> {
            String whole = "PostInputs of ids with one of them each: " + text(answer.getStatus()) + "; ";
            if (answer.getInputsCount() != ids.size()) {
                return whole + answer.getInputsCount() + " items";
            }
            List<String> kinds = List.copyOf(ids.keySet());
            return whole
                    + IntStream.range(0, kinds.size())
                            .mapToObj(i -> kinds.get(i) + " "
                                    + answer.getInputs(i).getStatus().getCodeValue())
                            .collect(Collectors.joining(", "));
        });
    }

    /** Which ids a job of uploads may have. */
    public CompletableFuture<String> jobIds(AppRef app, String dataset, byte[] picture) {
        List<String> jobs = List.of(newId(), UUID.randomUUID().toString(), newId().substring(8) + ".1");
        List<String> kinds = List.of("32 hexadecimal digits", "with hyphens", "with a dot");
        List<CompletableFuture<String>> answers = IntStream.range(0, jobs.size())
                .mapToObj(i -> post(app, List.of(input(newId(), dataset, picture)), jobs.get(i))
                        .thenApply(answer -> kinds.get(i) + " " + statuses(answer)))
                .toList();
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(done -> "PostInputs with a job id: "
                        + answers.stream().map(CompletableFuture::join).collect(Collectors.joining("; ")));
    }

    /**
     * Whether a large request is taken.
     *
     * @param picture as large as the request is to be
     */
    public CompletableFuture<String> requestSize(AppRef app, String dataset, byte[] picture) {
        return post(app, List.of(input(newId(), dataset, picture)), null)
                .handle((answer, failure) -> "PostInputs of " + picture.length + " bytes: "
                        + (failure == null
                                ? statuses(answer)
                                : ClarifaiException.unwrap(failure).getMessage()));
    }

    /** In which order {@code ListDatasetInputs} lists, and what it does with inputs that came in one request. */
    public CompletableFuture<String> listingOrder(AppRef app, String dataset, byte[] picture) {
        List<Input> inputs = IntStream.range(0, TIED_INPUTS)
                .mapToObj(i -> input(newId(), dataset, picture))
                .toList();
        Set<String> ids = inputs.stream().map(Input::getId).collect(Collectors.toSet());
        return post(app, inputs, null)
                .thenCompose(answer -> whenMembers(app, dataset, ids, POLLS_FOR_MEMBERS))
                .thenCompose(whole -> inSmallPages(app, dataset, 1, new ArrayList<>())
                        .thenCompose(first -> inSmallPages(app, dataset, 1, new ArrayList<>())
                                .thenApply(second -> describe(ids, whole, first, second))));
    }

    private static String describe(
            Set<String> tied, List<DatasetInput> whole, List<DatasetInput> first, List<DatasetInput> second) {
        long times = whole.stream()
                .filter(member -> tied.contains(member.getInput().getId()))
                .map(DatasetInput::getCreatedAt)
                .distinct()
                .count();
        Set<String> missing = new LinkedHashSet<>(ids(whole));
        missing.removeAll(ids(first));
        return "ListDatasetInputs of " + whole.size() + " members: " + order(whole) + "; " + tied.size()
                + " inputs of one request have " + times + " different times; read twice in pages of " + SMALL_PAGE
                + (ids(first).equals(ids(second)) ? ": the same order" : ": different orders") + ", "
                + missing.size() + " missing";
    }

    private static String order(List<DatasetInput> members) {
        List<Timestamp> times = members.stream().map(DatasetInput::getCreatedAt).toList();
        Comparator<Timestamp> oldestFirst = Timestamps.comparator();
        if (isInOrder(times, oldestFirst.reversed())) {
            return "newest first";
        }
        return isInOrder(times, oldestFirst) ? "oldest first" : "not in the order of their times";
    }

    private static boolean isInOrder(List<Timestamp> times, Comparator<Timestamp> order) {
        return times.equals(times.stream().sorted(order).toList());
    }

    private static List<String> ids(List<DatasetInput> members) {
        return members.stream().map(member -> member.getInput().getId()).toList();
    }

    private CompletableFuture<List<DatasetInput>> whenMembers(AppRef app, String dataset, Set<String> ids, int polls) {
        return datasetInputs
                .page(app, dataset, 1, BIG_PAGE)
                .thenCompose(members -> ids(members).containsAll(ids) || polls == 1
                        ? CompletableFuture.completedFuture(members)
                        : Delays.after(POLL_INTERVAL).thenCompose(waited -> whenMembers(app, dataset, ids, polls - 1)));
    }

    private CompletableFuture<List<DatasetInput>> inSmallPages(
            AppRef app, String dataset, int page, List<DatasetInput> before) {
        return datasetInputs.page(app, dataset, page, SMALL_PAGE).thenCompose(members -> {
            before.addAll(members);
            return members.size() < SMALL_PAGE || before.size() > BIG_PAGE
                    ? CompletableFuture.completedFuture(before)
                    : inSmallPages(app, dataset, page + 1, before);
        });
    }

    private CompletableFuture<MultiInputResponse> listInputs(ListInputsRequest request) {
        return calls.send(any(Call.of("ListInputs", request, V2FutureStub::listInputs, MultiInputResponse::getStatus)));
    }

    private CompletableFuture<MultiInputResponse> post(AppRef app, List<Input> inputs, String jobId) {
        PostInputsRequest.Builder request =
                PostInputsRequest.newBuilder().setUserAppId(app.toProto()).addAllInputs(inputs);
        if (jobId != null) {
            request.setInputsAddJobId(jobId);
        }
        PostInputsRequest built = request.build();
        return calls.send(any(Call.of("PostInputs", built, V2FutureStub::postInputs, MultiInputResponse::getStatus)));
    }

    /** Takes every answer that a repetition would not change: it is what was asked for. */
    private static Call<MultiInputResponse> any(Call<MultiInputResponse> call) {
        return call.accepting(
                answer -> ClarifaiFailures.recovery(answer.getStatus().getCode()) == Recovery.NONE);
    }

    private static Input input(String id, String dataset, byte[] picture) {
        return Input.newBuilder()
                .setId(id)
                .addDatasetIds(dataset)
                .setData(Data.newBuilder().setImage(Image.newBuilder().setBase64(ByteString.copyFrom(picture))))
                .build();
    }

    private static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    /** The whole answer's status and, where there is one, that of its item. */
    private static String statuses(MultiInputResponse answer) {
        return Stream.concat(
                        Stream.of(text(answer.getStatus())),
                        answer.getInputsList().stream().map(input -> "item " + text(input.getStatus())))
                .collect(Collectors.joining(", "));
    }

    private static String text(Status status) {
        return status.getCodeValue() + " " + status.getCode().name();
    }
}
