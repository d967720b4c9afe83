package com.clarifai.databricks.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the stand-ins hold, and how fast they are.
 *
 * @param inputs files of the volume, rows of the CSV file and inputs of the dataset, so many each
 * @param pictureBytes size of each file
 * @param annotations of each input of the dataset, besides its own
 * @param latencyMillis of each call of Clarifai
 * @param processingMillis from the post of an input until it is processed
 * @param requestsPerSecond what Clarifai allows; 0 for no limit
 * @param filesLatencyMillis of each call of the Files API
 * @param sqlMillis of each statement that writes
 * @param changes so many inputs of the dataset change behind its first export
 */
record Load(
        int inputs,
        int pictureBytes,
        int annotations,
        int latencyMillis,
        int processingMillis,
        int requestsPerSecond,
        int filesLatencyMillis,
        int sqlMillis,
        int changes) {

    static Load of(Map<String, String> options) {
        return new Load(
                number(options, "inputs", 10_000),
                number(options, "picture-bytes", 100_000),
                number(options, "annotations", 1),
                number(options, "latency", 20),
                number(options, "processing", 500),
                number(options, "rate", 0),
                number(options, "files-latency", 20),
                number(options, "sql", 1000),
                number(options, "changes", 0));
    }

    /** Options as {@code name=value}. */
    static Map<String, String> options(String... arguments) {
        Map<String, String> options = new HashMap<>();
        for (String argument : arguments) {
            String[] nameAndValue = argument.split("=", 2);
            options.put(nameAndValue[0], nameAndValue[1]);
        }
        return options;
    }

    private static int number(Map<String, String> options, String name, int usual) {
        return Integer.parseInt(options.getOrDefault(name, String.valueOf(usual)));
    }

    /** As {@link #options} takes them. */
    List<String> arguments() {
        return new ArrayList<>(List.of(
                "inputs=" + inputs,
                "picture-bytes=" + pictureBytes,
                "annotations=" + annotations,
                "latency=" + latencyMillis,
                "processing=" + processingMillis,
                "rate=" + requestsPerSecond,
                "files-latency=" + filesLatencyMillis,
                "sql=" + sqlMillis,
                "changes=" + changes));
    }

    Load withInputs(int number) {
        return new Load(
                number,
                pictureBytes,
                annotations,
                latencyMillis,
                processingMillis,
                requestsPerSecond,
                filesLatencyMillis,
                sqlMillis,
                changes);
    }
}
