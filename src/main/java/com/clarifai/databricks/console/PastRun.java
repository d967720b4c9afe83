package com.clarifai.databricks.console;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A run that is over, or goes on elsewhere: of an earlier life of this service, or of the history in a schema.
 *
 * @param shown as the API gives it
 */
record PastRun(FlowStart start, Map<String, Object> shown) implements ShownRun {

    /** What {@link #toKeep} has made. */
    @SuppressWarnings("unchecked")
    static PastRun kept(Map<String, Object> kept) {
        Map<String, Object> shown = new LinkedHashMap<>(kept);
        Map<String, Object> headers = (Map<String, Object>) shown.remove("headers");
        return new PastRun(
                new FlowStart(
                        text(shown, "flow"),
                        headers,
                        text(shown, "command"),
                        (Map<String, Object>) shown.get("options"),
                        text(shown, "commandLine")),
                shown);
    }

    /** Of another one that has ended: all that there is to know of it, as JSON can have it. */
    static Map<String, Object> toKeep(ShownRun run) {
        Map<String, Object> kept = new LinkedHashMap<>(run.toMap());
        Map<String, String> headers = new LinkedHashMap<>();
        run.start().headers().forEach((name, value) -> headers.put(name, Objects.toString(value, null)));
        kept.put("headers", headers);
        return kept;
    }

    @Override
    public String id() {
        return text(shown, "id");
    }

    /** It is none of this service. */
    @Override
    public boolean hasEnded() {
        return true;
    }

    @Override
    public Map<String, Object> toMap() {
        return shown;
    }

    private static String text(Map<String, Object> map, String name) {
        return Objects.toString(map.get(name), null);
    }
}
