package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the sandbox keeps everything; a temporary directory is deleted with its content when it is closed. */
record DataDirectory(Path path, boolean temporary) implements AutoCloseable {

    /** @param wanted null for a temporary directory */
    static DataDirectory open(Path wanted) throws IOException {
        return wanted == null
                ? new DataDirectory(Files.createTempDirectory("databricks-connect-sandbox"), true)
                : new DataDirectory(Files.createDirectories(wanted).toRealPath(), false);
    }

    @Override
    public void close() throws IOException {
        if (temporary) {
            DirectoryDeletion.delete(path);
        }
    }
}
