package com.clarifai.databricks.console;

import java.util.Map;

/** A run that the page can show: one of this service, or one that is over and known from elsewhere. */
interface ShownRun {

    String id();

    /** What it was asked to do. */
    FlowStart start();

    boolean hasEnded();

    /** As the API gives it. */
    Map<String, Object> toMap();
}
