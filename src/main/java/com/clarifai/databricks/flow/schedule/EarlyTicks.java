package com.clarifai.databricks.flow.schedule;

import org.apache.camel.CamelContext;
import org.apache.camel.component.quartz.QuartzComponent;
import org.quartz.JobExecutionContext;
import org.quartz.SchedulerException;
import org.quartz.Trigger;
import org.quartz.impl.matchers.GroupMatcher;
import org.quartz.listeners.TriggerListenerSupport;
import org.quartz.spi.MutableTrigger;

/**
 * Has first ticks count that come too early. Quartz fires a trigger up to two milliseconds before it is due, as when another
 * one is added just then, and Camel leaves out what comes before the trigger's start (camel-quartz 4.18,
 * {@code CamelJob.hasTriggerExpired}): the schedule would lose its first tick.
 */
public final class EarlyTicks extends TriggerListenerSupport {

    private EarlyTicks() {}

    /** From now on, for all schedules of a service. Once more changes nothing. */
    public static void count(CamelContext context) {
        try {
            context.getComponent("quartz", QuartzComponent.class)
                    .getScheduler()
                    .getListenerManager()
                    .addTriggerListener(new EarlyTicks(), GroupMatcher.triggerGroupEquals(Schedule.GROUP));
        } catch (SchedulerException e) {
            throw new IllegalStateException("schedules cannot tick", e);
        }
    }

    @Override
    public String getName() {
        return getClass().getName();
    }

    /** The trigger is that of this one tick, a copy. */
    @Override
    public void triggerFired(Trigger trigger, JobExecutionContext tick) {
        if (trigger instanceof MutableTrigger early && tick.getFireTime().before(trigger.getStartTime())) {
            early.setStartTime(tick.getFireTime());
        }
    }
}
