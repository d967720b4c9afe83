package com.clarifai.databricks.flow;

import com.clarifai.databricks.flow.Run.Count;
import com.clarifai.databricks.flow.Run.Phase;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Counts what an export or update reads and writes. The body passes through unchanged. */
public final class ExportTally {

    public void reading(@Variable("run") Run run) {
        run.enter(Phase.READING);
    }

    public void inputs(@Variable("run") Run run, @Body List<?> batch) {
        run.add(Count.INPUTS, batch.size());
    }

    public void annotations(@Variable("run") Run run, @Body List<?> batch) {
        run.add(Count.ANNOTATIONS, batch.size());
    }

    public void writing(@Variable("run") Run run) {
        run.enter(Phase.WRITING);
    }

    /** What a write has changed in a table of that kind. */
    public void written(
            @Variable("run") Run run,
            @Header("kind") String kind,
            @Header("inserted") long inserted,
            @Header("updated") long updated) {
        boolean inputs = kind.equals("inputs");
        run.add(inputs ? Count.INPUTS_INSERTED : Count.ANNOTATIONS_INSERTED, inserted);
        run.add(inputs ? Count.INPUTS_UPDATED : Count.ANNOTATIONS_UPDATED, updated);
    }

    public void complete(@Variable("run") Run run) {
        run.enter(Phase.DONE);
    }
}
