package com.clarifai.databricks.transfer;

import java.util.Arrays;

/** How the pictures of a volume get to Clarifai; the names are those that people give. */
public enum TransferMode {
    /** Directly where that is permitted, else by the Files API. */
    auto,
    /** Read by the workspace's Files API, and sent. */
    files_api,
    /** Read where the cloud keeps them, and sent. */
    direct,
    /** Not read here: Clarifai gets an address for each and reads it there. */
    by_url;

    /** @throws IllegalArgumentException naming what there is */
    public static TransferMode of(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "transfer is '" + name + "', not one of " + Arrays.toString(values())));
    }

    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
