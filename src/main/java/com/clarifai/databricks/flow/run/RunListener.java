package com.clarifai.databricks.flow.run;

import com.clarifai.databricks.flow.run.Run.Count;

/** Is told how runs go, by many threads at once. One that is in Camel's registry watches all runs. */
public interface RunListener {

    RunListener NONE = new RunListener() {
        @Override
        public void began(Run run) {}

        @Override
        public void counted(Run run, Count count, long number) {}

        @Override
        public void sent(Run run, long bytes) {}

        @Override
        public void ended(Run run) {}
    };

    void began(Run run);

    void counted(Run run, Count count, long number);

    /** So many bytes of images went from a volume to Clarifai. */
    void sent(Run run, long bytes);

    /** The run has come to its end: {@link Run.Phase#DONE}, or any other phase when it failed. */
    void ended(Run run);
}
