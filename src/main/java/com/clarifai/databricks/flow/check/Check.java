package com.clarifai.databricks.flow.check;

import java.util.List;
import java.util.Locale;

/**
 * Something that the flows need. The route {@code check-<label>} tries it, in this order; what it leaves in the body says
 * in a few words what was found.
 */
public enum Check {
    WORKSPACE(null, "credentials of a user, or service principal, of this workspace"),
    COMPUTE(null, "CAN USE on the warehouse, or CAN ATTACH TO (CAN RESTART, to start it) on the cluster", WORKSPACE),
    SQL(null, "a way to the warehouse or cluster for the JDBC driver", COMPUTE),
    CATALOG("catalog", "USE CATALOG on the catalog", WORKSPACE),
    SCHEMA("schema", "USE SCHEMA on the schema", CATALOG),
    VOLUME("volume", "READ VOLUME on the volume", SCHEMA),
    TRANSFER(
            "transfer",
            "external data access, allowed by an administrator of the metastore, and EXTERNAL USE SCHEMA on the schema of the"
                    + " volume",
            VOLUME),
    STAGING(null, "CREATE VOLUME on the schema (the first time), READ VOLUME and WRITE VOLUME on the volume", SCHEMA),
    CLUSTER("on", "CAN ATTACH TO (CAN RESTART, to start it) on the cluster, or the right to make clusters", WORKSPACE),
    CLUSTER_TOKEN("on", "READ on the secret scope for the owner of the cluster", CLUSTER),
    NEW_TABLE(null, "CREATE TABLE on the schema (until the tables are there)", SQL, SCHEMA),
    TABLE("table", "SELECT and MODIFY on the table", SQL, SCHEMA),
    CLARIFAI(null, "a personal access token that is valid, and may read its user"),
    APP("app", "scopes Apps:Get, Inputs, Annotations and Datasets (Add, Get, Delete) of the token", CLARIFAI),
    DATASET("dataset", "scope Datasets:Get (and Datasets:Add, for a new one) of the token", APP),
    DATA_HOST(null, "a way to clarifai.data-host, which only an export of images needs", CLARIFAI),
    S3("s3", "s3:ListBucket on the bucket and s3:GetObject on its objects"),
    IMPORT("deep", "all of the above", STAGING, NEW_TABLE, APP),
    EXPORT("deep", "all of the above", IMPORT),
    UPDATE("deep", "all of the above", EXPORT),
    UNKNOWN_IDS(APP),
    PATCH_CODES(IMPORT),
    INPUT_IDS(IMPORT),
    JOB_IDS(IMPORT),
    REQUEST_SIZE(IMPORT),
    LISTING_ORDER(IMPORT),
    ENDED_SESSION(SQL),
    SESSION_TIMES(SQL),
    EXISTING_NAMES(EXPORT),
    CLEAN_TABLES("deep", "the right to drop the tables that were made"),
    CLEAN_FILES("deep", "WRITE VOLUME on the staging volume"),
    CLEAN_DATASET("deep", "scopes Inputs:Delete and Datasets:Delete of the token");

    private final String option;
    private final String needs;
    private final boolean fact;
    private final List<Check> after;

    Check(String option, String needs, Check... after) {
        this(option, needs, false, List.of(after));
    }

    /** One of the facts that a deep check finds out. */
    Check(Check after) {
        this("deep", after.needs, true, List.of(after));
    }

    Check(String option, String needs, boolean fact, List<Check> after) {
        this.option = option;
        this.needs = needs;
        this.fact = fact;
        this.after = after;
    }

    /**
     * Whether it finds out how a service answers where its documentation leaves that open: no answer is a wrong one, and
     * the flows take them all.
     */
    public boolean isFact() {
        return fact;
    }

    /** The header, and command line option, without which this is not checked; null where it always is. */
    String option() {
        return option;
    }

    /** What cannot be checked unless these are all right. */
    List<Check> after() {
        return after;
    }

    /** Whether it removes what the import, export and update have made, be they complete or not. */
    boolean cleansUp() {
        return this == CLEAN_TABLES || this == CLEAN_FILES || this == CLEAN_DATASET;
    }

    /** The rights or scopes that it takes, in the words of the service. */
    public String needs() {
        return needs;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
