package com.clarifai.databricks.console;

import java.util.Map;

/** The commands that the console offers: those of the command line, with the same options. */
public interface Commands {

    /** What each command does and which options it takes, for forms. */
    Map<String, Object> forms();

    /**
     * The flow that a command asks for, once its options have been checked as the command line checks them.
     *
     * @param options values by the option's name without hyphens in front: text, numbers and booleans
     * @throws ApiException naming the fields that are wrong
     */
    FlowStart flow(String command, Map<String, Object> options);

    /**
     * The same for a flow that has run: what would start it again. Nothing is checked.
     *
     * @param parameters by the names of the flow's headers
     */
    FlowStart start(String flow, Map<String, Object> parameters);

    /** What went wrong, in one line, with what to do about it. */
    String describe(Throwable problem);
}
