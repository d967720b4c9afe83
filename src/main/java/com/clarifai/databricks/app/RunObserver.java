package com.clarifai.databricks.app;

import com.clarifai.databricks.flow.run.Run;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Whoever shows a run while it is under way, and how it ended. */
public interface RunObserver {

    /** Routes that it calls when the run is completed, by their ids. */
    Set<String> calls();

    /** The run begins. */
    void started(Run run);

    /** The run is over, well or not. */
    void stopped(Run run);

    /** The run has come to its end without a failure; the application still has its connections. */
    void completed(Run run, CamelContext context);
}
