package com.clarifai.databricks.sandbox.clarifai;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What tests do to datasets behind the API's back. */
public interface DatasetControl {

    /** Higher numbers of inputs would lie in the future. */
    int MOST_INPUTS = 1_000_000;

    /**
     * What a dataset is filled with. Equal orders give equal inputs and annotations.
     *
     * @param app made if missing, as is the dataset
     * @param annotations besides the input-level ones
     * @param first number of the first input, from which its id and time follow
     */
    record Filling(String app, String dataset, int inputs, int annotations, int seed, int first) {}

    /**
     * What comes and goes while an app is listed: at every n-th call of {@code ListInputs}, {@code ListDatasetInputs} or
     * {@code ListAnnotations}, before it is answered.
     *
     * @param adds inputs that enter the dataset as its newest, {@code churn-0000000} and so on, one annotation each
     * @param deletes inputs of the dataset, any of them, that are deleted
     */
    record Churning(String app, String dataset, int adds, int deletes, int every) {}

    /**
     * Adds inputs {@code sample-0000000} and so on with their annotations, fast, and with times in the past.
     *
     * @return numbers of what was added: by {@code inputs}, {@code input_statuses}, {@code annotations}, {@code
     *     annotation_statuses} and {@code workers}, then by kind
     * @throws IllegalArgumentException if one of the inputs is there already, or the filling makes no sense
     */
    Map<String, Map<String, Integer>> fill(Filling filling) throws IOException;

    /** Ends the churning before, if any. */
    void churn(Churning churning) throws IOException;

    /**
     * Puts an input into a state, such as those of a re-index, or one that this version of the API does not name.
     *
     * @param code of its status, any number
     * @throws IllegalArgumentException if there is no such input
     */
    void setStatus(String app, String input, int code);

    /** Ends the churning; the ids of the inputs that were {@code added} and {@code deleted} since it began. */
    Map<String, List<String>> endChurn();
}
