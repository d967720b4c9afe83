package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The comments of schemas and volumes by full name, in files, so that SQL and the REST API tell the same. */
public final class Comments {

    private static final String FILE = ".comment";

    private final Path directory;

    /** @param data of the sandbox */
    public Comments(Path data) {
        directory = data.resolve("comments");
    }

    /** @param comment null for none */
    public void keep(String fullName, String comment) throws IOException {
        Path file = file(fullName);
        if (comment == null) {
            Files.deleteIfExists(file);
        } else {
            Files.createDirectories(file.getParent());
            Files.writeString(file, comment);
        }
    }

    /** @return null if there is none */
    public String of(String fullName) {
        Path file = file(fullName);
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String fullName) {
        Path path = directory;
        for (String name : fullName.split("\\.")) {
            path = path.resolve(name);
        }
        return path.resolve(FILE);
    }
}
