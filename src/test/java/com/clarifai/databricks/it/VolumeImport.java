package com.clarifai.databricks.it;

import java.util.stream.Stream;

/** The command line of {@code import volume} from {@code main.default} into the dataset of most tests. */
final class VolumeImport {

    /** The dataset that is imported into. */
    static final String DATASET = "pictures";

    private VolumeImport() {}

    static String[] arguments(String volume, String table, ClarifaiApp app, String... more) {
        return Stream.concat(
                        Stream.of(
                                "import",
                                "volume",
                                "--catalog=main",
                                "--schema=default",
                                "--volume=" + volume,
                                "--table=" + table,
                                "--app=" + app.id(),
                                "--dataset=" + DATASET),
                        Stream.of(more))
                .toArray(String[]::new);
    }
}
