package com.clarifai.databricks.flow;

/** Is told of every run that a schedule starts. */
public interface ScheduleLog {

    /** The run begins with this tick. */
    void began(Schedule schedule, Run run);

    /** @param problem null when the run has completed */
    void ended(Schedule schedule, Run run, Throwable problem);
}
