package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Makes many tables, faster than SQL could: a table is its Delta log, and that of one without rows is two lines. */
final class EmptyTables {

    private static final String LOG = "_delta_log";
    private static final String FIRST_COMMIT = "00000000000000000000.json";

    private static final String COMMIT = """
            {"protocol":{"minReaderVersion":1,"minWriterVersion":2}}
            {"metaData":{"id":"%s","format":{"provider":"parquet","options":{}},"schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[{\\"name\\":\\"id\\",\\"type\\":\\"string\\",\\"nullable\\":true,\\"metadata\\":{}}]}","partitionColumns":[],"configuration":{}}}
            """;

    private EmptyTables() {}

    /** Makes {@code table_00001} and so on in the directory of a schema. */
    static void create(Path schema, int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            Path log = Files.createDirectories(
                    schema.resolve(String.format("table_%05d", i)).resolve(LOG));
            Files.writeString(log.resolve(FIRST_COMMIT), commit());
        }
    }

    private static String commit() {
        return COMMIT.formatted(UUID.randomUUID());
    }
}
