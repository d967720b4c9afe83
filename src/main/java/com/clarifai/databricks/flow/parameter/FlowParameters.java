package com.clarifai.databricks.flow.parameter;

import java.util.Map;
import java.util.Set;

/** The parameters that flows take. None of them is a secret: they are what the history of runs records. */
public interface FlowParameters {

    /** Those of all flows that come with the application, as headers: {@code labelFromFolder}. */
    Set<String> names();

    /**
     * The headers that a flow is started with.
     *
     * @param flow id of its route; one that does not come with the application takes any parameters
     * @param parameters by their names in a schedule: {@code label-from-folder}
     * @throws WrongParameterException naming those that the flow has not, that are missing, or that cannot be used
     */
    Map<String, Object> headers(String flow, Map<String, String> parameters);
}
