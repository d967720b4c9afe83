package com.clarifai.databricks.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;

/** What makes a directory a view and no table, so that SQL and the REST API agree. */
public final class ViewFile {

    private static final String NAME = "_view.json";

    private ViewFile() {}

    /** @param directory the one that has the view's name */
    public static Path in(Path directory) {
        return directory.resolve(NAME);
    }

    public static boolean isView(Path directory) {
        return Files.isRegularFile(in(directory));
    }
}
