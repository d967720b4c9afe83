package com.clarifai.databricks.model;

import java.util.Map;

/** How a row of an inputs table says that it is rejected, before Clarifai was asked. */
public final class Rejection {

    private Rejection() {}

    /** @param reason for people */
    public static void mark(Map<String, Object> row, String reason) {
        row.put(InputColumns.STATUS, InputStatus.REJECTED.name());
        row.put(InputColumns.STATUS_MESSAGE, reason);
        row.put(InputColumns.OUTCOME, Outcome.REJECTED.name());
    }

    /** Of a file that was listed. @param path as it is printed */
    public static String gone(Object path) {
        return path + " is gone";
    }

    public static String empty(Object path) {
        return path + " is empty";
    }

    public static String tooLarge(Object path, long maxBytes) {
        return path + " has more than the " + maxBytes + " bytes allowed";
    }
}
