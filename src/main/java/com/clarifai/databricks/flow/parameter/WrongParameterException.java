package com.clarifai.databricks.flow.parameter;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters that a flow cannot be started with. */
public class WrongParameterException extends IllegalArgumentException {

    private final transient Map<String, String> problems;

    /** @param problems what is wrong, by the name of the parameter as in a schedule: {@code label-from-folder} */
    public WrongParameterException(Map<String, String> problems) {
        super(String.join("; ", problems.values()));
        this.problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    public Map<String, String> problems() {
        return problems;
    }
}
