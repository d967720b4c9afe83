package com.clarifai.databricks.clarifai;

import com.clarifai.databricks.model.CallListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Clarifai's API by area. Every call returns at once; its future fails with a {@link ClarifaiException}. One client
 * keeps one rate limit, so a user's calls should share one.
 */
public final class ClarifaiClient implements AutoCloseable {

    private final ClarifaiSettings settings;
    private final ClarifaiCalls calls;
    private final Users users;
    private final Apps apps;
    private final Datasets datasets;
    private final Inputs inputs;
    private final DatasetInputs datasetInputs;
    private final Annotations annotations;
    private final Searches searches;

    /** Connects with the first call. */
    public ClarifaiClient(ClarifaiSettings settings) {
        this(settings, CallListener.NONE);
    }

    /** @param listener hears of every attempt of a call */
    public ClarifaiClient(ClarifaiSettings settings, CallListener listener) {
        this.settings = settings;
        this.calls = new ClarifaiCalls(settings, listener);
        this.users = new Users(calls);
        this.apps = new Apps(calls);
        this.datasets = new Datasets(calls);
        this.inputs = new Inputs(calls);
        this.datasetInputs = new DatasetInputs(calls);
        this.annotations = new Annotations(calls);
        this.searches = new Searches(calls, inputs);
    }

    public ClarifaiSettings settings() {
        return settings;
    }

    /** An app of the user in the settings. */
    public AppRef app(String appId) {
        return new AppRef(settings.userId(), appId);
    }

    public Users users() {
        return users;
    }

    public Apps apps() {
        return apps;
    }

    public Datasets datasets() {
        return datasets;
    }

    public Inputs inputs() {
        return inputs;
    }

    public DatasetInputs datasetInputs() {
        return datasetInputs;
    }

    public Annotations annotations() {
        return annotations;
    }

    public Searches searches() {
        return searches;
    }

    public ClarifaiFacts facts() {
        return new ClarifaiFacts(calls, datasetInputs);
    }

    /** Fails the calls that are under way. */
    @Override
    public void close() {
        calls.close();
    }

    /** Waits for an answer; throws the {@link ClarifaiException} itself. */
    public static <T> T join(CompletableFuture<T> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (ClarifaiException.unwrap(e) instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }
}
