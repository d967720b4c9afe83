package com.clarifai.databricks.console;

import java.util.List;
import java.util.Map;

/** The schedules of the service: those of its configuration, and those that were made on the page, which are kept. */
public interface Schedules {

    /** By name, as the API gives them. */
    List<Map<String, Object>> all();

    /** @throws ApiException 404 when there is none of this name */
    Map<String, Object> one(String name);

    /**
     * Makes a schedule.
     *
     * @param fields {@code name}, {@code command}, {@code options}, and {@code every} or {@code cron}
     * @throws ApiException 400 naming the fields that are wrong, 409 when there is one of this name
     */
    Map<String, Object> create(Map<String, Object> fields);

    /** Changes one that was made here, as {@link #create} makes it. @throws ApiException 409 when it was not */
    Map<String, Object> replace(String name, Map<String, Object> fields);

    /** Removes one that was made here. @throws ApiException 409 when it was not */
    void delete(String name);

    Map<String, Object> pause(String name);

    Map<String, Object> resume(String name);

    /** Its flow with its parameters. */
    FlowStart start(String name);

    /** A run of it, started by hand, has begun; it is told again when it has ended. */
    void ran(String name, ConsoleRun run);
}
