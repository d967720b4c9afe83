package com.clarifai.databricks.delta;

/** What a statement that this thread ran would be told. */
public final class AskedStop {

    private AskedStop() {}

    public static boolean now() {
        return StopSignal.current().get() != null;
    }
}
