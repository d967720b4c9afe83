package com.clarifai.databricks.console;

import java.util.List;
import java.util.Map;

/** Where the latest runs of the page are kept over restarts of the service. */
public interface KeptRuns {

    /** The oldest first, as they were kept. */
    List<Map<String, Object>> all();

    /** Those that are to be there from now on, the oldest first. */
    void keep(List<Map<String, Object>> runs);
}
