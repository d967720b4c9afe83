package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.RunObserver;
import com.clarifai.databricks.flow.run.Run;
import com.clarifai.databricks.json.JsonText;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;

/** What a command prints of the run that it has started: progress and notes on standard error, the summary on standard output. */
final class RunOutput implements RunObserver {

    private final boolean json;
    private final boolean quiet;
    private final boolean dryRun;
    private final boolean list;
    private final Consumer<CamelContext> afterwards;
    private ProgressDisplay display;

    /**
     * @param list whether everything that a dry run finds is to be named
     * @param afterwards what else to print once the summary is, unless that is JSON
     */
    RunOutput(boolean json, boolean quiet, boolean dryRun, boolean list, Consumer<CamelContext> afterwards) {
        this.json = json;
        this.quiet = quiet;
        this.dryRun = dryRun;
        this.list = list;
        this.afterwards = afterwards;
    }

    @Override
    public Set<String> calls() {
        return Set.of(TablePreview.ROUTE);
    }

    @Override
    public void started(Run run) {
        RunInHand.begins(run);
        if (list) {
            run.listTo(intention -> System.out.println(json ? JsonText.of(intention.toMap()) : intention.line()));
        }
        // the list shows by itself that it goes on
        display = quiet || list ? null : ProgressDisplay.start(run, json);
    }

    @Override
    public void stopped(Run run) {
        RunInHand.ends();
        if (display != null) {
            display.close();
        }
        if (quiet) {
            return;
        }
        // how pictures would have been transferred is no matter where none was
        boolean began = run.phase() != Run.Phase.CHECKING;
        run.notes().lines(began).stream().map(FlowOptions::onCommandLine).forEach(System.err::println);
    }

    @Override
    public void completed(Run run, CamelContext context) {
        if (json) {
            printJson(run);
        } else if (!quiet) {
            if (dryRun) {
                System.out.println("Dry run: nothing was written, and this is what the run itself would do.");
            }
            System.out.println(Summary.of(run));
            afterwards.accept(context);
        }
    }

    private void printJson(Run run) {
        Map<String, Object> summary = run.summary();
        if (dryRun) {
            summary.put("dryRun", true);
        }
        System.out.println(JsonText.of(summary));
    }
}
