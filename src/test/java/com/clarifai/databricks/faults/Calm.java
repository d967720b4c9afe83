package com.clarifai.databricks.faults;

import com.clarifai.databricks.it.ConnectProcess.Result;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Runs a command that nobody disturbs, to its end. */
interface Calm {

    Result attempt(List<String> command);

    /** @return its summary */
    JsonNode run(List<String> command);
}
