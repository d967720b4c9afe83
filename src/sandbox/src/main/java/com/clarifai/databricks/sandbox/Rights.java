package com.clarifai.databricks.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether volumes and tables may be made in a schema, as an administrator decides who makes them alone. A file in the
 * schema's directory keeps that, so that SQL and the REST API agree.
 */
public final class Rights {

    /** Who owns everything: the one user of the workspace. */
    public static final String OWNER = "sandbox@example.com";

    /** A catalog that nobody may write to, as on every Databricks workspace. */
    public static final String READ_ONLY_CATALOG = "samples";

    private static final String WITHOUT_CREATE = ".without-create";

    private Rights() {}

    /** @param schema the directory of its tables */
    public static boolean mayCreateIn(Path schema) {
        return !schema.getParent().endsWith(READ_ONLY_CATALOG) && !Files.exists(schema.resolve(WITHOUT_CREATE));
    }

    public static void create(Path schema, boolean allowed) throws IOException {
        if (allowed) {
            Files.deleteIfExists(schema.resolve(WITHOUT_CREATE));
        } else if (mayCreateIn(schema)) {
            Files.createFile(schema.resolve(WITHOUT_CREATE));
        }
    }
}
