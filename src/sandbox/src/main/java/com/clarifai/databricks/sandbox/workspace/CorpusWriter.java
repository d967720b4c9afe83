package com.clarifai.databricks.sandbox.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;

/** Fills a directory with test files and answers with a manifest of them. */
@FunctionalInterface
public interface CorpusWriter {

    /** @param small many small files, all alike, rather than difficult ones */
    JsonNode write(Path directory, int files, boolean small) throws IOException;
}
