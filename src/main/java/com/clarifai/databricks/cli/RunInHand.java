package com.clarifai.databricks.cli;

import com.clarifai.databricks.flow.run.Run;

/** The run of this process's command, for whoever has to say what a stop waits for. */
public final class RunInHand {

    private static volatile Run current;

    private RunInHand() {}

    static void begins(Run run) {
        current = run;
    }

    static void ends() {
        current = null;
    }

    /** How far it is, in one line; empty when there is none. */
    public static String describe() {
        Run run = current;
        return run == null ? "" : run.progress().line();
    }
}
