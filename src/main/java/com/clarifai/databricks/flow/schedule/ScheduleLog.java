package com.clarifai.databricks.flow.schedule;

import com.clarifai.databricks.flow.run.Run;

/** Is told of every run that a schedule starts. */
public interface ScheduleLog {

    /** The run begins with this tick. */
    void began(Schedule schedule, Run run);

    /** @param problem null when the run has completed */
    void ended(Schedule schedule, Run run, Throwable problem);
}
