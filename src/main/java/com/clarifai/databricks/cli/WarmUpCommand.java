package com.clarifai.databricks.cli;

import com.clarifai.databricks.app.Application;
import com.clarifai.databricks.databricks.Credentials;
import com.clarifai.databricks.settings.Requirements;
import com.clarifai.databricks.settings.Settings;
import java.util.concurrent.Callable;
import org.apache.camel.component.quartz.QuartzComponent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the start script runs once, to make its archive of classes from: the more that loads, the quicker later starts. */
@Command(
        name = "warm-up",
        hidden = true,
        description = "Start all that a flow or a service needs, connect to nothing, and end.")
final class WarmUpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Settings settings = ((ConnectCommand) spec.root().userObject()).settings();
        settings.set("databricks.host", "https://workspace.invalid");
        settings.set("databricks.token", "none");
        settings.set("databricks.auth-type", Credentials.ACCESS_TOKEN);
        settings.set(Requirements.PAT, "none");
        settings.set("clarifai.user-id", "none");
        try (Application application = Application.start(settings, new FlowCatalog())) {
            application.context().getComponent("quartz", QuartzComponent.class).getScheduler();
        }
        return ExitCode.OK;
    }
}
