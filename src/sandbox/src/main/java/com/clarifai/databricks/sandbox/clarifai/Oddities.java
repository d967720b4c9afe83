package com.clarifai.databricks.sandbox.clarifai;

import com.clarifai.grpc.api.status.StatusCode;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * How the service answers where no source says how it does: what is harder for a client is the default, all of it can be
 * changed while the sandbox runs.
 */
final class Oddities {

    private volatile int unknownIds;
    private volatile int datasetItem = StatusCode.DATASET_INPUT_SUCCESS_VALUE;
    private volatile int patchedInput = StatusCode.INPUT_MODIFY_SUCCESS_VALUE;
    private volatile boolean userReadable = true;
    private volatile boolean originalHosted = true;
    private volatile int lostMembers;
    private volatile boolean idsFree;
    private volatile boolean membersTied;
    private volatile int reindexMillis;

    /** Code of a list of inputs by ids none of which exists; 0 for a success with an empty list. */
    int unknownIds() {
        return unknownIds;
    }

    /** Code of an item that was added to a dataset; 0 for answers that say nothing of their items. */
    int datasetItem() {
        return datasetItem;
    }

    /** Code of an input whose change was accepted. */
    int patchedInput() {
        return patchedInput;
    }

    /** Whether the token may read its user. */
    boolean isUserReadable() {
        return userReadable;
    }

    /** Whether the originals of inputs are among the sizes that are hosted. */
    boolean isOriginalHosted() {
        return originalHosted;
    }

    /** How many members lists of a dataset leave out, as lists do whose order is not settled. */
    int lostMembers() {
        return lostMembers;
    }

    /** Whether ids of inputs and of jobs may have other characters than letters, digits, hyphens and underscores. */
    boolean areIdsFree() {
        return idsFree;
    }

    /** Whether the times of members are cut to seconds, so that many have the same. */
    boolean areMembersTied() {
        return membersTied;
    }

    /** How long an input that was changed shows that it is indexed again; 0 for not at all. */
    int reindexMillis() {
        return reindexMillis;
    }

    /** By the names that the control API knows them by. */
    Map<String, IntConsumer> settings() {
        return Map.of(
                "unknown-ids", code -> unknownIds = code,
                "dataset-item", code -> datasetItem = code,
                "patched-input", code -> patchedInput = code,
                "readable-user", flag -> userReadable = flag != 0,
                "hosted-original", flag -> originalHosted = flag != 0,
                "lost-members", members -> lostMembers = members,
                "free-ids", flag -> idsFree = flag != 0,
                "tied-members", flag -> membersTied = flag != 0,
                "reindex-delay", millis -> reindexMillis = millis);
    }
}
