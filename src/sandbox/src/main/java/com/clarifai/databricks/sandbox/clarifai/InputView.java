package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.Annotation;
import com.clarifai.grpc.api.Data;
import com.clarifai.grpc.api.HostedURL;
import com.clarifai.grpc.api.Input;
import com.clarifai.grpc.api.User;
import com.clarifai.grpc.api.Worker;
import com.clarifai.grpc.api.status.StatusCode;
import java.util.function.Supplier;

/** Inputs as clients see them: with addresses on the data host, never with bytes. */
final class InputView {

    private final String userId;
    private final Supplier<String> dataBaseUrl;
    private final Oddities oddities;

    InputView(String userId, Supplier<String> dataBaseUrl, Oddities oddities) {
        this.userId = userId;
        this.dataBaseUrl = dataBaseUrl;
        this.oddities = oddities;
    }

    Input input(String app, StoredInput stored) {
        Input input = stored.input();
        if (stored.blob().isEmpty()) {
            return input;
        }
        return Medium.of(input.getData())
                .map(medium ->
                        input.toBuilder().setData(hosted(app, stored, medium)).build())
                .orElse(input);
    }

    private Data hosted(String app, StoredInput stored, Medium medium) {
        String suffix = "users/" + userId + "/apps/" + app + "/inputs/" + medium.label() + "/" + stored.blob();
        Data data = stored.input().getData();
        if (medium.url(data).isEmpty()) {
            data = medium.withUrl(data, dataBaseUrl.get() + "/orig/" + suffix);
        }
        HostedURL.Builder address = HostedURL.newBuilder()
                .setPrefix(dataBaseUrl.get())
                .setSuffix(suffix)
                .setCrossorigin("use-credentials");
        return medium.isProcessed(data) ? medium.withHosted(data, address, oddities.isOriginalHosted()) : data;
    }

    /** The input-level annotation, which holds what was posted with the input. */
    Annotation annotation(String app, StoredInput stored) {
        Data data = input(app, stored).getData();
        return signed(Annotation.newBuilder())
                .setId(stored.annotationId())
                .setInputId(stored.id())
                .setInputLevel(true)
                .setData(data)
                .setStatus(Statuses.of(StatusCode.ANNOTATION_SUCCESS))
                .setCreatedAt(stored.input().getCreatedAt())
                .setModifiedAt(stored.input().getModifiedAt())
                .build();
    }

    /** Names the author, in the deprecated fields too, which older clients read. */
    @SuppressWarnings("deprecation")
    Annotation.Builder signed(Annotation.Builder annotation) {
        return annotation
                .setUserId(userId)
                .setTrusted(true)
                .setWorker(Worker.newBuilder().setUser(User.newBuilder().setId(userId)));
    }
}
