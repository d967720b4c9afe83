package com.clarifai.databricks.databricks;

/** The calls of the workspace's REST API; each begins its messages with its words and what it is about. */
public enum WorkspaceCall {
    GET_TOKEN("get OAuth token"),
    /** By a user, with a browser. */
    SIGN_IN("sign in"),
    GET_CURRENT_USER("get current user"),
    GET_CONFIGURATION("get configuration"),
    LIST_CATALOGS("list catalogs"),
    LIST_SCHEMAS("list schemas of"),
    LIST_VOLUMES("list volumes of"),
    LIST_TABLES("list tables of"),
    GET_CATALOG("get catalog"),
    GET_SCHEMA("get schema"),
    GET_VOLUME("get volume"),
    GET_TABLE("get table"),
    FIND_TABLE("look for table"),
    GET_CREDENTIALS("get temporary credentials for"),
    CREATE_VOLUME("create volume"),
    LIST_DIRECTORY("list"),
    FIND_FILE("look for"),
    READ_FILE("read"),
    UPLOAD_FILE("upload"),
    DELETE_FILE("delete"),
    MAKE_DIRECTORY("make directory"),
    DELETE_DIRECTORY("delete directory"),
    GET_SECRET("get secret"),
    LIST_SECRETS("list secrets of"),
    LIST_WAREHOUSES("list warehouses"),
    GET_WAREHOUSE("get warehouse"),
    START_WAREHOUSE("start warehouse"),
    OPEN_SESSION("open SQL session"),
    CLOSE_SESSION("close SQL session"),
    EXECUTE_STATEMENT("execute statement"),
    LIST_CLUSTERS("list clusters"),
    GET_CLUSTER("get cluster"),
    START_CLUSTER("start cluster"),
    SUBMIT_RUN("submit run"),
    LIST_RUNS("list runs"),
    GET_RUN("get run"),
    GET_RUN_OUTPUT("get output of run"),
    CANCEL_RUN("cancel run");

    private final String words;

    WorkspaceCall(String words) {
        this.words = words;
    }

    /** @param subject what it is about; may be empty */
    String of(Object subject) {
        return (words + " " + subject).strip();
    }
}
