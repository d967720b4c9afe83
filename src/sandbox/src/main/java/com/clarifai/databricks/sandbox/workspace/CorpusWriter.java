package com.clarifai.databricks.sandbox.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Fills a directory with test files and tells what it wrote, for JSON. */
@FunctionalInterface
public interface CorpusWriter {

    Map<String, ?> write(Path directory, int files) throws IOException;
}
