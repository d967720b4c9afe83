package com.clarifai.databricks.console;

import java.util.Map;

/**
 * A flow that is to run.
 *
 * @param flow the route to start: {@code direct:<flow>}
 * @param headers for that route
 * @param command the command that asks for it, such as {@code import volume}; of a schedule, its name
 * @param options as they were given, by name
 * @param commandLine what does the same when it is typed into a shell
 */
public record FlowStart(
        String flow, Map<String, Object> headers, String command, Map<String, Object> options, String commandLine) {}
