package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.InputIDConflictResolution;
import com.clarifai.grpc.api.InputsAddJob;
import com.clarifai.grpc.api.MultiInputResponse;
import com.clarifai.grpc.api.PostInputsRequest;
import com.clarifai.grpc.api.status.Status;
import com.clarifai.grpc.api.status.StatusCode;
import com.google.protobuf.ByteString;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code PostInputs}: each input is accepted or refused for itself, and answered in the order of the request. */
final class InputIntake {

    private static final int SUFFIXES = 9;
    private static final int MOST_VIDEOS = 1;

    /** An input on its way in: its bytes are in a file already, or it was refused. */
    private record Draft(Input posted, String blob, Status refused) {

        Input withoutBytes() {
            return Medium.of(posted.getData())
                    .map(medium -> posted.toBuilder()
                            .setData(medium.withoutBytes(posted.getData()))
                            .build())
                    .orElse(posted);
        }
    }

    private final ClarifaiTables tables;
    private final InputView view;
    private final StoredImages files;
    private final Processing processing;
    private final Oddities oddities;
    private final ClarifaiOptions.Limits limits;

    InputIntake(
            ClarifaiTables tables,
            InputView view,
            StoredImages files,
            Processing processing,
            Oddities oddities,
            ClarifaiOptions.Limits limits) {
        this.tables = tables;
        this.view = view;
        this.files = files;
        this.processing = processing;
        this.oddities = oddities;
        this.limits = limits;
    }

    MultiInputResponse post(String app, PostInputsRequest request) {
        Batch.checkSize("inputs", request.getInputsCount(), limits);
        String job = request.getInputsAddJobId();
        if (!job.isEmpty() && !oddities.areIdsFree()) {
            Batch.checkId("job", job);
        }
        if (request.getInputsList().stream()
                        .filter(input -> input.getData().hasVideo())
                        .count()
                > MOST_VIDEOS) {
            throw new Refusal(StatusCode.CONN_INVALID_REQUEST, "at most one video a request");
        }
        List<Draft> drafts =
                request.getInputsList().stream().map(input -> draft(app, input)).toList();
        List<String> accepted = new ArrayList<>();
        MultiInputResponse answer =
                tables.store().write(() -> enter(app, drafts, job, request.getInputIdConflictResolution(), accepted));
        processing.process(app, accepted);
        return answer;
    }

    private Draft draft(String app, Input input) {
        try {
            check(input);
            ByteString bytes = Medium.of(input.getData())
                    .map(medium -> medium.bytes(input.getData()))
                    .orElse(ByteString.EMPTY);
            return new Draft(input, bytes.isEmpty() ? "" : files.save(app, bytes), Statuses.SUCCESS);
        } catch (Refusal e) {
            return new Draft(input, "", e.status());
        }
    }

    private void check(Input input) {
        if (!input.getId().isEmpty() && !isAllowed(input.getId())) {
            throw new Refusal(StatusCode.INPUT_INVALID_REQUEST, "Input id " + Ids.RULE);
        }
        Data data = input.getData();
        DataRules.check(data);
        Optional<Medium> medium = Medium.of(data);
        if (medium.isPresent()) {
            check(medium.get(), data);
        } else if (data.getText().getRaw().isEmpty()) {
            throw new Refusal(StatusCode.INPUT_INVALID_ARGUMENT, "Input has no data");
        }
    }

    /** A slash never: the store separates by it. */
    private boolean isAllowed(String id) {
        return Ids.isValid(id) || oddities.areIdsFree() && id.length() <= Ids.MAX_LENGTH && !id.contains("/");
    }

    private void check(Medium medium, Data data) {
        String url = medium.url(data);
        int bytes = medium.bytes(data).size();
        if (url.isEmpty() == (bytes == 0)) {
            throw new Refusal(StatusCode.INPUT_INVALID_ARGUMENT, medium.label() + " has either bytes or a URL");
        }
        if (medium == Medium.IMAGE && bytes > limits.inputBytes()) {
            throw new Refusal(
                    StatusCode.INPUT_OVER_LIMIT, bytes + " bytes, at most " + limits.inputBytes() + " are allowed");
        }
        if (!url.isEmpty() && !isWebAddress(url)) {
            throw new Refusal(StatusCode.INPUT_INVALID_URL, "not an http or https URL");
        }
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private MultiInputResponse enter(
            String app, List<Draft> drafts, String job, InputIDConflictResolution onConflict, List<String> accepted) {
        MultiInputResponse.Builder answer = MultiInputResponse.newBuilder();
        List<Status> failed = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Draft draft : drafts) {
            Status refused = draft.refused();
            if (refused == Statuses.SUCCESS) {
                try {
                    StoredInput stored = enter(app, draft, job, onConflict, seen);
                    accepted.add(stored.id());
                    answer.addInputs(view.input(app, stored));
                    continue;
                } catch (Refusal e) {
                    refused = e.status();
                    if (!draft.blob().isEmpty()) {
                        files.delete(app, draft.blob());
                    }
                }
            }
            failed.add(refused);
            answer.addInputs(draft.withoutBytes().toBuilder().setStatus(refused));
        }
        if (!job.isEmpty()) {
            InputsAddJob progress = tables.jobs().add(app, job, accepted.size(), failed.size());
            answer.setInputsAddJob(progress);
        }
        return answer.setStatus(Statuses.summary(failed, drafts.size())).build();
    }

    private StoredInput enter(
            String app, Draft draft, String job, InputIDConflictResolution onConflict, Set<String> seen) {
        Input posted = draft.withoutBytes();
        for (String dataset : posted.getDatasetIdsList()) {
            tables.datasets().get(app, dataset);
        }
        Data data = posted.getData();
        Medium.of(data)
                .filter(medium -> !medium.mayRepeatUrl(data) && tables.inputs().containsUrl(app, medium.url(data)))
                .ifPresent(medium -> {
                    throw new Refusal(StatusCode.INPUT_DUPLICATE, "The input URL is duplicate.");
                });
        String id = freeId(app, posted.getId(), onConflict, seen);
        StoredInput stored = new StoredInput(
                tables.store().nextSequence(),
                Ids.random(),
                job,
                draft.blob(),
                posted.toBuilder()
                        .setId(id)
                        .clearDatasetIds()
                        .setData(tables.concepts().adopt(app, posted.getData()))
                        .setCreatedAt(Times.now())
                        .setModifiedAt(Times.now())
                        .setStatus(Statuses.of(StatusCode.INPUT_DOWNLOAD_PENDING))
                        .build());
        tables.insertInput(app, stored, posted.getDatasetIdsList());
        return stored;
    }

    /** An id that stands twice in one request is an error whatever the resolution. */
    private String freeId(String app, String wanted, InputIDConflictResolution onConflict, Set<String> seen) {
        if (wanted.isEmpty()) {
            return Ids.random();
        }
        boolean repeated = !seen.add(wanted);
        if (!repeated && !tables.inputs().contains(app, wanted)) {
            return wanted;
        }
        if (repeated || onConflict != InputIDConflictResolution.SUFFIX) {
            throw new Refusal(StatusCode.INPUT_INVALID_ARGUMENT, "Input has a duplicate ID.");
        }
        for (int i = 1; i <= SUFFIXES; i++) {
            String id = wanted + "-" + i;
            if (id.length() <= Ids.MAX_LENGTH && !tables.inputs().contains(app, id)) {
                return id;
            }
        }
        return Ids.random();
    }
}
