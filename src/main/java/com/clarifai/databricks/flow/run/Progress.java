package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.flow.run.Run.Phase;
import com.clarifai.databricks.model.WaitListener.Wait;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How far a run is at one moment; the page, the terminal and {@code --json} show the same.
 *
 * @param phase what it does
 * @param doing the same in words, which say in a dry run that nothing is done
 * @param inPhase since when
 * @param done how much of the phase is behind it, in {@code unit}; 0 where nothing is counted
 * @param of how much there is to do in this phase; 0 as long as that is not known
 * @param perSecond of the last minute; null when nothing has been done in it
 * @param left until the phase ends at this pace; null when that is not known
 * @param awaited what it waits for at this moment; null for nothing in particular
 */
public record Progress(
        Phase phase,
        String doing,
        Duration inPhase,
        long done,
        long of,
        String unit,
        Double perSecond,
        Duration left,
        Wait awaited) {

    private static final double TENTHS = 10;

    /** As JSON has it. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("phase", phase.name());
        map.put("doing", doing);
        map.put("seconds", inPhase.toSeconds());
        map.put("done", done);
        map.put("of", of == 0 ? null : of);
        map.put("unit", unit);
        map.put("perSecond", perSecond == null ? null : Math.round(perSecond * TENTHS) / TENTHS);
        map.put("secondsLeft", left == null ? null : left.toSeconds());
        map.put("waitingFor", waitingFor());
        return map;
    }

    /** What is waited for, in words; null for nothing in particular. */
    public String waitingFor() {
        if (awaited == null) {
            return null;
        }
        return awaited.of() == 0
                ? awaited.what()
                : String.format(Locale.ROOT, "%s: %,d of %,d", awaited.what(), awaited.done(), awaited.of());
    }

    /** {@code 512 of 612 inputs, 12/s, 8s left}; empty where nothing is counted. */
    public String figures() {
        StringBuilder text = new StringBuilder();
        if (of > 0) {
            text.append(String.format(Locale.ROOT, "%,d of %,d %s", done, of, unit));
        } else if (done > 0) {
            text.append(String.format(Locale.ROOT, "%,d %s", done, unit));
        }
        if (perSecond != null) {
            text.append(String.format(Locale.ROOT, perSecond < TENTHS ? ", %.1f/s" : ", %.0f/s", perSecond));
        }
        if (left != null) {
            text.append(", ").append(time(left)).append(" left");
        }
        return text.toString();
    }

    /** All of it in one line. */
    public String line() {
        String figures = figures();
        String text = doing + (figures.isEmpty() ? "" : ": " + figures);
        return awaited == null ? text : text + "; waiting for " + waitingFor();
    }

    private static String time(Duration duration) {
        return Duration.ofSeconds(duration.toSeconds()).toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
