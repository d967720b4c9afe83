package com.clarifai.databricks.app;

import java.util.Map;

/**
 * A flow with what it is to work on, as the options of a command say.
 *
 * @param flow the route to start: {@code direct:<flow>}
 * @param headers for that route
 * @param failOnRejects whether the exit code is to tell of rejected rows
 */
public record FlowRequest(String flow, Map<String, Object> headers, boolean failOnRejects) {}
